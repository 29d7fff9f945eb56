"""The questions of a course with what learners' answers say about each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import OpenQuestion, Question
from courses.questions import queries
from courses.questions.rules import Figures, Given, figures
from courses.quizzes.cases import Case, case_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of the bank."""

    lesson: Lesson
    question: Question
    figures: Figures


def quizzes_of(live: LiveCourse) -> list[Lesson]:
    """The quizzes of a course in order."""
    return [lesson for lesson in live.lessons.values() if lesson.quiz is not None]


def entries(session: Session, live: LiveCourse, lesson: Lesson) -> list[Entry]:
    """The questions of one quiz with their figures: two queries, and one for each edition that was answered."""
    if lesson.quiz is None:
        return []
    given = _given(session, live, lesson)
    return [Entry(lesson, question, figures(question, given[question.id])) for question in lesson.quiz.questions]


def _given(session: Session, live: LiveCourse, lesson: Lesson) -> dict[str, list[Given]]:
    """Answers to questions that are still asked the same way: an answer to other words says nothing about these."""
    found = queries.attempts(session, live.slug, lesson.key)
    rows = queries.answers(session, [attempt.id for attempt in found])
    asked = {question.id: question for question in (lesson.quiz.questions if lesson.quiz else ())}
    given: dict[str, list[Given]] = defaultdict(list)
    by_edition: dict[int, Case] = {}
    for attempt in found:
        known = by_edition.get(attempt.edition) or case_of(session, attempt)
        by_edition[attempt.edition], case = known, replace(known, attempt=attempt)
        answers, marks = case.answers(rows.get(attempt.id, {})), case.marks(rows.get(attempt.id, {}))
        for question in case.paper.questions:
            if not isinstance(question, OpenQuestion) and _same(asked.get(question.id), question, case):
                rest = [float(each.points) for name, each in marks.of.items() if name != question.id]
                given[question.id].append(Given(answers[question.id], sum(rest) / len(rest) if rest else 0))
    return given


def _same(now: Question | None, then: Question, case: Case) -> bool:
    if now is None or type(now) is not type(then):
        return False
    options = [getattr(each, "options", getattr(each, "items", getattr(each, "pairs", ()))) for each in (now, then)]
    return bool(case.quiz) and len(options[0]) == len(options[1])


def found(entries: Sequence[Entry], words: str, *, flagged: bool) -> list[Entry]:
    """The entries whose question holds every word; only those that deserve a look, if that is asked."""
    wanted = words.casefold().split()
    return [
        entry
        for entry in entries
        if all(word in f"{entry.question.prompt} {entry.question.id}".casefold() for word in wanted)
        and (entry.figures.flags or not flagged)
    ]
