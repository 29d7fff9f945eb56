"""How far things are that an edition takes along (its languages): the features that know say so, the page shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import current_app


@dataclass(frozen=True, slots=True)
class Said:
    """One thing: its name, where it is looked after, how far it is, in the reader's words; `warns` about something."""

    name: str
    url: str
    facts: tuple[str, ...]
    warns: bool = False


Standing = Callable[[str, str, Mapping[str, bytes]], list[Said]]


def add(name: str, standing: Standing) -> None:
    """Let this say how far things are (course, its language, its files), in the application being built."""
    _all()[name] = standing


def said_of(slug: str, original: str, files: Mapping[str, bytes]) -> list[Said]:
    """Everything there is to say about these files."""
    return [each for standing in _all().values() for each in standing(slug, original, files)]


def _all() -> dict[str, Standing]:
    found: dict[str, Standing] = current_app.extensions.setdefault("courses.publishing.standings", {})
    return found
