"""What the start page of a quiz says: what it asks, how it is passed, what was tried before."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from academy.i18n import date_and_time, duration, ngettext, percent
from academy.i18n import gettext as _
from courses.catalogue.content import Lesson
from courses.catalogue.questions import OpenQuestion, Quiz
from courses.enrolment.allowances import USUAL, Allowance
from courses.quizzes.models import Attempt
from courses.quizzes.rules import Next, Tries


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt in the list of attempts; `tone` goes with the words of `state`."""

    title: str
    url: str
    when: str
    score: str
    state: str
    tone: str


def facts(quiz: Quiz, pass_mark: int) -> list[str]:
    """The terms of a quiz in short."""
    return [
        ngettext("%(num)s question", "%(num)s questions", quiz.drawn),
        _("%(share)s to pass", share=percent(pass_mark)),
        _("%(length)s, once begun", length=duration(quiz.minutes)) if quiz.minutes else _("no time limit"),
        ngettext("%(num)s attempt", "%(num)s attempts", quiz.attempts) if quiz.attempts else _("as often as you like"),
    ]


def terms(quiz: Quiz, allowance: Allowance) -> list[str]:
    """What a learner should know before beginning, in sentences."""
    sentences = [_("Your answers are saved as you go. You can leave and come back.")]
    if quiz.drawn < len(quiz.questions):
        sentences.append(
            _("Each attempt draws its questions from a larger set, so that the next attempt asks other ones.")
        )
    if quiz.minutes:
        sentences.append(_("The clock runs on when you leave. What is saved when it ends is handed in for you."))
    if quiz.minutes and allowance.time_factor != USUAL:
        share = percent(allowance.time_factor)
        sentences.append(
            _("Your trainers gave you more time: %(share)s of the usual. It is counted in here.", share=share)
        )
    if quiz.attempts and allowance.extra_attempts:
        more = allowance.extra_attempts
        sentences.append(
            ngettext(
                "Your trainers gave you %(num)s more attempt.", "Your trainers gave you %(num)s more attempts.", more
            )
        )
    if any(isinstance(question, OpenQuestion) for question in quiz.questions):
        sentences.append(_("A trainer reads answers in your own words; the result may take a few days."))
    return sentences


def standing(tries: Tries) -> str:
    """How the learner stands, in a sentence; '' before the first attempt."""
    if tries.next is Next.WAIT:
        return _("A trainer is reading your last attempt. You will get a notice when it is marked.")
    if tries.best is None:
        return ""
    if tries.passed:
        return _("You have passed. Your best result is %(best)s.", best=percent(tries.best))
    return _("Your best result so far is %(best)s.", best=percent(tries.best))


def left(tries: Tries) -> str:
    """How many attempts are left, in a sentence; '' without a limit."""
    if tries.left is None:
        return ""
    if not tries.left:
        return _("You have used all your attempts.")
    return ngettext("You have %(num)s attempt left.", "You have %(num)s attempts left.", tries.left)


def rows(attempts: Sequence[Attempt], slug: str, lesson: Lesson) -> list[Try]:
    """Attempts that were handed in, the newest first."""
    return [
        Try(
            _("Attempt %(number)s", number=each.number),
            url_for("quizzes.result", slug=slug, module=lesson.module, lesson=lesson.slug, number=each.number),
            date_and_time(each.handed_in_at) if each.handed_in_at else "",
            percent(each.score or 0),
            *state_words(each),
        )
        for each in reversed(attempts)
        if not each.is_open
    ]


def state_words(attempt: Attempt) -> tuple[str, str]:
    """How an attempt ended, and the tone of a chip that says so."""
    if attempt.passed:
        return _("Passed"), "done"
    return (_("Waiting for a trainer"), "info") if attempt.waits else (_("Not passed"), "plain")
