"""What a decision does to a thing and to its owner, and how that is taken back."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy.people import queries as people
from academy.people import standing
from academy.people.actor import Actor
from alumni.moderation.models import IN_REVIEW, Case, Silence
from alumni.moderation.refusals import CannotBeDone, StaffStays
from alumni.moderation.subjects import HIDE, REMOVE, Act, review_of, subject_of

KEPT, APPROVED, REFUSED, GONE = "kept", "approved", "refused", "gone"
WARNED, SILENCED, SUSPENDED = "warned", "silenced", "suspended"


def act_on_thing(session: Session, case: Case, now: datetime) -> None:
    """Do to the thing what the case says; raise CannotBeDone when its feature does not offer it."""
    if case.origin == IN_REVIEW:
        review = review_of(case.kind)
        if review is None:
            raise CannotBeDone
        (review.approve if case.on_thing == APPROVED else review.refuse)(session, case.number, now)
    elif case.on_thing in {HIDE, REMOVE}:
        _act(case, case.on_thing).do(session, case.number, now)
    elif case.on_thing == KEPT and case.hidden:
        _act(case, HIDE).undo(session, case.number, now)
        case.hidden = False


def take_back_on_thing(session: Session, case: Case, now: datetime, *, for_good: bool) -> None:
    """Undo what was done to the thing; `for_good` lets in what was turned away, else it waits once more."""
    if case.origin == IN_REVIEW:
        review = review_of(case.kind)
        if review is None:
            raise CannotBeDone
        (review.approve if for_good else review.wait)(session, case.number, now)
    elif case.on_thing in {HIDE, REMOVE}:
        _act(case, case.on_thing).undo(session, case.number, now)
        if case.hidden and case.on_thing == REMOVE:
            _act(case, HIDE).undo(session, case.number, now)
        case.hidden = False


def _act(case: Case, name: str) -> Act:
    subject = subject_of(case.kind)
    if subject is None or name not in subject.acts:
        raise CannotBeDone
    return subject.acts[name]


def act_on_person(session: Session, case: Case, *, days: int, by: Actor, now: datetime) -> None:
    """Warn, silence for so many days, or suspend the owner; raise StaffStays for whoever has a role."""
    if not case.on_person:
        return
    if case.owner_id is None:
        raise CannotBeDone
    if case.on_person == SILENCED:
        until = now + timedelta(days=days)
        session.add(Silence(member_id=case.owner_id, case_id=case.id, began_at=now, until=until))
    elif case.on_person == SUSPENDED:
        _suspend(session, case.owner_id, by, now)


def _suspend(session: Session, member_id: int, by: Actor, now: datetime) -> None:
    member = people.member(session, member_id)
    if member is None:
        raise CannotBeDone
    if people.has_role(session, member_id):
        raise StaffStays
    standing.suspend(session, member=member, by=by, now=now)


def take_back_on_person(session: Session, case: Case, *, by: Actor, now: datetime) -> None:
    """Undo what was done to the owner."""
    if case.on_person == SILENCED:
        session.execute(delete(Silence).where(Silence.case_id == case.id))
    elif case.on_person == SUSPENDED and case.owner_id is not None:
        member = people.member(session, case.owner_id)
        if member is not None:
            standing.restore(session, member=member, by=by, now=now)
