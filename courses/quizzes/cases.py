"""An attempt together with the quiz of the edition it began with."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from sqlalchemy.orm import Session

from academy.errors import NotFound
from academy.kept import keep
from courses.catalogue import library, moves
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import AnswerQuestion, ExactAnswer, NumberAnswer, Question, Quiz
from courses.progress.rules import pass_mark
from courses.quizzes.answers import Answer, blank, from_json
from courses.quizzes.marking import AttemptMarks, mark_attempt
from courses.quizzes.models import AnswerRow, Attempt
from courses.quizzes.papers import Paper, paper_of
from courses.quizzes.queries import Content

MOST_PAPERS = 100
_papers: dict[tuple[int, str, str, str], Paper] = {}
# A paper follows from its edition and its seed; a browser that saves answers asks for it every few seconds.


@dataclass(frozen=True)
class Case:
    """An attempt, its lesson and its quiz as they were when it began."""

    attempt: Attempt
    live: LiveCourse
    lesson: Lesson
    quiz: Quiz

    @cached_property
    def paper(self) -> Paper:
        """The paper this attempt drew."""
        name = (self.live.edition_id, self.live.shelf.digest, self.lesson.key, self.attempt.seed)
        found = _papers.get(name)
        return found or keep(_papers, name, paper_of(self.quiz, self.attempt.seed), MOST_PAPERS)

    @property
    def pass_mark(self) -> int:
        """The per cent that pass."""
        return pass_mark(self.live.course, self.lesson)

    def answers(self, rows: Mapping[str, AnswerRow]) -> dict[str, Answer]:
        """What was answered to each question of the paper; blank where nothing was."""
        return self.read({name: row.content for name, row in rows.items()})

    def read(self, contents: Mapping[str, Content]) -> dict[str, Answer]:
        """The same from the contents alone."""
        return {
            each.id: from_json(each, contents[each.id]) if each.id in contents else blank(each)
            for each in self.paper.questions
        }

    def marks(self, rows: Mapping[str, AnswerRow]) -> AttemptMarks:
        """What these answers earn, with what trainers gave so far."""
        given = {name: row.percent for name, row in rows.items() if row.percent is not None}
        return mark_attempt(self.paper.questions, self.answers(rows), given)


def case_of(session: Session, attempt: Attempt) -> Case:
    """The attempt with the edition it began with."""
    live = library.edition(session, attempt.course_slug, attempt.edition)
    lesson = moves.lesson_then(session, live, attempt.lesson_key) if live else None
    if live is None or lesson is None or lesson.quiz is None:
        raise NotFound  # cannot happen while editions are kept; a page says so rather than breaking
    quiz = live.shelf.kept(
        ("in every language", lesson.key), partial(understanding_every_language, lesson.quiz, lesson)
    )
    return Case(attempt, live, lesson, quiz)


def understanding_every_language(quiz: Quiz, lesson: Lesson) -> Quiz:
    """The quiz, taking short answers in each language that it was translated into, whichever its reader reads."""
    accepted: dict[str, list[ExactAnswer | NumberAnswer]] = defaultdict(list)
    for text in lesson.texts.values():
        for question in text.questions:
            if isinstance(question, AnswerQuestion):
                accepted[question.id].extend(question.accepted)
    return replace(quiz, questions=tuple(_taking(question, accepted[question.id]) for question in quiz.questions))


def _taking(question: Question, accepted: Sequence[ExactAnswer | NumberAnswer]) -> Question:
    if not isinstance(question, AnswerQuestion):
        return question
    return replace(question, accepted=tuple(dict.fromkeys((*question.accepted, *accepted))))
