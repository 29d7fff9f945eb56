"""A quiz of a draft as its learners will meet it: where it begins, its questions, and how they are explained."""

from dataclasses import replace

from courses.authoring.previews import Shown
from courses.catalogue.library import questions_on
from courses.catalogue.questions import Quiz
from courses.lessons import previewing
from courses.quizzes import drawn_pages, panel, rules
from courses.quizzes.answers import blank
from courses.quizzes.cases import Case, understanding_every_language
from courses.quizzes.models import Attempt, AttemptState

SEED = "preview"
NO_QUESTIONS = Quiz(questions=(), pass_mark=None, attempts=0, draw=None, shuffle=False, minutes=None)


def start(shown: Shown) -> str:
    """The page on which the quiz is begun."""
    return panel.page(previewing.context_of(shown), _quiz(shown), ())


def questions(shown: Shown) -> str:
    """Every question on one page, in the order of the file, although an attempt may draw only some of them."""
    case = _case(shown)
    answers = {each.id: blank(each) for each in case.paper.questions}
    return drawn_pages.paper(case, questions_on(shown.page), answers, shown.now, {})


def explanations(shown: Shown) -> str:
    """What a learner reads afterwards who left every question out: what was right, and why."""
    case = _case(shown)
    case.attempt.state, case.attempt.handed_in_at = AttemptState.MARKED, shown.now
    case.attempt.score, case.attempt.passed = 0, False
    return drawn_pages.explained(case, rules.tries(case.quiz, [case.attempt]), {}, questions_on(shown.page))


def _quiz(shown: Shown) -> Quiz:
    return previewing.lesson_of(shown).quiz or NO_QUESTIONS


def _case(shown: Shown) -> Case:
    lesson = previewing.lesson_of(shown)
    quiz = replace(understanding_every_language(_quiz(shown), lesson), draw=None, shuffle=False)
    attempt = Attempt(
        id=0,
        member_id=shown.learner.id,
        course_slug=shown.live.slug,
        lesson_key=lesson.key,
        number=1,
        edition=0,
        seed=SEED,
        state=AttemptState.OPEN,
        started_at=shown.now,
        deadline=None,
    )
    return Case(attempt, shown.live, lesson, quiz)
