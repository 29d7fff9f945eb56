"""Report a thing, and let something wait for a moderator before others see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from alumni.moderation import history, queries, telling
from alumni.moderation.models import IN_REVIEW, OPEN, REPORTED, URGENT, USUAL, Case, Report
from alumni.moderation.newcomers import newcomers_among
from alumni.moderation.subjects import HIDE, Subject, subject_of
from alumni.moderation.words import DANGER


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody says is wrong with a thing."""

    reporter_id: int
    reason: str
    words: str = ""


def report(session: Session, *, subject: Subject, number: int, complaint: Complaint, now: datetime) -> bool:
    """Add a report to the case about a thing; False if this member had already reported it."""
    case = open_case(session, subject, number, now)
    made = Report(
        case_id=case.id,
        reporter_id=complaint.reporter_id,
        reason=complaint.reason,
        words=complaint.words,
        made_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return False
    case.reports, case.version = case.reports + 1, case.version + 1
    if complaint.reason == DANGER:
        case.rank = URGENT
    history.note(session, case=case, act="reported", by=None, now=now)
    if subject.reported is not None:
        subject.reported(session, number, complaint.reporter_id, now)
    telling.moderators(session, case, now, but=queries.reporters_of(session, case.id))
    _hide_if_many_say_so(session, subject, case, now)
    return True


def open_case(session: Session, subject: Subject, number: int, now: datetime) -> Case:
    """The open case about a thing, locked until the transaction ends; a new one if there is none."""
    return _open(session, subject, number, REPORTED, now)


def wait_for_review(session: Session, *, kind: str, number: int, now: datetime) -> Case:
    """Let a thing of a newcomer wait for a moderator; raise LookupError for a kind that is no subject."""
    subject = subject_of(kind)
    if subject is None:
        raise LookupError(kind)
    case = _open(session, subject, number, IN_REVIEW, now)
    case.evidence, case.version = subject.excerpt(session, number), case.version + 1
    history.note(session, case=case, act="sent_in", by=None, now=now)
    telling.moderators(session, case, now)
    return case


def no_longer_there(session: Session, *, kind: str, number: int, now: datetime) -> None:
    """Close what waits for review about a thing that its owner took away; reports of it are still looked at."""
    case = _locked(session, kind, number, IN_REVIEW)
    if case is not None:
        case.state, case.on_thing, case.decided_at, case.version = "decided", "gone", now, case.version + 1
        history.note(session, case=case, act="gone", by=None, now=now)


def _open(session: Session, subject: Subject, number: int, origin: str, now: datetime) -> Case:
    case = _locked(session, subject.kind, number, origin)
    if case is not None:
        return case
    new = Case(
        origin=origin,
        kind=subject.kind,
        number=number,
        owner_id=subject.owner(session, number),
        evidence=subject.excerpt(session, number),
        opened_at=now,
        rank=USUAL,
        reports=0,
        version=1,
    )
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:
        return _open(session, subject, number, origin, now)  # somebody was quicker by a moment
    history.note(session, case=new, act="opened", by=None, now=now)
    return new


def _locked(session: Session, kind: str, number: int, origin: str) -> Case | None:
    same = select(Case).where(Case.kind == kind, Case.number == number, Case.origin == origin, Case.state == OPEN)
    return session.scalar(same.with_for_update().execution_options(populate_existing=True))


def _hide_if_many_say_so(session: Session, subject: Subject, case: Case, now: datetime) -> None:
    act = subject.acts.get(HIDE)
    if act is None or not subject.hidden_after or case.hidden:
        return
    reporters = queries.reporters_of(session, case.id)
    if len(reporters - newcomers_among(session, reporters, now)) >= subject.hidden_after:
        act.do(session, case.number, now)
        case.hidden = True
        history.note(session, case=case, act="hidden", by=None, now=now)
