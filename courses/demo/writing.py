"""What the trainer and the admin wrote these days: a draft that is a little further than the course."""

import re
from datetime import datetime

from courses.authoring import queries, service
from courses.demo.world import MAIN, World

LESSON, OTHER = "01-foundations/01-what-prevention-is.md", "04-talking/02-mediation.md"
LONG = "An official in one capital calls her colleague in the other, and the reinforcements stay at home."
SHORT = "An official in one capital calls her colleague in the other. The reinforcements stay at home."
MORE = "If you know a mediator in your town, ask what the first word of a meeting is, and why.\n"


def begin(world: World, now: datetime) -> None:
    """Begin a draft and divide a long sentence of the first lesson."""
    service.begin(world.session, slug=MAIN, now=now)
    wrapped = r"\s+".join(map(re.escape, LONG.split()))
    _save(world, "trainer", LESSON, re.sub(wrapped, SHORT, _text(world, LESSON)), now)


def add(world: World, now: datetime) -> None:
    """Let the admin add a sentence to another lesson."""
    _save(world, "admin", OTHER, _text(world, OTHER).replace("\n[^1]:", f"\n{MORE}\n[^1]:", 1), now)


def _text(world: World, path: str) -> str:
    kept = queries.file_of(world.session, MAIN, path)
    return kept.text if kept else ""


def _save(world: World, key: str, path: str, text: str, now: datetime) -> None:
    base = queries.digests_of(world.session, MAIN).get(path, "")
    service.save(world.session, slug=MAIN, path=path, text=text, base=base, by=world.number(key), now=now)
