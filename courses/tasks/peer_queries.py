"""Reads of what learners say of each other's work."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.tasks.models import Quality, Work, WorkReview
from courses.tasks.reviewing import Shelf


@dataclass(frozen=True, slots=True)
class Reader:
    """How one learner reads others' work in a course."""

    name: str
    assigned: int
    given: int
    helpful: float | None
    poor: int


def shelf_of(session: Session, member_id: int, course_slug: str, lesson_key: str) -> Shelf:
    """What a learner was given to read on a task, and what others said of their own works there."""
    found = session.execute(
        select(WorkReview, Work.member_id)
        .join(Work, Work.id == WorkReview.work_id)
        .where(
            Work.course_slug == course_slug,
            Work.lesson_key == lesson_key,
            (WorkReview.reader_id == member_id) | (Work.member_id == member_id),
        )
        .order_by(WorkReview.id)
    ).all()
    mine = [review for review, author in found if author == member_id]
    return Shelf([review for review, author in found if author != member_id], mine)


def assigned(session: Session, review_id: int, reader_id: int) -> tuple[WorkReview, Work] | None:
    """A work that this member was given to read."""
    row = session.execute(
        select(WorkReview, Work)
        .join(Work, Work.id == WorkReview.work_id)
        .where(WorkReview.id == review_id, WorkReview.reader_id == reader_id)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def of_author(session: Session, review_id: int, author_id: int) -> tuple[WorkReview, Work] | None:
    """A review of this member's own work."""
    return _with_work(session, review_id, author_id)


def by_number(session: Session, review_id: int) -> tuple[WorkReview, Work] | None:
    """A review with the work it is of."""
    return _with_work(session, review_id, None)


def _with_work(session: Session, review_id: int, author_id: int | None) -> tuple[WorkReview, Work] | None:
    query = select(WorkReview, Work).join(Work, Work.id == WorkReview.work_id)
    query = query.where(WorkReview.id == review_id, WorkReview.given_at.is_not(None))
    row = session.execute(query if author_id is None else query.where(Work.member_id == author_id)).one_or_none()
    return (row[0], row[1]) if row else None


def of_work(session: Session, work_id: int) -> Sequence[WorkReview]:
    """The reviews of one version, given or not."""
    return session.scalars(select(WorkReview).where(WorkReview.work_id == work_id).order_by(WorkReview.id)).all()


def readers_in(session: Session, course_slug: str) -> Sequence[Reader]:
    """Everybody who was given works to read in a course, with how they did."""
    given = func.sum(case((WorkReview.given_at.is_not(None), 1), else_=0))
    poor = func.sum(case((WorkReview.quality == Quality.POOR, 1), else_=0))
    rows = session.execute(
        select(Member.display_name, func.count(), given, func.avg(WorkReview.helpful), poor)
        .join(Work, Work.id == WorkReview.work_id)
        .join(Member, Member.id == WorkReview.reader_id)
        .where(Work.course_slug == course_slug)
        .group_by(Member.id, Member.display_name)
        .order_by(Member.display_name)
        .limit(500)
    )
    return [Reader(name, n, done, float(mean) if mean is not None else None, bad) for name, n, done, mean, bad in rows]
