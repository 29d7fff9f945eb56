"""Whoever acts: the signed-in person as rules and pages see them, read in one query."""

from dataclasses import dataclass, field
from typing import cast

from flask import g

ADMIN = "admin"
MODERATOR = "moderator"
TRAINER = "trainer"
ROLES = (TRAINER, MODERATOR, ADMIN)


@dataclass(frozen=True, slots=True)
class Role:
    """A right somebody was given; `scope` is '' for the whole site or, for a trainer, 'course:<slug>'."""

    name: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in member. Frozen: what it says was true when the request began."""

    id: int
    display_name: str
    language: str = "en"
    theme: str = ""
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
        """Whether they teach anything."""
        return any(role.name == TRAINER for role in self.roles)

    @property
    def is_staff(self) -> bool:
        """Whether they hold any role at all."""
        return bool(self.roles)

    def trains(self, course_slug: str) -> bool:
        """Whether they teach this course; a trainer without a scope teaches every course."""
        return Role(TRAINER, f"course:{course_slug}") in self.roles or Role(TRAINER) in self.roles

    @property
    def trained_courses(self) -> frozenset[str] | None:
        """The slugs of the courses they teach; None means all of them."""
        if Role(TRAINER) in self.roles:
            return None
        return frozenset(role.scope.removeprefix("course:") for role in self.roles if role.name == TRAINER)


def current_actor() -> Actor | None:
    """Whoever asks, or None for a visitor."""
    return cast("Actor | None", g.get("actor"))


def signed_in_actor() -> Actor:
    """Whoever asks; only for views that are guarded by more than @public."""
    actor = current_actor()
    if actor is None:
        raise LookupError("A view for members was reached by a visitor.")
    return actor
