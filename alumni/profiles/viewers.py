"""Whoever looks at profiles, and how far from each owner they stand: the one place that decides who sees what.

Every page, list, search, count, export and letter that shows anything of a profile asks here.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, false, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

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


VISITOR = Viewer()


def is_of_the_network(actor: Actor | None) -> bool:
    """Whether somebody belongs to the network: alumni, and those who look after it."""
    return actor is not None and (actor.is_alumnus or actor.is_moderator)


def viewer_of(session: Session, actor: Actor | None) -> Viewer:
    """How whoever asks looks at others (one query; none for visitors)."""
    if actor is None:
        return VISITOR
    return viewer_with(actor, graduates.keys_of(session, actor.id))


def viewer_with(actor: Actor, cohorts: frozenset[str]) -> Viewer:
    """The same for whoever asked for the keys of the actor's cohorts together with more."""
    stands = Audience.NETWORK if is_of_the_network(actor) else Audience.EVERYONE
    return Viewer(actor.id, stands, cohorts)


def audience_of(field: str) -> InstrumentedAttribute[int]:
    """The column that says who may see a field."""
    if field not in SHOWN_FIELDS:
        raise LookupError(field)
    column: InstrumentedAttribute[int] = getattr(Profile, f"show_{field}")
    return column


def distance(viewer: Viewer) -> ColumnElement[int]:
    """How far from the owner of each profile the viewer stands; blocked ones stand where strangers do."""
    ways: list[tuple[ColumnElement[bool], int]] = []
    if viewer.member_id is not None:
        ways.append((Profile.member_id == viewer.member_id, Audience.ME))
        ways.append((Profile.member_id.in_(blockers_of(viewer.member_id)), Audience.EVERYONE))
    if viewer.cohorts:
        ways.append((Profile.member_id.in_(graduates.members_of(viewer.cohorts)), Audience.COHORT))
    return case(*ways, else_=int(viewer.stands)) if ways else case((false(), 0), else_=int(viewer.stands))


def is_open() -> ColumnElement[bool]:
    """Profiles anybody else could see at all; for queries that join Member."""
    shown = and_(Profile.hidden_at.is_(None), Profile.withheld_at.is_(None))
    return and_(Member.state == ACTIVE, Member.alumnus_since.is_not(None), shown)


def sees(viewer: Viewer, *fields: str) -> ColumnElement[bool]:
    """Profiles whose name and all of these fields the viewer may see; for queries that join Member."""
    away = distance(viewer)
    shown = and_(*(audience_of(field) >= away for field in ("name", *fields)))
    others = and_(is_open(), shown)
    return others if viewer.member_id is None else or_(Profile.member_id == viewer.member_id, others)
