"""Counts of alumni: by cohort, country and gender, by when they were here last; of mentoring and events."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member, SignIn
from alumni.events.models import GOING, OPEN, Event, EventGuest
from alumni.graduates import queries as graduates
from alumni.mentoring.models import Mentor, Mentorship
from alumni.profiles.models import Profile

MONTH, QUARTER, YEAR = timedelta(days=30), timedelta(days=90), timedelta(days=365)
RECENT, LATELY, LONG_AGO = "30", "90", "longer"

_ALUMNI = (Member.state == ACTIVE, Member.alumnus_since.is_not(None))


def by_cohort(session: Session) -> dict[str, int]:
    """Alumni by the key of their newest cohort; those in none under ''."""
    newest = graduates.newest_cohorts().subquery()
    return _counted(session, func.coalesce(newest.c.key, ""), newest, newest.c.member_id == Member.id)


def by_country(session: Session) -> dict[str, int]:
    """Alumni by the country they gave; '' where they gave none."""
    return _counted(session, func.coalesce(Profile.country, ""), Profile, Profile.member_id == Member.id)


def by_gender(session: Session) -> dict[str, int]:
    """Alumni by the gender they gave; '' where they gave none."""
    return _counted(session, func.coalesce(Profile.gender, ""), Profile, Profile.member_id == Member.id)


def _counted(session: Session, what: ColumnElement[str], beside: Any, on: ColumnElement[bool]) -> dict[str, int]:  # noqa: ANN401
    rows = session.execute(
        select(what.label("what"), func.count(Member.id).label("people"))
        .select_from(Member)
        .outerjoin(beside, on)
        .where(*_ALUMNI)
        .group_by(what)
    )
    return {row.what: row.people for row in rows}


def by_last_visit(session: Session, now: datetime) -> dict[str, int]:
    """Alumni by when they were here last."""
    when = case((_here_since(now - MONTH), RECENT), (_here_since(now - QUARTER), LATELY), else_=LONG_AGO)
    rows = session.execute(
        select(when.label("what"), func.count(Member.id).label("people")).where(*_ALUMNI).group_by(when)
    )
    return {row.what: row.people for row in rows}


def _here_since(moment: datetime) -> ColumnElement[bool]:
    seen = exists().where(SignIn.member_id == Member.id, SignIn.seen_at >= moment)
    return or_(Member.signed_in_at >= moment, seen)


def of_mentoring(session: Session, now: datetime) -> Mapping[str, int]:
    """What there is of mentoring, and what there was in a year."""
    return {
        "mentors": _count(session, select(Mentor.id).where(Mentor.stopped_at.is_(None), Mentor.withheld_at.is_(None))),
        "pairs": _count(session, select(Mentorship.id).where(Mentorship.ended_at.is_(None))),
        "pairs_of_year": _count(session, select(Mentorship.id).where(Mentorship.began_at >= now - YEAR)),
    }


def of_events(session: Session, now: datetime) -> Mapping[str, int]:
    """Events of a year, and who went."""
    of_year = Event.state == OPEN, Event.begins_at >= now - YEAR, Event.begins_at < now
    went = select(EventGuest.member_id).join(Event, Event.id == EventGuest.event_id)
    went = went.where(*of_year, EventGuest.state == GOING)
    return {
        "events": _count(session, select(Event.id).where(*of_year)),
        "places": _count(session, went),
        "guests": _count(session, went.distinct()),
    }


def _count(session: Session, rows: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0
