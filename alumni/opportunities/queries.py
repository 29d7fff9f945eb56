"""Reads of opportunities: which of them somebody may see, lists, one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from academy.people.actor import Actor
from academy.people.models import ACTIVE, Member
from alumni.opportunities.models import FILLED, SHOWN, WAITING, Opportunity, OpportunityMark
from alumni.profiles.viewers import is_of_the_network

PAGE = 20
ALL, SAVED, MINE = "all", "saved", "mine"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; '' and 0 narrow nothing. `after` is where the page before ended."""

    place: str = ALL
    kind: str = ""
    country: str = ""
    language: str = ""
    days: int = 0
    after: tuple[datetime, int] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An opportunity with what whoever asks marked it with."""

    row: Opportunity
    is_saved: bool


def is_there() -> ColumnElement[bool]:
    """Opportunities that are shown, or were until filled, that no moderator took away, and whose posters are here."""
    kept = Opportunity.hidden_at.is_(None), Opportunity.removed_at.is_(None)
    here = select(Member.id).where(Member.id == Opportunity.poster_id, Member.state == ACTIVE)
    return and_(*kept, Opportunity.state.in_((SHOWN, FILLED)), here.correlate(Opportunity).exists())


def is_open(now: datetime) -> ColumnElement[bool]:
    """Those of them that somebody can still apply for."""
    return and_(is_there(), Opportunity.state == SHOWN, Opportunity.closes_at > now)


def may_see(actor: Actor) -> ColumnElement[bool]:
    """Opportunities this member may know of: the network all that are there, learners those meant for them too."""
    if is_of_the_network(actor):
        return or_(Opportunity.poster_id == actor.id, is_there())
    return and_(is_there(), Opportunity.for_learners)


def _marked(actor: Actor) -> Select[Opportunity, datetime | None]:
    own = and_(OpportunityMark.opportunity_id == Opportunity.id, OpportunityMark.member_id == actor.id)
    return select(Opportunity, OpportunityMark.saved_at).outerjoin(OpportunityMark, own)


def listed(session: Session, actor: Actor, wish: Wish, now: datetime) -> list[Found]:
    """A page and one more: what closes first stands first; of one's own, the newest first."""
    found = _place(_marked(actor), actor, wish, now)
    if wish.kind:
        found = found.where(Opportunity.kind == wish.kind)
    if wish.country:
        found = found.where(or_(Opportunity.country == wish.country, Opportunity.remote))
    if wish.language:
        found = found.where(Opportunity.languages.contains(f" {wish.language} ", autoescape=True))
    if wish.days:
        found = found.where(Opportunity.closes_at <= now + timedelta(days=wish.days))
    rows = session.execute(found.limit(PAGE + 1))
    return [Found(row[0], row[1] is not None) for row in rows]


def _place(
    found: Select[Opportunity, datetime | None], actor: Actor, wish: Wish, now: datetime
) -> Select[Opportunity, datetime | None]:
    if wish.place == MINE:
        found = found.where(Opportunity.poster_id == actor.id, Opportunity.removed_at.is_(None))
        if wish.after:
            found = found.where(Opportunity.id < wish.after[1])
        return found.order_by(Opportunity.id.desc())
    if wish.place == SAVED:
        found = found.where(may_see(actor), OpportunityMark.saved_at.is_not(None))
    else:
        found = found.where(may_see(actor), is_open(now), OpportunityMark.unwanted_at.is_(None))
    if wish.after:
        found = found.where(tuple_(Opportunity.closes_at, Opportunity.id) > tuple_(*wish.after))
    return found.order_by(Opportunity.closes_at, Opportunity.id)


def seen(session: Session, actor: Actor, number: int) -> Found | None:
    """One opportunity, if whoever asks may see it; its owner and moderators see what is hidden or waits, too."""
    allowed = may_see(actor)
    if actor.is_moderator:
        allowed = or_(allowed, and_(Opportunity.state.in_((WAITING, SHOWN)), Opportunity.removed_at.is_(None)))
    row = session.execute(_marked(actor).where(Opportunity.id == number, allowed)).one_or_none()
    return Found(row[0], row[1] is not None) if row else None


def own_locked(session: Session, actor: Actor, number: int) -> Opportunity | None:
    """One's own opportunity, which nobody else changes until the transaction ends."""
    own = select(Opportunity).where(Opportunity.id == number, Opportunity.poster_id == actor.id)
    return session.scalar(own.where(Opportunity.removed_at.is_(None)).with_for_update())


def by_number(session: Session, number: int) -> Opportunity | None:
    """An opportunity, whatever became of it."""
    return session.get(Opportunity, number)


def of_member(session: Session, member_id: int) -> Sequence[Opportunity]:
    """Everything a member posted."""
    theirs = select(Opportunity).where(Opportunity.poster_id == member_id).order_by(Opportunity.id)
    return session.scalars(theirs).all()


def marks_of(session: Session, member_id: int) -> Sequence[tuple[OpportunityMark, str]]:
    """What a member marked, with the titles."""
    theirs = select(OpportunityMark, Opportunity.title).join(Opportunity).where(OpportunityMark.member_id == member_id)
    return [(row[0], row[1]) for row in session.execute(theirs.order_by(OpportunityMark.opportunity_id))]


def closing(
    session: Session, now: datetime, until: datetime, most: int
) -> Sequence[tuple[OpportunityMark, Opportunity]]:
    """Saved opportunities that close before `until`, and whose savers were not reminded yet."""
    due = (OpportunityMark.saved_at.is_not(None), OpportunityMark.reminded_at.is_(None))
    soon = (is_open(now), Opportunity.closes_at <= until)
    found = select(OpportunityMark, Opportunity).join(Opportunity).where(*due, *soon).limit(most)
    return [(row[0], row[1]) for row in session.execute(found)]


def ending(session: Session, now: datetime, until: datetime, most: int) -> Sequence[Opportunity]:
    """Open-ended opportunities that end before `until`, and whose posters were not asked yet."""
    due = (Opportunity.open_ended, Opportunity.poster_reminded_at.is_(None))
    soon = (is_open(now), Opportunity.closes_at <= until)
    return session.scalars(select(Opportunity).where(*due, *soon).limit(most)).all()
