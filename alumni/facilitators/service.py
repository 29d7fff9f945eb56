"""Offer, invite, answer, log, confirm; and turn confirmed hours into a certificate of service."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.dialects import insert_into
from academy.people.actor import Actor
from alumni.facilitators import queries, rules
from alumni.facilitators.kinds import SessionState
from alumni.facilitators.models import Facilitation, Facilitator, FacilitatorTerm
from alumni.facilitators.refusals import AnsweredAlready, CannotBeCancelled, NoHours, NothingToConfirm, NotToLog
from alumni.facilitators.telling import What, tell
from alumni.messages.service import open_conversation
from courses import facts

LinesOf = Callable[[Sequence[Facilitation]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Invitation:
    """The session somebody is asked to run; `expected` is in minutes."""

    title: str
    cohort: str
    at: datetime
    place: str
    expected: int
    words: str
    course: str = ""


def offer(
    session: Session, *, member_id: int, words: str, terms: Mapping[str, Collection[str]], now: datetime
) -> Facilitator:
    """Offer this from now on."""
    new = insert_into(Facilitator, session.get_bind()).values(member_id=member_id, words=words, since=now)
    session.execute(new.on_conflict_do_nothing(index_elements=["member_id"]))
    changed = update(Facilitator).where(Facilitator.member_id == member_id).values(words=words, stopped_at=None)
    number = session.scalars(changed.returning(Facilitator.id)).one()
    session.execute(delete(FacilitatorTerm).where(FacilitatorTerm.facilitator_id == number))
    pairs = dict.fromkeys((kind, key) for kind, keys in terms.items() for key in keys)
    rows = [{"facilitator_id": number, "kind": kind, "key": key} for kind, key in pairs]
    session.execute(insert(FacilitatorTerm), rows)
    return session.get_one(Facilitator, number, populate_existing=True)


def stop(session: Session, *, member_id: int, now: datetime) -> None:
    """Be offered no more; sessions that were accepted stay."""
    there = update(Facilitator).where(Facilitator.member_id == member_id, Facilitator.stopped_at.is_(None))
    session.execute(there.values(stopped_at=now))


def invite(session: Session, *, member_id: int, to: Invitation, by: Actor, now: datetime) -> Facilitation:
    """Ask somebody to run a session."""
    made = Facilitation(
        member_id=member_id,
        title=to.title,
        cohort=to.cohort,
        course_slug=to.course or None,
        at=to.at,
        place=to.place,
        expected=to.expected,
        words=to.words,
        state=SessionState.INVITED,
        invited_by=by.id,
        invited_at=now,
    )
    session.add(made)
    session.flush()
    record(session, actor=by, action="facilitator.invited", now=now, subject=f"facilitation:{made.id}")
    tell(session, What.INVITED, member_ids=[member_id], number=made.id, now=now)
    return made


def _locked(session: Session, number: int) -> Facilitation:
    one = select(Facilitation).where(Facilitation.id == number).with_for_update()
    return session.scalars(one.execution_options(populate_existing=True)).one()


def answer(session: Session, *, number: int, accepted: bool, words: str, now: datetime) -> None:
    """Say yes or no to an invitation; raise AnsweredAlready."""
    one = _locked(session, number)
    if one.state != SessionState.INVITED:
        raise AnsweredAlready
    one.state = SessionState.ACCEPTED if accepted else SessionState.DECLINED
    one.answer, one.answered_at = words, now
    if accepted and one.invited_by is not None and one.invited_by != one.member_id:
        one.conversation_id = open_conversation(session, [one.member_id, one.invited_by], "facilitators", now)
    session.flush()
    what = What.ACCEPTED if accepted else What.DECLINED
    tell(session, what, member_ids=[one.invited_by], number=number, now=now)


def cancel(session: Session, *, number: int, by: Actor, now: datetime) -> None:
    """Call a session off; to do it twice changes nothing. Raises CannotBeCancelled once hours were noted."""
    one = _locked(session, number)
    if one.state == SessionState.CANCELLED:
        return
    if one.logged is not None or one.state == SessionState.DECLINED:
        raise CannotBeCancelled
    one.state = SessionState.CANCELLED
    session.flush()
    record(session, actor=by, action="facilitation.cancelled", now=now, subject=f"facilitation:{number}")
    tell(session, What.CANCELLED, member_ids=[one.member_id], number=number, now=now)


def log(session: Session, *, number: int, minutes: int, words: str, now: datetime) -> None:
    """Note how long it took; raise NotToLog."""
    one = _locked(session, number)
    if not rules.may_log(one, now):
        raise NotToLog
    first = one.logged is None
    one.logged, one.logged_words, one.logged_at, one.returned_words = minutes, words, now, ""
    session.flush()
    if first:
        tell(session, What.LOGGED, member_ids=[one.invited_by], number=number, now=now)


def confirm(session: Session, *, number: int, minutes: int, thanks: str, by: Actor, now: datetime) -> None:
    """Confirm the hours as they were read, with thanks; raise NothingToConfirm when they were changed since."""
    one = _locked(session, number)
    if not rules.waits_for_confirming(one) or one.logged != minutes:
        raise NothingToConfirm
    one.confirmed_at, one.confirmed_by, one.thanks = now, by.id, thanks
    session.flush()
    detail = f"{one.logged} min"
    record(session, actor=by, action="hours.confirmed", now=now, subject=f"facilitation:{number}", detail=detail)
    tell(session, What.CONFIRMED, member_ids=[one.member_id], number=number, now=now)


def send_back(session: Session, *, number: int, words: str, now: datetime) -> None:
    """Ask about the hours: they can be noted anew. Raises NothingToConfirm."""
    one = _locked(session, number)
    if not rules.waits_for_confirming(one):
        raise NothingToConfirm
    one.logged, one.logged_at, one.returned_words = None, None, words
    session.flush()
    tell(session, What.RETURNED, member_ids=[one.member_id], number=number, now=now)


def ask_for_certificate(session: Session, *, member_id: int, lines: LinesOf, page: str, now: datetime) -> None:
    """Ask for a certificate of service with all hours not used yet; raise NoHours.

    The sessions are locked until the transaction ends: of two who ask at once, the second finds nothing left.
    """
    own = select(Facilitation).where(Facilitation.member_id == member_id, Facilitation.confirmed_at.is_not(None))
    ordered = own.order_by(Facilitation.at, Facilitation.id).with_for_update()
    confirmed = session.scalars(ordered.execution_options(populate_existing=True)).all()
    left = queries.unused(confirmed, queries.answers_to(session, confirmed))
    hours = rules.whole_hours(left)
    if hours < 1:
        raise NoHours
    wish = facts.ask_for_service(session, member_id=member_id, hours=hours, lines=lines(left), page=page, now=now)
    used = update(Facilitation).where(Facilitation.id.in_([each.id for each in left]))
    session.execute(used.values(wish_id=wish))


def forget(session: Session, member_id: int) -> None:
    """Erase somebody's offer, their sessions, and their words about sessions of others."""
    session.execute(delete(Facilitation).where(Facilitation.member_id == member_id))
    session.execute(delete(Facilitator).where(Facilitator.member_id == member_id))
    invited = update(Facilitation).where(Facilitation.invited_by == member_id)
    session.execute(invited.values(invited_by=None, words="", returned_words="", thanks=""))
    session.execute(update(Facilitation).where(Facilitation.confirmed_by == member_id).values(confirmed_by=None))
