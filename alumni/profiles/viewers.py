"""Whoever looks at profiles, and how far from each owner they stand: the one place that decides who sees what.

Every page, list, search, count, export and letter that shows anything of a profile asks here.
"""

from dataclasses import dataclass

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, false, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from academy.db import BigId
from academy.dialects import least
from academy.people.actor import Actor
from academy.people.models import ACTIVE, Member
from alumni.audiences import Audience
from alumni.blocks.queries import blockers_of
from alumni.graduates import queries as graduates
from alumni.profiles.models import SHOWN_FIELDS, Profile


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks: `stands` is their distance from whoever shares no cohort with them."""

    member_id: int | None = None
    stands: Audience = Audience.EVERYONE
    cohorts: frozenset[str] = frozenset()

    @property
    def mates(self) -> Select[int] | None:
        """The numbers of those in their cohorts, as a part of a larger query; None when they have no cohort."""
        return graduates.members_of(self.cohorts) if self.cohorts else None


VISITOR = Viewer()
_NUMBER = bindparam("viewer", type_=BigId)


@dataclass(frozen=True, slots=True)
class AnyViewer:
    """All viewers who stand alike: for statements that are built once, with the number as the parameter `viewer`.

    A visitor has the number 0.
    """

    stands: Audience
    has_cohorts: bool

    @property
    def member_id(self) -> BindParameter[int]:
        """The parameter."""
        return _NUMBER

    @property
    def mates(self) -> Select[int] | None:
        """The numbers of those who share a cohort with whoever asks."""
        return graduates.mates_of(_NUMBER) if self.has_cohorts else None


def any_like(viewer: Viewer) -> AnyViewer:
    """Every viewer who stands as this one does."""
    return AnyViewer(viewer.stands, bool(viewer.cohorts))


def is_of_the_network(actor: Actor | None) -> bool:
    """Whether somebody belongs to the network: alumni, and those who look after it."""
    return actor is not None and (actor.is_alumnus or actor.is_moderator)


def viewer_of(session: Session, actor: Actor | None) -> Viewer:
    """How whoever asks looks at others (one query; none for visitors)."""
    if actor is None:
        return VISITOR
    return viewer_with(actor, graduates.keys_of(session, actor.id))


def viewer_with(actor: Actor, cohorts: frozenset[str] = frozenset()) -> Viewer:
    """The same for whoever asked for the keys of the actor's cohorts together with more."""
    stands = Audience.NETWORK if is_of_the_network(actor) else Audience.EVERYONE
    return Viewer(actor.id, stands, cohorts)


def viewer_at(actor: Actor | None) -> Viewer:
    """Whoever asks, for queries that find out by themselves who shares a cohort (no query)."""
    return VISITOR if actor is None else viewer_with(actor)


def audience_of(field: str) -> InstrumentedAttribute[int]:
    """The column that says who may see a field."""
    if field not in SHOWN_FIELDS:
        raise LookupError(field)
    column: InstrumentedAttribute[int] = getattr(Profile, f"show_{field}")
    return column


def distance(viewer: Viewer | AnyViewer) -> ColumnElement[int]:
    """How far from the owner of each profile the viewer stands; blocked ones stand where strangers do."""
    ways: list[tuple[ColumnElement[bool], int]] = []
    if viewer.member_id is not None:
        ways.append((Profile.member_id == viewer.member_id, Audience.ME))
        ways.append((Profile.member_id.in_(blockers_of(viewer.member_id)), Audience.EVERYONE))
    if viewer.mates is not None:
        ways.append((Profile.member_id.in_(viewer.mates), Audience.COHORT))
    return case(*ways, else_=int(viewer.stands)) if ways else case((false(), 0), else_=int(viewer.stands))


def is_open() -> ColumnElement[bool]:
    """Profiles anybody else could see at all; for queries that join Member."""
    shown = and_(Profile.hidden_at.is_(None), Profile.withheld_at.is_(None))
    return and_(Member.state == ACTIVE, Member.alumnus_since.is_not(None), shown)


def sees(viewer: Viewer | AnyViewer, *fields: str) -> ColumnElement[bool]:
    """Profiles whose name and all of these fields the viewer may see; for queries that join Member."""
    shown = least(*(audience_of(field) for field in ("name", *fields)))  # how far away they are is found out once
    others = and_(is_open(), shown >= distance(viewer))
    return others if viewer.member_id is None else or_(Profile.member_id == viewer.member_id, others)
