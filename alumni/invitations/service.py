"""Ask for one's place among the graduates, and answer."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.graduates import placing
from alumni.invitations import telling
from alumni.invitations.models import DECLINED, GIVEN, OPEN, PlaceClaim


class AlreadyAsked(DomainError):
    """They wait for an answer already."""

    sentence = _l("You have asked already. The coordinator answers soon.")


class AlreadyAnswered(DomainError):
    """Somebody else was quicker."""

    sentence = _l("Somebody else has answered already.")


def ask(session: Session, *, claim: PlaceClaim) -> None:
    """Let a claim wait for the coordinator; raise AlreadyAsked."""
    try:
        with session.begin_nested():
            session.add(claim)
    except IntegrityError as error:
        raise AlreadyAsked from error


def take_back(session: Session, *, member_id: int) -> None:
    """Forget a claim that was not answered yet."""
    session.execute(delete(PlaceClaim).where(PlaceClaim.member_id == member_id, PlaceClaim.state == OPEN))


def answer(session: Session, *, claim: PlaceClaim, give: bool, words: str, by: Actor, now: datetime) -> None:
    """Give the place, or say why not; raise AlreadyAnswered."""
    if claim.state != OPEN:
        raise AlreadyAnswered
    claim.state, claim.answer = GIVEN if give else DECLINED, words
    claim.decided_at, claim.decided_by = now, by.id
    if give:
        placing.give_place(
            session, member_id=claim.member_id, name=claim.name, cohort=claim.cohort, year=claim.year, by=by, now=now
        )
    action = "graduate.place_given" if give else "graduate.place_declined"
    record(session, actor=by, action=action, now=now, subject=f"member:{claim.member_id}")
    telling.tell_answer(session, claim=claim, now=now)


def forget(session: Session, member_id: int) -> None:
    """Erase what a member asked for, and that they answered."""
    session.execute(delete(PlaceClaim).where(PlaceClaim.member_id == member_id))
    session.execute(update(PlaceClaim).where(PlaceClaim.decided_by == member_id).values(decided_by=None))
