"""Whoever acts: the signed-in person as rules and pages see them, read in one query."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import cast

from flask import g

ADMIN = "admin"
MODERATOR = "moderator"
TRAINER = "trainer"
OWNER = "owner"
REVIEWER = "reviewer"
MARKER = "marker"
COURSE_ROLES = (OWNER, TRAINER, REVIEWER, MARKER)
ROLES = (*COURSE_ROLES, MODERATOR, ADMIN)


@dataclass(frozen=True, slots=True)
class Role:
    """A right somebody was given; `scope` is '' for the whole site or, for a role in courses, 'course:<slug>'."""

    name: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in member. Frozen: what it says was true when the request began."""

    id: int
    display_name: str
    language: str = "en"
    theme: str = ""
    time_zone: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_alumnus: bool = False
    unread: int = 0
    sign_in_id: int = 0
    second_factor: bool = False
    exempt_from_second_factor: bool = False

    @property
    def is_admin(self) -> bool:
        """Whether they run the place."""
        return Role(ADMIN) in self.roles

    @property
    def is_moderator(self) -> bool:
        """Whether they keep order among members; admins do too."""
        return Role(MODERATOR) in self.roles or self.is_admin

    @property
    def is_trainer(self) -> bool:
        """Whether they have a part in any course: as its owner, trainer, reviewer or marker."""
        return any(role.name in COURSE_ROLES for role in self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether they hold any role at all."""
        return bool(self.roles)

    def serves(self, course_slug: str, *names: str) -> bool:
        """Whether they hold one of these roles in this course; a role without a scope is held in every course."""
        return any(Role(name, f"course:{course_slug}") in self.roles or Role(name) in self.roles for name in names)

    def courses_as(self, *names: str) -> frozenset[str] | None:
        """The slugs of the courses in which they hold one of these roles; None means all of them."""
        if any(Role(name) in self.roles for name in names):
            return None
        return frozenset(role.scope.removeprefix("course:") for role in self.roles if role.name in names)


def current_actor() -> Actor | None:
    """Whoever asks, or None for a visitor."""
    return cast("Actor | None", g.get("actor"))


def signed_in_actor() -> Actor:
    """Whoever asks; only for views that are guarded by more than @public."""
    actor = current_actor()
    if actor is None:
        raise LookupError("A view for members was reached by a visitor.")
    return actor


def has_read(count: int) -> None:
    """Let the page at hand count so many notices less: whoever asks reads on it what they were about."""
    actor = signed_in_actor()
    g.actor = replace(actor, unread=max(0, actor.unread - count))


@contextmanager
def seen_by(other: Actor) -> Iterator[None]:
    """Draw a page as somebody else would see it; for pages that are only looked at, never for acts."""
    asker = current_actor()
    g.actor = other
    try:
        yield
    finally:
        g.actor = asker
