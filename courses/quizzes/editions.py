"""What another edition of a course means for attempts at its quizzes."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.i18n import gettext as _
from courses.catalogue.content import Course
from courses.progress import editions as progress
from courses.publishing.impact import Figure
from courses.quizzes import outdated, service
from courses.quizzes.cases import case_of
from courses.quizzes.models import Attempt, AttemptState


def figures(session: Session, slug: str) -> list[Figure]:
    """How many attempts are being answered now."""
    query = select(func.count()).where(Attempt.course_slug == slug, Attempt.state == AttemptState.OPEN)
    note = _("They go on with the questions and the rules they began with.")
    return [Figure(session.scalar(query) or 0, _("open attempts at quizzes"), note)]


def corrections(session: Session, old: Course, new: Course) -> list[Figure]:
    """How many attempts at quizzes were marked by a key that the newer edition corrects."""
    lessons = dict(outdated.quizzes_then_and_now(old, new))
    if not lessons:
        return []
    taken, number = outdated.taken(session, new.slug, list(lessons)), 0
    for key, lesson in lessons.items():
        groups = outdated.alike(session, taken[key], lesson)
        number += outdated.how_many(session, new.slug, key, groups)[0]
    note = _("Their keys change. You can mark them again under “Questions”; nobody loses a pass by it.")
    return [Figure(number, _("attempts that were marked by a key which this changes"), note)]


def records(session: Session, slug: str, keys: Collection[str]) -> Mapping[str, int]:
    """How many members tried each of these quizzes."""
    query = (
        select(Attempt.lesson_key, func.count(Attempt.member_id.distinct()))
        .where(Attempt.course_slug == slug, Attempt.lesson_key.in_(keys))
        .group_by(Attempt.lesson_key)
    )
    return {key: count for key, count in session.execute(query)}  # noqa: C416  rows are not pairs to the type checker


def follow(session: Session, slug: str, old: str, new: str) -> None:
    """Give attempts under an old key to the new one; where there are some under both, the old ones are counted on."""
    highest = (
        select(Attempt.member_id, func.max(Attempt.number).label("number"))
        .where(Attempt.course_slug == slug, Attempt.lesson_key == new)
        .group_by(Attempt.member_id)
    )
    there = {row.member_id: row.number for row in session.execute(highest)}
    under_old = (Attempt.course_slug == slug, Attempt.lesson_key == old)
    for attempt in session.scalars(select(Attempt).where(*under_old, Attempt.member_id.in_(there)).with_for_update()):
        if attempt.is_open and _has_open(session, attempt.member_id, slug, new):
            service.hand_in(session, case=case_of(session, attempt), answers={}, now=clock.now())
            progress.follow(session, slug, old, new)
        attempt.number, attempt.lesson_key = attempt.number + there[attempt.member_id], new
    session.flush()
    session.execute(
        update(Attempt).where(*under_old).values(lesson_key=new).execution_options(synchronize_session=False)
    )
    session.expire_all()


def _has_open(session: Session, member_id: int, slug: str, key: str) -> bool:
    query = select(Attempt.id).where(
        Attempt.member_id == member_id,
        Attempt.course_slug == slug,
        Attempt.lesson_key == key,
        Attempt.state == AttemptState.OPEN,
    )
    return session.scalar(query.limit(1)) is not None
