"""What another edition of a course means for works on its tasks."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from courses.publishing.impact import Figure
from courses.tasks.models import Work, WorkState

GOING = (WorkState.DRAFT, WorkState.HANDED_IN)


def figures(session: Session, slug: str) -> list[Figure]:
    """How many works are being written or wait for a trainer."""
    query = select(func.count()).where(Work.course_slug == slug, Work.state.in_(GOING))
    note = _("What was handed in is marked by the rubric it was handed in under.")
    return [Figure(session.scalar(query) or 0, _("works being written or waiting"), note)]


def records(session: Session, slug: str, keys: Collection[str]) -> Mapping[str, int]:
    """How many members worked on each of these tasks."""
    query = (
        select(Work.lesson_key, func.count(Work.member_id.distinct()))
        .where(Work.course_slug == slug, Work.lesson_key.in_(keys))
        .group_by(Work.lesson_key)
    )
    return {key: count for key, count in session.execute(query)}  # noqa: C416  rows are not pairs to the type checker


def follow(session: Session, slug: str, old: str, new: str) -> None:
    """Give works under an old key to the new one; where there are some under both, the old ones are counted on.

    Only one can be under way: where two would be, the older one becomes an earlier version, with its text.
    """
    highest = (
        select(Work.member_id, func.max(Work.number).label("number"))
        .where(Work.course_slug == slug, Work.lesson_key == new)
        .group_by(Work.member_id)
    )
    there = {row.member_id: row.number for row in session.execute(highest)}
    under_old = (Work.course_slug == slug, Work.lesson_key == old)
    for work in session.scalars(select(Work).where(*under_old, Work.member_id.in_(there)).with_for_update()):
        if work.state in GOING and _has_going(session, work.member_id, slug, new):
            work.handed_in_at = work.handed_in_at or work.saved_at
            work.state = WorkState.RETURNED
        work.number, work.lesson_key = work.number + there[work.member_id], new
    session.flush()
    session.execute(update(Work).where(*under_old).values(lesson_key=new).execution_options(synchronize_session=False))
    session.expire_all()


def _has_going(session: Session, member_id: int, slug: str, key: str) -> bool:
    query = select(Work.id).where(
        Work.member_id == member_id, Work.course_slug == slug, Work.lesson_key == key, Work.state.in_(GOING)
    )
    return session.scalar(query.limit(1)) is not None
