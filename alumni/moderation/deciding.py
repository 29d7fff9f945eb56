"""What moderators do with a case: take it, give it back, decide, take a decision back. Two of them never collide.

Every function wants the case locked (`case_locked`) and, where something is decided, the version its page showed.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.actor import Actor
from alumni.moderation import history, letters, measures, telling
from alumni.moderation.measures import GONE, KEPT, SUSPENDED
from alumni.moderation.models import DECIDED, IN_REVIEW, OPEN, REPORTED, Case
from alumni.moderation.refusals import CannotBeDone, Overtaken, TakenBySomebody
from alumni.moderation.rules import CLAIM


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to happen to the thing and to its owner, for which reason, and what the owner is told."""

    on_thing: str
    on_person: str = ""
    reason: str = ""
    words: str = ""
    days: int = 0
    note: str = ""

    @property
    def has_consequences(self) -> bool:
        """Whether anybody would notice."""
        return self.on_thing != KEPT or bool(self.on_person)


def case_locked(session: Session, case_id: int) -> Case | None:
    """A case that nobody else changes until the transaction ends."""
    one = select(Case).where(Case.id == case_id)
    return session.scalar(one.with_for_update().execution_options(populate_existing=True))


def holder(case: Case, now: datetime) -> int | None:
    """Who holds a case: whoever took it within the last half hour."""
    return case.claimed_by if case.claimed_until is not None and case.claimed_until > now else None


def waits(case: Case) -> bool:
    """Whether something about the case is still to be decided."""
    return case.state == OPEN or case.appeal == "open"


def claim(session: Session, *, case: Case, by: Actor, now: datetime) -> None:
    """Take a case for half an hour, and read what it is about; raise TakenBySomebody or Overtaken."""
    if not waits(case):
        raise Overtaken
    held = holder(case, now)
    if held not in {None, by.id}:
        raise TakenBySomebody
    case.claimed_by, case.claimed_until = by.id, now + CLAIM
    if held is None:
        case.version += 1
        history.note(session, case=case, act="claimed", by=by, now=now)


def release(session: Session, *, case: Case, by: Actor, now: datetime) -> None:
    """Give a case back to the others."""
    if case.claimed_by == by.id:
        _put_down(case)
        history.note(session, case=case, act="released", by=by, now=now)


def hold(case: Case, *, version: int, by: Actor) -> None:
    """Raise Overtaken or TakenBySomebody unless this moderator took the case and nothing happened to it since."""
    if case.claimed_by not in {None, by.id}:
        raise TakenBySomebody
    if case.version != version or case.claimed_by is None:
        raise Overtaken


def decide(session: Session, *, case: Case, version: int, decision: Decision, by: Actor, now: datetime) -> None:
    """Decide, do it, and tell those whom it concerns; raises Overtaken, TakenBySomebody, CannotBeDone, StaffStays."""
    hold(case, version=version, by=by)
    if case.state != OPEN:
        raise Overtaken
    case.on_thing, case.on_person = decision.on_thing, decision.on_person
    case.reason = decision.reason if decision.has_consequences else ""
    case.words = decision.words if decision.has_consequences else ""
    measures.act_on_thing(session, case, now)
    measures.act_on_person(session, case, days=decision.days, by=by, now=now)
    case.state, case.decided_by, case.decided_at = DECIDED, by.id, now
    _put_down(case)
    history.note(session, case=case, act="decided", by=by, now=now, words=decision.note)
    _tell(session, case, now)


def at_once(session: Session, *, case: Case, decision: Decision, by: Actor, now: datetime) -> None:
    """Take a case and decide it in one go, for whoever looks after the place of a thing; raises what both raise."""
    claim(session, case=case, by=by, now=now)
    decide(session, case=case, version=case.version, decision=decision, by=by, now=now)


def _tell(session: Session, case: Case, now: datetime) -> None:
    if case.origin == REPORTED:
        telling.reporters(session, case, now)
    if case.on_person == SUSPENDED:
        letters.suspended(session, case, now)
    elif case.origin == IN_REVIEW or case.on_thing != KEPT or case.on_person:
        telling.owner(session, case, now)


def undo(session: Session, *, case: Case, version: int, by: Actor, now: datetime) -> None:
    """Take a decision back: the case is open again, in the hands of whoever does so."""
    if case.state != DECIDED or case.version != version or case.on_thing == GONE:
        raise Overtaken
    if case.appeal in {"open", "granted"}:
        raise CannotBeDone
    noticed = case.on_thing != KEPT or bool(case.on_person)
    measures.take_back_on_thing(session, case, now, for_good=False)
    measures.take_back_on_person(session, case, by=by, now=now)
    history.note(session, case=case, act="undone", by=by, now=now)
    case.state, case.on_thing, case.on_person, case.reason, case.words = OPEN, "", "", "", ""
    case.decided_by, case.decided_at = None, None
    case.appeal, case.appeal_words, case.appeal_answer = "", "", ""
    _put_down(case)
    case.claimed_by, case.claimed_until = by.id, now + CLAIM
    if noticed:
        telling.owner(session, case, now)


def _put_down(case: Case) -> None:
    case.claimed_by, case.claimed_until, case.version = None, None, case.version + 1
