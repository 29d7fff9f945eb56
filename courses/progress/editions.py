"""What another edition of a course means for what was done in it."""

from collections.abc import Collection, Mapping

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, aliased

from academy.i18n import gettext as _
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion, LessonRecord, LessonState
from courses.progress.rules import Tier, better
from courses.publishing.impact import Figure


def figures(session: Session, slug: str) -> list[Figure]:
    """How many learners are under way, and how many have completed the course."""
    completed = exists().where(
        Completion.member_id == Enrolment.member_id,
        Completion.course_slug == Enrolment.course_slug,
        Completion.tier == Tier.COMPLETION,
    )
    taken = select(func.count()).where(Enrolment.course_slug == slug, Enrolment.left_at.is_(None), ~completed)
    done = select(func.count()).where(Completion.course_slug == slug, Completion.tier == Tier.COMPLETION)
    return [
        Figure(
            session.scalar(taken) or 0, _("under way"), _("They go on with the new edition and keep what they did.")
        ),
        Figure(session.scalar(done) or 0, _("finished"), _("They stay complete and keep their certificates.")),
    ]


def records(session: Session, slug: str, keys: Collection[str]) -> Mapping[str, int]:
    """How many members have a record in each of these lessons."""
    query = (
        select(LessonRecord.lesson_key, func.count())
        .where(LessonRecord.course_slug == slug, LessonRecord.lesson_key.in_(keys))
        .group_by(LessonRecord.lesson_key)
    )
    return {key: count for key, count in session.execute(query)}  # noqa: C416  rows are not pairs to the type checker


def follow(session: Session, slug: str, old: str, new: str) -> None:
    """Give what was done under an old key to the new one; where there is something under both, the better stands."""
    there = aliased(LessonRecord)
    for was, now in session.execute(
        select(LessonRecord, there)
        .join(there, (there.member_id == LessonRecord.member_id) & (there.course_slug == slug))
        .where(LessonRecord.course_slug == slug, LessonRecord.lesson_key == old, there.lesson_key == new)
        .with_for_update()
    ).all():
        _join(was, now)
        session.delete(was)
    session.flush()
    session.execute(
        update(LessonRecord)
        .where(LessonRecord.course_slug == slug, LessonRecord.lesson_key == old)
        .values(lesson_key=new)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()


def _join(was: LessonRecord, now: LessonRecord) -> None:
    earlier, later = sorted((was, now), key=lambda record: record.changed_at)
    stands = better(LessonState(earlier.state), LessonState(later.state))
    kept = earlier if LessonState(earlier.state) is stands else later
    scores = [record.score for record in (was, now) if record.score is not None]
    now.state, now.edition, now.changed_at = stands, kept.edition, kept.changed_at
    now.score = max(scores, default=None)
