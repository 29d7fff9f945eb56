"""Make cohorts and put people into them."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from courses.cohorts import queries
from courses.cohorts.models import Cohort, CohortMember


class NameTaken(DomainError):
    """The course has a cohort of this name."""

    sentence = _l("This course already has a cohort with this name.")


def make(
    session: Session, *, course_slug: str, name: str, year: int, starts_on: date, ends_on: date, now: datetime
) -> Cohort:
    """A new cohort; raise NameTaken."""
    cohort = Cohort(course_slug=course_slug, name=name, year=year, starts_on=starts_on, ends_on=ends_on, created_at=now)
    try:
        with session.begin_nested():
            session.add(cohort)
    except IntegrityError as error:
        raise NameTaken from error
    return cohort


def change(session: Session, *, cohort: Cohort, name: str, year: int, starts_on: date, ends_on: date) -> None:
    """Correct a cohort's name or dates; raise NameTaken."""
    try:
        with session.begin_nested():
            cohort.name, cohort.year, cohort.starts_on, cohort.ends_on = name, year, starts_on, ends_on
    except IntegrityError as error:
        raise NameTaken from error


def add_members(session: Session, *, cohort_id: int, member_ids: Collection[int], now: datetime) -> set[int]:
    """Put these people into the cohort; returns those who were not in it before."""
    present = queries.present_in(session, cohort_id, member_ids)
    added = set()
    for member_id in sorted(set(member_ids) - present):  # in one order, so that two admins do not wait for each other
        try:
            with session.begin_nested():
                session.add(CohortMember(cohort_id=cohort_id, member_id=member_id, added_at=now))
        except IntegrityError:
            continue  # another admin was quicker: it is done all the same
        added.add(member_id)
    return added


def remove_member(session: Session, *, cohort_id: int, member_id: int) -> bool:
    """Take somebody out of the cohort (their place in the course stays); says whether they were in it."""
    gone = delete(CohortMember).where(CohortMember.cohort_id == cohort_id, CohortMember.member_id == member_id)
    return session.execute(gone.returning(CohortMember.member_id)).first() is not None


def forget(session: Session, member_id: int) -> None:
    """Take an erased member out of every cohort."""
    session.execute(delete(CohortMember).where(CohortMember.member_id == member_id))
