"""The site as the demo people find it: who is there, which courses there are, what they write."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from academy.errors import DomainError
from academy.people.actor import ADMIN, MODERATOR, TRAINER, Actor, Role
from academy.people.models import Member
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.cohorts.models import Cohort

MAIN, FURTHER, OPEN = "preventive-diplomacy", "counter-terrorism", "women-peace-security"
ROLES = {
    "admin": (Role(ADMIN),),
    "trainer": (Role(TRAINER, f"course:{MAIN}"), Role(TRAINER, f"course:{OPEN}")),
    "moderator": (Role(MODERATOR),),
}
TEXTS = Path(__file__).with_name("texts")


class CoursesMissing(DomainError):
    """Nobody can learn where nothing is taught."""

    sentence = "The bundled courses are not here yet: run flask courses import --bundled first."


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody did at some moment."""

    at: datetime
    do: Callable[[datetime], object]


@dataclass(slots=True)
class World:
    """What the acts of the demo people work on; `hashes` are the passwords of those who have one, by key."""

    session: Session
    hashes: dict[str, str]
    members: dict[str, Member] = field(default_factory=dict)
    cohorts: dict[int, Cohort] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """The number of a member."""
        return self.members[key].id

    def actor(self, key: str) -> Actor:
        """Somebody as they act."""
        member = self.members[key]
        return Actor(member.id, member.display_name, roles=frozenset(ROLES.get(key, ())))

    def live(self, slug: str) -> LiveCourse:
        """A course as it is now; raise CoursesMissing."""
        found = library.live_course(self.session, slug)
        if found is None:
            raise CoursesMissing
        return found


@cache
def texts(name: str) -> tuple[str, ...]:
    """The texts in one file of texts/, which stand between lines of three hyphens."""
    return tuple(text.strip() for text in (TEXTS / f"{name}.md").read_text(encoding="utf-8").split("\n---\n"))


def text(name: str, turn: int) -> str:
    """One of these texts; whoever has the next turn gets the next one."""
    found = texts(name)
    return found[turn % len(found)]
