"""The questions of a course with what learners' answers say about each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import OpenQuestion, Question
from courses.questions import queries
from courses.questions.rules import Figures, Given, figures
from courses.quizzes.cases import Case, case_of, quiz_of
from courses.quizzes.keys import Fit, fit, moved


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
    asked = {question.id: question for question in (quiz_of(live, lesson).questions if lesson.quiz else ())}
    given: dict[str, list[Given]] = defaultdict(list)
    known: dict[tuple[int, str], tuple[Case, Mapping[str, Fit]]] = {}
    for attempt in found:
        alike = (attempt.edition, attempt.keys)
        if alike not in known:
            like = case_of(session, attempt)
            known[alike] = like, _lying(like, asked)
        case, lies = replace(known[alike][0], attempt=attempt), known[alike][1]
        answers, marks = case.answers(rows.get(attempt.id, {})), case.marks(rows.get(attempt.id, {}))
        for name in (each.id for each in case.paper.questions if each.id in lies):
            rest = [float(each.points) for other, each in marks.of.items() if other != name]
            mean = sum(rest) / len(rest) if rest else 0
            given[name].append(Given(moved(answers[name], lies[name]), mean, lies[name].one_pick))
    return given


def _lying(case: Case, asked: Mapping[str, Question]) -> dict[str, Fit]:
    """How the questions that are asked now lie over those of a case; only those that still ask the same."""
    closed = (question for question in case.quiz.questions if not isinstance(question, OpenQuestion))
    found = {question.id: fit(question, asked.get(question.id)) for question in closed}
    return {name: lies for name, lies in found.items() if isinstance(lies, Fit)}


def found(entries: Sequence[Entry], words: str, *, flagged: bool) -> list[Entry]:
    """The entries whose question holds every word; only those that deserve a look, if that is asked."""
    wanted = words.casefold().split()
    return [
        entry
        for entry in entries
        if all(word in f"{entry.question.prompt} {entry.question.id}".casefold() for word in wanted)
        and (entry.figures.flags or not flagged)
    ]
