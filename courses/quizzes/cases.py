"""An attempt together with the quiz of the edition it began with, and with the keys that were corrected since."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from sqlalchemy.orm import Session

from academy.errors import NotFound
from academy.kept import keep
from courses.catalogue import library, moves
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import AnswerQuestion, ExactAnswer, NumberAnswer, Question, Quiz
from courses.progress.rules import pass_mark
from courses.quizzes import keys
from courses.quizzes.answers import Answer, blank, from_json
from courses.quizzes.keys import Fit
from courses.quizzes.marking import AttemptMarks, mark_attempt
from courses.quizzes.models import AnswerRow, Attempt
from courses.quizzes.papers import Paper, Sheet, paper_of
from courses.quizzes.queries import Content

MOST_PAPERS = 100
_papers: dict[tuple[int, str, str, str], Paper] = {}
# A paper follows from its edition and its seed; a browser that saves answers asks for it every few seconds.


@dataclass(frozen=True, slots=True)
class Corrected:
    """A question as a later edition asks it, whose key marks the answers that were given to it before."""

    edition: int
    lesson: Lesson
    question: Question
    lies: Fit


@dataclass(frozen=True)
class Case:
    """An attempt, its lesson and its quiz as they were when it began; `corrected` are questions with a later key."""

    attempt: Attempt
    live: LiveCourse
    lesson: Lesson
    quiz: Quiz
    corrected: Mapping[str, Corrected] = field(default_factory=dict)

    @cached_property
    def paper(self) -> Paper:
        """The paper this attempt drew."""
        name = (self.live.edition_id, self.live.shelf.digest, self.lesson.key, self.attempt.seed)
        found = _papers.get(name)
        return found or keep(_papers, name, paper_of(self.quiz, self.attempt.seed), MOST_PAPERS)

    @cached_property
    def marked(self) -> Paper:
        """The paper as it is marked: where a key was corrected, with the question as the later edition has it."""
        if not self.corrected:
            return self.paper
        return Paper(tuple(_corrected(sheet, self.corrected.get(sheet.question.id)) for sheet in self.paper.sheets))

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

    def marked_answers(self, rows: Mapping[str, AnswerRow]) -> dict[str, Answer]:
        """The same answers, told by the places of the questions as they are marked."""
        return self.told(self.answers(rows))

    def told(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Answers told by the places of the questions as they are marked."""
        later = self.corrected
        return {name: keys.moved(each, later[name].lies) if name in later else each for name, each in answers.items()}

    def marks(self, rows: Mapping[str, AnswerRow]) -> AttemptMarks:
        """What these answers earn, with what trainers gave so far."""
        given = {name: row.percent for name, row in rows.items() if row.percent is not None}
        return self.earned(self.answers(rows), given)

    def earned(self, answers: Mapping[str, Answer], given: Mapping[str, int]) -> AttemptMarks:
        """What these answers earn; `given` in per cent by trainers."""
        one_pick = [name for name, each in self.corrected.items() if each.lies.one_pick]
        return mark_attempt(self.marked.questions, self.told(answers), given, one_pick)


def case_of(session: Session, attempt: Attempt) -> Case:
    """The attempt with the edition it began with."""
    live = library.edition(session, attempt.course_slug, attempt.edition)
    lesson = moves.lesson_then(session, live, attempt.lesson_key) if live else None
    if live is None or lesson is None or lesson.quiz is None:
        raise NotFound  # cannot happen while editions are kept; a page says so rather than breaking
    return with_keys(session, Case(attempt, live, lesson, quiz_of(live, lesson)), attempt.keys)


def quiz_of(live: LiveCourse, lesson: Lesson) -> Quiz:
    """The quiz of a lesson, understanding every language; raise NotFound when it has none."""
    if lesson.quiz is None:
        raise NotFound
    understanding = partial(understanding_every_language, lesson.quiz, lesson)
    return live.shelf.kept(("in every language", lesson.key), understanding)


def with_keys(session: Session, case: Case, kept: str) -> Case:
    """The case with the corrected keys that a text names, as an attempt keeps them."""
    if not kept:
        return replace(case, corrected={}) if case.corrected else case
    found = dict(_corrections(session, case, keys.read(kept)))
    return replace(case, corrected=found)


def _corrections(session: Session, case: Case, editions: Mapping[str, int]) -> Iterator[tuple[str, Corrected]]:
    """Every question with a later key that fits; the editions are asked for once each."""
    then, slug = {each.id: each for each in case.quiz.questions}, case.attempt.course_slug
    for number in sorted(set(editions.values())):
        live = library.edition(session, slug, number)
        lesson = moves.lesson_then(session, live, case.attempt.lesson_key) if live else None
        if live is None or lesson is None or lesson.quiz is None:
            continue
        now = {each.id: each for each in quiz_of(live, lesson).questions}
        for name in (name for name, its in editions.items() if its == number and name in then):
            lies = keys.fit(then[name], now.get(name))
            if isinstance(lies, Fit):
                yield name, Corrected(number, lesson, now[name], lies)


def _corrected(sheet: Sheet, later: Corrected | None) -> Sheet:
    """The sheet with the question as the later edition has it; its tokens go with their parts."""
    if later is None:
        return sheet
    shown = later.lies.choices or later.lies.parts  # of a match its definitions are mixed, of others their parts
    there = {old: new for new, old in enumerate(shown)}
    return Sheet(
        replace(sheet.drawn, question=later.question, order=tuple(there[old] for old in sheet.drawn.order)),
        sheet.token,
        tuple(sheet.parts[old] for old in later.lies.parts),
        tuple(sheet.choices[old] for old in later.lies.choices),
    )


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
