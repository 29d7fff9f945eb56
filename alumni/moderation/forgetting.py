"""What moderation gives out and forgets: about members who ask, and about cases that are long over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from academy import db
from academy.jobs.registry import Values
from alumni.moderation.models import DECIDED, OPEN, Case, Entry, Report, Silence

KEPT_FOR = timedelta(days=365)
AT_ONCE = 200


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """What a member reported and what was decided about them, for their export; never who reported them."""
    reports = session.execute(
        select(Report, Case.kind)
        .join(Case, Case.id == Report.case_id)
        .where(Report.reporter_id == member_id)
        .order_by(Report.id)
    )
    told = or_(Case.told_at.is_not(None), Case.origin == "review")
    cases = session.scalars(select(Case).where(Case.owner_id == member_id, told).order_by(Case.id))
    silences = session.scalars(select(Silence).where(Silence.member_id == member_id).order_by(Silence.id))
    return {
        "reports": [
            {"kind": kind, "reason": each.reason, "words": each.words, "made_at": each.made_at.isoformat()}
            for each, kind in reports
        ],
        "decisions": [_decision(each) for each in cases],
        "silenced": [{"from": each.began_at.isoformat(), "until": each.until.isoformat()} for each in silences],
    }


def _decision(case: Case) -> dict[str, Any]:
    return {
        "kind": case.kind,
        "state": case.state,
        "thing": case.on_thing,
        "person": case.on_person,
        "reason": case.reason,
        "words": case.words,
        "decided_at": case.decided_at.isoformat() if case.decided_at else None,
        "appeal": case.appeal,
        "appeal_words": case.appeal_words,
        "appeal_answer": case.appeal_answer,
    }


EMPTIED = {"evidence": "", "words": "", "appeal_words": "", "appeal_answer": ""}


def forget(session: Session, member_id: int) -> None:
    """Take a member out of all cases; that there was a case, and what was decided, stays without anybody's words."""
    about = Case.owner_id == member_id
    mine = select(Report.case_id).where(Report.reporter_id == member_id)
    gone = {"state": DECIDED, "on_thing": "gone", "version": Case.version + 1}
    session.execute(update(Case).where(about, Case.state == OPEN).values(gone))
    dropped = {"appeal": "", "version": Case.version + 1}
    session.execute(update(Case).where(about, Case.appeal == "open").values(dropped))
    session.execute(update(Entry).where(Entry.case_id.in_(select(Case.id).where(about))).values(words=""))
    session.execute(update(Case).where(Case.id.in_(mine)).values(evidence=""))
    session.execute(update(Report).where(Report.reporter_id == member_id).values(reporter_id=None, words=""))
    theirs = Report.case_id.in_(select(Case.id).where(about))
    session.execute(update(Report).where(theirs).values(words=""))
    session.execute(update(Case).where(about).values({**EMPTIED, "owner_id": None}))
    for column in (Case.claimed_by, Case.decided_by, Case.appeal_by):
        session.execute(update(Case).where(column == member_id).values({column.key: None}))
    session.execute(update(Entry).where(Entry.by_id == member_id).values(by_id=None))
    session.execute(delete(Silence).where(Silence.member_id == member_id))


def tidy_up(_values: Values, now: datetime) -> None:
    """Drop the words of cases that were decided more than a year ago; the figures stay."""
    last = 0
    while numbers := _some_emptied(now, last):
        last = numbers[-1]
    with db.the_database().transaction() as session:
        session.execute(delete(Silence).where(Silence.until < now - KEPT_FOR))


def _some_emptied(now: datetime, after: int) -> Sequence[int]:
    """Drop the words of some of them; who is stopped in between begins anew the next time."""
    old = and_(Case.state == DECIDED, Case.appeal != "open", Case.decided_at < now - KEPT_FOR)
    with db.the_database().transaction() as session:
        some = select(Case.id).where(old, Case.id > after).order_by(Case.id).limit(AT_ONCE)
        numbers = session.scalars(some).all()
        session.execute(update(Report).where(Report.case_id.in_(numbers), Report.words != "").values(words=""))
        session.execute(update(Entry).where(Entry.case_id.in_(numbers), Entry.words != "").values(words=""))
        session.execute(update(Case).where(Case.id.in_(numbers), Case.evidence != "").values(evidence=""))
    return numbers
