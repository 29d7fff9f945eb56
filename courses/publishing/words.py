"""Publishing in words: what became of a file, what a rule asks, how a review stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from academy.i18n import Text, long_date, ngettext, number, percent
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.catalogue.questions import Due, Late, Opening
from courses.catalogue.words import opening_words
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
    Asked.DUE: _l("When the task is due"),
    Asked.LATE: _l("Work that comes late"),
    Asked.RESUBMIT: _l("How often the task may be improved"),
    Asked.PEERS: _l("Works of others that each learner reads"),
    Asked.ATTEMPTS: _l("Attempts at the quiz"),
    Asked.MINUTES: _l("Time for the quiz"),
    Asked.QUESTIONS: _l("Questions in one attempt"),
    Asked.OPENS: _l("When it opens"),
    Asked.NEW_QUIZ: _l("One more quiz"),
    Asked.NEW_TASK: _l("One more task"),
    Asked.NEW_LESSON: _l("One more lesson"),
    Asked.GONE_QUIZ: _l("One quiz less"),
    Asked.GONE_TASK: _l("One task less"),
    Asked.GONE_LESSON: _l("One lesson less"),
    Asked.CERTIFICATE: _l("Certificate"),
    Asked.PARTICIPATION: _l("Certificate of participation"),
    Asked.VALID: _l("For how long a certificate counts"),
    Asked.ENROLMENT: _l("Who may come"),
}


Value = int | str | Due | Opening | None


def _there(value: Value) -> str:
    return "–" if value is None else str(value)


def _share(value: Value) -> str:
    return percent(value) if isinstance(value, int) else _("as the course says")


def _times(value: Value) -> str:
    return number(value) if isinstance(value, int) else _("without limit")


def _minutes(value: Value) -> str:
    if not isinstance(value, int):
        return _("without limit")
    return ngettext("%(num)s minute", "%(num)s minutes", value)


def _months(value: Value) -> str:
    if not isinstance(value, int):
        return _("without end")
    return ngettext("%(num)s month", "%(num)s months", value)


def _due(value: Value) -> str:
    if not isinstance(value, Due):
        return _("at no fixed time")
    if value.day is not None:
        return long_date(value.day + timedelta(value.grace))
    days = (value.days or 0) + value.grace
    return ngettext("%(num)s day after joining", "%(num)s days after joining", days)


def _opens(value: Value) -> str:
    if not isinstance(value, Opening):
        return _("at once")
    return ", ".join(opening_words(value))


def _late(value: Value) -> str:
    return _("is refused") if value == Late.REFUSE else _("is accepted")


def _admission(value: Value) -> str:
    words = {"open": _("everybody"), "code": _("with a code"), "approval": _("after a decision")}
    return words.get(str(value), str(value))


_SHOWN: Mapping[Asked, Callable[[Value], str]] = {
    **dict.fromkeys(
        (Asked.LESSONS, Asked.QUIZZES, Asked.TASKS, Asked.SESSIONS, Asked.PASS_MARK, Asked.TASK_MARK), _share
    ),
    Asked.ATTEMPTS: _times,
    Asked.QUESTIONS: _times,
    Asked.MINUTES: _minutes,
    Asked.VALID: _months,
    Asked.DUE: _due,
    Asked.OPENS: _opens,
    Asked.LATE: _late,
    Asked.RESUBMIT: _times,
    Asked.PEERS: _times,
    Asked.ENROLMENT: _admission,
}


def _effect(change: RuleChange) -> str:
    said = next((text for asked, text in _EFFECTS if change.asked in asked), None)
    if said is not None:
        return str(said)
    if change.asked in {Asked.CERTIFICATE, Asked.PARTICIPATION}:
        ends, begins = (
            _("From now on nobody earns it. Whoever has earned it keeps it."),
            _("From now on it can be earned."),
        )
        return ends if change.stricter else begins
    if change.stricter:
        return _("Learners under way need this too. Whoever has completed the course stays complete.")
    return _("Learners under way may be complete with their next step. Nothing that was done is lost.")


_EFFECTS: tuple[tuple[frozenset[Asked], Text], ...] = (
    (
        frozenset({Asked.PASS_MARK, Asked.QUIZZES, Asked.TASK_MARK, Asked.MINUTES, Asked.QUESTIONS}),
        _l("What was passed stays passed. Attempts that have begun go on under the old rule."),
    ),
    (frozenset({Asked.ATTEMPTS}), _l("Attempts that were made count. What was passed stays passed.")),
    (
        frozenset({Asked.DUE, Asked.LATE, Asked.RESUBMIT, Asked.PEERS}),
        _l("Work that was handed in or passed is not touched; it holds for what is handed in from now on."),
    ),
    (frozenset({Asked.VALID}), _l("It holds for certificates that are issued or renewed from now on.")),
    (
        frozenset({Asked.OPENS}),
        _l("Whoever has begun or finished it keeps it open. What you said for cohorts and learners holds on."),
    ),
    (frozenset({Asked.ENROLMENT}), _l("Whoever has a place keeps it.")),
)


def lines_changed(new: int, gone: int) -> list[str]:
    """How many lines came and went, in words."""
    said = []
    if new:
        said.append(ngettext("%(num)s line added", "%(num)s lines added", new))
    if gone:
        said.append(ngettext("%(num)s line removed", "%(num)s lines removed", gone))
    return said
