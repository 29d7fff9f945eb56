"""Answers of attempts that were handed in, for figures about questions; when they were marked again."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.quizzes.models import AnswerRow, Attempt, AttemptState, Remarking

LATEST = 1000
"""So many attempts at a quiz are looked at, the latest first."""
MOST_RUNS = 20


def attempts(session: Session, course_slug: str, lesson_key: str) -> list[Attempt]:
    """The latest attempts at a quiz that were handed in."""
    query = (
        select(Attempt)
        .where(
            Attempt.course_slug == course_slug,
            Attempt.lesson_key == lesson_key,
            Attempt.state != AttemptState.OPEN,
        )
        .order_by(Attempt.id.desc())
        .limit(LATEST)
    )
    return list(session.scalars(query))


def answers(session: Session, attempt_ids: list[int]) -> dict[int, dict[str, AnswerRow]]:
    """The answers of these attempts, by attempt and question."""
    found: dict[int, dict[str, AnswerRow]] = defaultdict(dict)
    for row in session.scalars(select(AnswerRow).where(AnswerRow.attempt_id.in_(attempt_ids))):
        found[row.attempt_id][row.question_id] = row
    return found


def runs(session: Session, course_slug: str) -> list[Remarking]:
    """The latest times that answers of a course were marked again."""
    query = select(Remarking).where(Remarking.course_slug == course_slug).order_by(Remarking.id.desc()).limit(MOST_RUNS)
    return list(session.scalars(query))


def running(session: Session, course_slug: str, lesson_key: str) -> Remarking | None:
    """The marking again of a quiz that is under way."""
    return session.scalar(
        select(Remarking).where(
            Remarking.course_slug == course_slug, Remarking.lesson_key == lesson_key, Remarking.ended_at.is_(None)
        )
    )
