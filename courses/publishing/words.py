"""Publishing in words: what became of a file, what a rule asks, how a review stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from academy.i18n import Text, ngettext, number, percent
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.publishing.difference import State
from courses.publishing.models import Verdict
from courses.publishing.rules import Asked, RuleChange

FILES: Mapping[State, tuple[Text, str]] = {
    State.NEW: (_l("Added"), "done"),
    State.CHANGED: (_l("Changed"), "due"),
    State.RENAMED: (_l("Renamed"), "info"),
    State.GONE: (_l("Removed"), "wrong"),
}
VERDICTS: Mapping[str, tuple[Text, str]] = {
    Verdict.WAITING: (_l("Waiting"), "due"),
    Verdict.APPROVED: (_l("Approved"), "done"),
    Verdict.CHANGES: (_l("Changes wanted"), "wrong"),
    Verdict.WITHDRAWN: (_l("No longer asked for"), "plain"),
}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule in words: what it is about, how it was and will be, what that does."""

    what: str
    before: str
    after: str
    effect: str


def rule_words(change: RuleChange) -> RuleWords:
    """A change of a rule, as the page of publishing tells it."""
    what = str(_WHAT[change.asked])
    if change.title:
        what = _("%(what)s: “%(title)s”", what=what, title=change.title)
    show = _SHOWN.get(change.asked, _there)
    return RuleWords(what, show(change.before), show(change.after), _effect(change))


_WHAT: Mapping[Asked, Text] = {
    Asked.LESSONS: _l("Lessons to be done for the certificate"),
    Asked.QUIZZES: _l("Pass mark of quizzes that name none"),
    Asked.TASKS: _l("Tasks to be passed for the certificate"),
    Asked.SESSIONS: _l("Sessions to be attended for the certificate"),
    Asked.PASS_MARK: _l("Pass mark of the quiz"),
    Asked.TASK_MARK: _l("Pass mark of the task"),
    Asked.ATTEMPTS: _l("Attempts at the quiz"),
    Asked.MINUTES: _l("Time for the quiz"),
    Asked.QUESTIONS: _l("Questions in one attempt"),
    Asked.NEW_QUIZ: _l("One more quiz"),
    Asked.NEW_TASK: _l("One more task"),
    Asked.NEW_LESSON: _l("One more lesson"),
    Asked.GONE_QUIZ: _l("One quiz less"),
    Asked.GONE_TASK: _l("One task less"),
    Asked.GONE_LESSON: _l("One lesson less"),
    Asked.CERTIFICATE: _l("Certificate"),
    Asked.PARTICIPATION: _l("Certificate of participation"),
    Asked.ENROLMENT: _l("Who may come"),
}


def _there(value: int | str | None) -> str:
    return "–" if value is None else str(value)


def _share(value: int | str | None) -> str:
    return percent(int(value)) if value is not None else _("as the course says")


def _times(value: int | str | None) -> str:
    return number(int(value)) if value is not None else _("without limit")


def _minutes(value: int | str | None) -> str:
    if value is None:
        return _("without limit")
    return ngettext("%(num)s minute", "%(num)s minutes", int(value))


def _admission(value: int | str | None) -> str:
    words = {"open": _("everybody"), "code": _("with a code"), "approval": _("after a decision")}
    return words.get(str(value), str(value))


_SHOWN: Mapping[Asked, Callable[[int | str | None], str]] = {
    **dict.fromkeys(
        (Asked.LESSONS, Asked.QUIZZES, Asked.TASKS, Asked.SESSIONS, Asked.PASS_MARK, Asked.TASK_MARK), _share
    ),
    Asked.ATTEMPTS: _times,
    Asked.QUESTIONS: _times,
    Asked.MINUTES: _minutes,
    Asked.ENROLMENT: _admission,
}


def _effect(change: RuleChange) -> str:
    if change.asked in {Asked.PASS_MARK, Asked.QUIZZES, Asked.TASK_MARK, Asked.MINUTES, Asked.QUESTIONS}:
        return _("What was passed stays passed. Attempts that have begun go on under the old rule.")
    if change.asked is Asked.ATTEMPTS:
        return _("Attempts that were made count. What was passed stays passed.")
    if change.asked is Asked.ENROLMENT:
        return _("Whoever has a place keeps it.")
    if change.asked in {Asked.CERTIFICATE, Asked.PARTICIPATION}:
        keeps, earns = (
            _("From now on nobody earns it. Whoever has earned it keeps it."),
            _("From now on it can be earned."),
        )
        return keeps if change.stricter else earns
    if change.stricter:
        return _("Learners under way need this too. Whoever has completed the course stays complete.")
    return _("Learners under way may be complete with their next step. Nothing that was done is lost.")


def lines_changed(new: int, gone: int) -> list[str]:
    """How many lines came and went, in words."""
    said = []
    if new:
        said.append(ngettext("%(num)s line added", "%(num)s lines added", new))
    if gone:
        said.append(ngettext("%(num)s line removed", "%(num)s lines removed", gone))
    return said
