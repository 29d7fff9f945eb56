"""Circles: the names of those for whom a place of the forum is, as plain words that a column and a query can hold.

`cohort:<key>` takes the key of `alumni.graduates.queries`, `course:<slug>` means its learners and its staff.
"""

from collections.abc import Iterable

from academy.people.actor import Actor

EVERYONE = "everyone"
MEMBERS = "members"
ALUMNI = "alumni"
TRAINERS = "trainers"
STAFF = "staff"
COURSE, COHORT, GROUP = "course", "cohort", "group"
WITHOUT_OWNER = (EVERYONE, MEMBERS, ALUMNI, TRAINERS, STAFF)
LONGEST = 80


def of(kind: str, key: object) -> str:
    """The circle of a course, a cohort or a group."""
    return f"{kind}:{key}"


def parted(circle: str) -> tuple[str, str]:
    """The kind of a circle and the key of what it belongs to ('' for those that belong to nothing)."""
    kind, _colon, key = circle.partition(":")
    return kind, key


def by_standing(actor: Actor | None) -> frozenset[str]:
    """The circles somebody is in by who they are, without asking the database."""
    if actor is None:
        return frozenset({EVERYONE})
    found = {EVERYONE, MEMBERS}
    if actor.is_alumnus or actor.is_moderator:
        found.add(ALUMNI)
    if actor.is_trainer or actor.is_moderator:
        found.add(TRAINERS)
    if actor.is_moderator:
        found.add(STAFF)
    return frozenset(found | set(_courses_served(actor)))


def _courses_served(actor: Actor) -> Iterable[str]:
    # The scope of a role and the circle of its course are written alike.
    return (role.scope for role in actor.roles if role.scope.startswith(f"{COURSE}:"))
