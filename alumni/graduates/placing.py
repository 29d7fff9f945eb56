"""Give somebody the place of an earlier graduate because an admin knows them, without a letter."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people import alumnus
from academy.people.actor import Actor
from alumni.graduates.models import CONFIRMED, INVITED, LISTED, WAITING, EarlierGraduate, PastCohort
from alumni.graduates.rules import name_key
from alumni.graduates.service import cohort_named


def entry_like(session: Session, *, name: str, year: int) -> EarlierGraduate | None:
    """The entry on the list with this name and year that nobody has confirmed yet."""
    open_ = EarlierGraduate.state.in_((LISTED, WAITING, INVITED))
    same = select(EarlierGraduate).join(PastCohort, PastCohort.id == EarlierGraduate.cohort_id)
    return session.scalars(
        same.where(open_, EarlierGraduate.name_key == name_key(name), PastCohort.year == year).limit(1)
    ).one_or_none()


def give_place(
    session: Session, *, member_id: int, name: str, cohort: str, year: int, by: Actor, now: datetime
) -> EarlierGraduate:
    """Let this member count as a graduate of that year, by the entry of their name or by a new one."""
    entry = entry_like(session, name=name, year=year)
    if entry is None:
        cohort_id = cohort_named(session, name=cohort, year=year, now=now)
        entry = EarlierGraduate(cohort_id=cohort_id, name=name, name_key=name_key(name), created_at=now)
        session.add(entry)
    entry.state, entry.member_id, entry.answered_at, entry.token_hash = CONFIRMED, member_id, now, ""
    session.flush()
    alumnus.settle(session, member_ids=[member_id], by=by, now=now)
    return entry
