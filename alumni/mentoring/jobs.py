"""What the worker does for mentoring: passes requests on, reminds of meetings."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import db
from academy.jobs.registry import Values
from alumni.mentoring import asking
from alumni.mentoring.models import MentoringMeeting, Mentorship
from alumni.mentoring.rules import REMIND_AHEAD
from alumni.mentoring.telling import tell_meeting

AT_ONCE = 100


def pass_on(_values: Values, now: datetime) -> None:
    """Pass on what was not answered in time or cannot be taken."""
    while _some_passed(now):
        continue


def _some_passed(now: datetime) -> int:
    with db.the_database().transaction() as session:
        return asking.pass_on_stuck(session, now)


def remind(_values: Values, now: datetime) -> None:
    """Remind both of a meeting, a day ahead, each in their own time zone."""
    while _some_reminded(now):
        continue


def _some_reminded(now: datetime) -> int:
    with db.the_database().transaction() as session:
        soon = (
            select(MentoringMeeting, Mentorship)
            .join(Mentorship, Mentorship.id == MentoringMeeting.mentorship_id)
            .where(
                MentoringMeeting.reminded_at.is_(None),
                MentoringMeeting.cancelled_at.is_(None),
                MentoringMeeting.at.between(now, now + REMIND_AHEAD),
                Mentorship.ended_at.is_(None),
            )
            .limit(AT_ONCE)
            .with_for_update(of=MentoringMeeting, skip_locked=True)
        )
        found = session.execute(soon).all()
        for meeting, pair in found:
            _remind(session, meeting, pair, now)
        return len(found)


def _remind(session: Session, meeting: MentoringMeeting, pair: Mentorship, now: datetime) -> None:
    both = [each for each in (pair.mentor_id, pair.mentee_id) if each is not None]
    key = f"mentoring.{meeting.id}.{meeting.at.isoformat()}"
    tell_meeting(session, "soon", member_ids=both, at=meeting.at, pair=pair.id, now=now, key=key)
    meeting.reminded_at = now
