"""Which answers were marked by a key that another edition corrects."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue.content import Course, Lesson
from courses.catalogue.questions import OpenQuestion, Question
from courses.quizzes import keys
from courses.quizzes.cases import Case, case_of, understanding_every_language, with_keys
from courses.quizzes.keys import Fit, Misfit
from courses.quizzes.models import AnswerRow, Attempt, AttemptState


@dataclass(frozen=True, slots=True)
class Alike:
    """Attempts at a quiz, taken in one edition, that are marked by the same `keys`, and what another one does to these.

    `case` is that of any one of them; `corrected` are the questions whose keys change for them, `misfits` those that
    ask something else by now. Edition and keys are noted apart: the attempt of the case may be marked meanwhile.
    """

    edition: int
    keys: str
    case: Case
    corrected: tuple[str, ...]
    misfits: Mapping[str, Misfit]

    def keys_by(self, edition: int) -> str:
        """The keys that mark them when those of this edition are taken."""
        return keys.written({**keys.read(self.keys), **dict.fromkeys(self.corrected, edition)})


@dataclass(frozen=True, slots=True)
class Earlier:
    """One attempt that is marked by an old key, and whose it is."""

    attempt: Attempt
    learner: str


def taken(session: Session, course_slug: str, lesson_keys: Collection[str]) -> dict[str, list[Attempt]]:
    """For each of these quizzes one attempt of those that are marked by the same keys (one query)."""
    newest = (
        select(func.max(Attempt.id))
        .where(Attempt.course_slug == course_slug, Attempt.lesson_key.in_(lesson_keys))
        .group_by(Attempt.lesson_key, Attempt.edition, Attempt.keys)
    )
    found: dict[str, list[Attempt]] = {key: [] for key in lesson_keys}
    for attempt in session.scalars(select(Attempt).where(Attempt.id.in_(newest)).order_by(Attempt.edition, Attempt.id)):
        found[attempt.lesson_key].append(attempt)
    return found


def alike(session: Session, attempts: Iterable[Attempt], lesson: Lesson) -> list[Alike]:
    """What the quiz as this lesson has it now does to the keys that these attempts stand for."""
    quiz = understanding_every_language(lesson.quiz, lesson) if lesson.quiz else None
    now = {each.id: each for each in quiz.questions} if quiz else {}
    return [_alike(case_of(session, attempt), now) for attempt in attempts]


def _alike(case: Case, now: Mapping[str, Question]) -> Alike:
    corrected, misfits = [], {}
    for question in case.quiz.questions:
        lies = keys.fit(question, now.get(question.id))
        if isinstance(question, OpenQuestion):
            continue
        if isinstance(lies, Misfit):
            misfits[question.id] = lies
        elif _key_now(case, question) != keys.key_of(now[question.id], lies):
            corrected.append(question.id)
    return Alike(case.attempt.edition, case.attempt.keys, case, tuple(corrected), misfits)


def _key_now(case: Case, question: Question) -> object:
    later = case.corrected.get(question.id)
    if later is not None:
        return keys.key_of(later.question, later.lies)
    own = keys.fit(question, question)
    return keys.key_of(question, own) if isinstance(own, Fit) else None


def marked_by_old_keys(course_slug: str, lesson_key: str, groups: Sequence[Alike]) -> ColumnElement[bool]:
    """Attempts of these groups that were handed in and answered a question whose key changes."""
    each = [
        and_(Attempt.edition == group.edition, Attempt.keys == group.keys, answered(group.corrected))
        for group in groups
        if group.corrected
    ]
    return and_(
        Attempt.course_slug == course_slug,
        Attempt.lesson_key == lesson_key,
        Attempt.state != AttemptState.OPEN,
        or_(false(), *each),
    )


def answered(question_ids: Collection[str]) -> ColumnElement[bool]:
    """Whether an attempt was asked one of these questions."""
    return exists().where(AnswerRow.attempt_id == Attempt.id, AnswerRow.question_id.in_(question_ids))


def how_many(session: Session, course_slug: str, lesson_key: str, groups: Sequence[Alike]) -> tuple[int, int]:
    """How many attempts are marked by old keys, and of how many learners."""
    if not any(group.corrected for group in groups):
        return 0, 0
    query = select(func.count(), func.count(Attempt.member_id.distinct()))
    attempts, learners = session.execute(query.where(marked_by_old_keys(course_slug, lesson_key, groups))).one()
    return attempts, learners


def earlier(session: Session, course_slug: str, lesson_key: str, groups: Sequence[Alike], most: int) -> list[Earlier]:
    """The latest of them."""
    query = (
        select(Attempt, Member.display_name)
        .join(Member, Member.id == Attempt.member_id)
        .where(marked_by_old_keys(course_slug, lesson_key, groups))
        .order_by(Attempt.id.desc())
        .limit(most)
    )
    return [Earlier(attempt, name) for attempt, name in session.execute(query)]


def answers_in(session: Session, attempt_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What was answered in these attempts, and what trainers gave, by attempt and question."""
    query = select(AnswerRow).where(AnswerRow.attempt_id.in_(attempt_ids))
    found: dict[int, dict[str, Any]] = {each: {} for each in attempt_ids}
    for row in session.scalars(query):
        found[row.attempt_id][row.question_id] = row
    return found


def quizzes_then_and_now(old: Course, new: Course) -> Iterator[tuple[str, Lesson]]:
    """The quizzes that both have: the key that what learners did goes by now, and the lesson as it will be."""
    came_from = {there: here for here, there in new.moved.items() if old.lesson(here) is not None}
    for lesson in new.lessons:
        key = lesson.key if old.lesson(lesson.key) else came_from.get(lesson.key)
        if key is not None and lesson.quiz is not None:
            yield key, lesson


def by_keys_of(session: Session, group: Alike, edition: int) -> Case:
    """The case of these attempts as it is when the keys of this edition mark it."""
    return with_keys(session, group.case, group.keys_by(edition))


def with_attempt(like: Case, attempt: Attempt) -> Case:
    """The case of another attempt that is marked by the same keys."""
    return replace(like, attempt=attempt)
