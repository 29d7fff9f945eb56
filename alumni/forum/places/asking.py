"""Whoever asks, as the forum sees them: how far they stand from others, and which circles they are in."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    case,
    cast,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from academy.db import BigId, rows
from academy.people.actor import Actor
from alumni.forum.places import circles
from alumni.forum.places.models import Category
from alumni.graduates import queries as graduates
from alumni.groups import people_queries as groups
from alumni.profiles.viewers import VISITOR, AnyViewer, Viewer, any_like, viewer_with
from courses import facts

_COHORT, _COURSE, _GROUP = "k", "c", "g"
KINDS = {_COHORT: circles.COHORT, _COURSE: circles.COURSE, _GROUP: circles.GROUP}


@dataclass(frozen=True, slots=True)
class Kind:
    """All of an asker on which the shape of a statement depends: hot statements are built once for each kind.

    They are executed with the asker's `values`.
    """

    viewer: AnyViewer
    keeps_order: bool


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody before the forum: `actor` is None for a visitor."""

    actor: Actor | None
    viewer: Viewer
    circles: frozenset[str]

    @property
    def member_id(self) -> int:
        """The number of the member, 0 for a visitor."""
        return self.actor.id if self.actor else 0

    @property
    def keeps_order(self) -> bool:
        """Whether they moderate the whole forum."""
        return self.actor is not None and self.actor.is_moderator

    @property
    def kind(self) -> Kind:
        """Those who ask as they do."""
        return Kind(any_like(self.viewer), self.keeps_order)

    @property
    def values(self) -> dict[str, object]:
        """The parameters of a statement that is built once."""
        return {"viewer": self.member_id, "circles": sorted(self.circles)}

    def is_in(self, circle: str) -> bool:
        """Whether this circle has them in it; those who keep order are in the circle of every course."""
        return circle in self.circles or (self.keeps_order and circles.parted(circle)[0] == circles.COURSE)


NOBODY = Asker(None, VISITOR, circles.by_standing(None))


@cache
def _belongings() -> CompoundSelect[Any]:
    """What somebody belongs to: the keys of cohorts, the slugs of courses, the numbers of groups."""
    this = bindparam("member", type_=BigId)
    cohorts = graduates.keys_select(this).subquery()
    keys = cohorts.select().with_only_columns(
        literal_column(f"'{_COHORT}'", String).label("kind"), (cohorts.c.kind + cast(cohorts.c[0], String)).label("key")
    )
    courses = facts.course_slugs_of(this)
    courses = courses.with_only_columns(literal_column(f"'{_COURSE}'", String), *courses.selected_columns)
    theirs = groups.groups_of(this)
    numbers = theirs.with_only_columns(literal_column(f"'{_GROUP}'", String), cast(theirs.selected_columns[0], String))
    return keys.union_all(courses, numbers)


def circles_belonged_to() -> Select[Any]:
    """The circles of what the member belongs to whom the parameter `member` names; a part of larger queries."""
    theirs = _belongings().subquery()
    begins = case(*((theirs.c.kind == kind, literal_column(f"'{name}:'", String)) for kind, name in KINDS.items()))
    return select(begins + theirs.c.key)


def asker_of(session: Session, actor: Actor | None) -> Asker:
    """How the forum sees whoever asks (one query; none for visitors)."""
    if actor is None:
        return NOBODY
    found = rows(session, _belongings(), {"member": actor.id}).all()
    belongs = frozenset(circles.of(KINDS[kind], key) for kind, key in found)
    cohorts = frozenset(key for kind, key in found if kind == _COHORT)
    return Asker(actor, viewer_with(actor, cohorts), circles.by_standing(actor) | belongs)


def may_read(asker: Asker) -> ColumnElement[bool]:
    """Categories that whoever asks may read. Every list, search, letter and count of the forum asks this."""
    return _open_to(bindparam("circles", sorted(asker.circles), expanding=True), keeps_order=asker.keeps_order)


def may_read_as(kind: Kind) -> ColumnElement[bool]:
    """The same for statements that are built once for each kind of askers."""
    return _open_to(bindparam("circles", expanding=True), keeps_order=kind.keeps_order)


def _open_to(theirs: BindParameter[Any], *, keeps_order: bool) -> ColumnElement[bool]:
    return with_courses(Category.readers, Category.readers.in_(theirs), keeps_order=keeps_order)


def with_courses(
    column: InstrumentedAttribute[str], found: ColumnElement[bool], *, keeps_order: bool
) -> ColumnElement[bool]:
    """What was found of a column of circles; those who keep order are in the circle of every course besides."""
    return or_(found, column.startswith(f"{circles.COURSE}:")) if keeps_order else found
