"""A second look at a decision: asked for once by whom it is about, answered by somebody else where there is one."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.people.actor import Actor
from alumni.moderation import history, letters, measures, queries, telling
from alumni.moderation.deciding import hold
from alumni.moderation.measures import SUSPENDED
from alumni.moderation.models import DECIDED, Case
from alumni.moderation.refusals import AlreadyAppealed, CannotBeDone, NotTheSame, Overtaken


def may_be_appealed(case: Case) -> bool:
    """Whether the decision did something to its owner that they can object to."""
    return case.state == DECIDED and (case.on_thing in {"hidden", "removed", "refused"} or bool(case.on_person))


def ask(session: Session, *, case: Case, words: str, now: datetime) -> None:
    """Ask for a second look; raise AlreadyAppealed, or CannotBeDone where there is nothing to object to."""
    if not may_be_appealed(case):
        raise CannotBeDone
    if case.appeal:
        raise AlreadyAppealed
    case.appeal, case.appeal_words, case.appealed_at = "open", words, now
    case.claimed_by, case.claimed_until, case.version = None, None, case.version + 1
    history.note(session, case=case, act="appealed", by=None, now=now)
    first = {case.decided_by} if others(session, case) else set()
    telling.moderators(session, case, now, but=first)


def others(session: Session, case: Case) -> set[int]:
    """Moderators who could answer an appeal and did not decide first."""
    apart = {case.owner_id, case.decided_by, *queries.reporters_of(session, case.id)}
    return queries.moderators(session) - apart


def answer(session: Session, *, case: Case, version: int, granted: bool, words: str, by: Actor, now: datetime) -> None:
    """Take the decision back for good, or let it stand; raise NotTheSame to whoever decided first."""
    hold(case, version=version, by=by)
    if case.appeal != "open":
        raise Overtaken
    if case.decided_by == by.id and others(session, case):
        raise NotTheSame
    if granted:
        measures.take_back_on_thing(session, case, now, for_good=True)
        measures.take_back_on_person(session, case, by=by, now=now)
    case.appeal, case.appeal_answer = "granted" if granted else "refused", words
    case.appeal_by, case.appeal_answered_at = by.id, now
    case.claimed_by, case.claimed_until, case.version = None, None, case.version + 1
    history.note(session, case=case, act=f"appeal_{case.appeal}", by=by, now=now)
    if case.on_person == SUSPENDED and not granted:
        letters.answered(session, case, now)
    else:
        telling.owner(session, case, now, answered=True)
