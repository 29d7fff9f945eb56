"""How the desk speaks of lessons' states, of reasons, and to learners who seem stuck."""

from collections.abc import Mapping, Sequence

from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.progress.models import LessonState
from courses.progress.rules import Done
from courses.teaching.rules import Why

STATES: Mapping[str, Text] = {
    LessonState.DONE: _l("Read"),
    LessonState.PASSED: _l("Passed"),
    LessonState.WAITING: _l("Waits for a trainer"),
    LessonState.FAILED: _l("Not passed yet"),
}
REASONS: Mapping[Why, Text] = {
    Why.WRONG: _l("Tries a quiz in vain"),
    Why.LATE: _l("Work past its day"),
    Why.SILENT: _l("No step for ten days"),
}


def state_word(done: Done | None) -> str:
    """How a lesson stands, in words."""
    return str(STATES[done.state]) if done else _("Not begun")


def mark_of(done: Done | None) -> str:
    """How a lesson stands, as a lozenge."""
    if done is None:
        return "todo"
    return "now" if done.state in {LessonState.WAITING, LessonState.FAILED} else "done"


def drafted(
    name: str, title: str, reasons: Sequence[Why], lesson_titles: Sequence[str], late_titles: Sequence[str] = ()
) -> str:
    """A message for a human to change: kind, short, with one thing to do."""
    lines = [_("Hello %(name)s,", name=name), ""]
    if Why.WRONG in reasons and lesson_titles:
        lesson = lesson_titles[0]
        lines.append(_("I see that you have tried “%(lesson)s” more than once. It is not an easy one.", lesson=lesson))
        lines += [_("Which question makes you wonder? Write to me, and we will look at it together."), ""]
    elif Why.LATE in reasons and late_titles:
        task = late_titles[0]
        lines.append(_("The day for “%(lesson)s” has passed, and I have not seen your work yet.", lesson=task))
        lines += [_("What you have so far is enough to begin with. Do you need more days? Write to me."), ""]
    elif Why.SILENT in reasons:
        lines += [_("You began “%(course)s”, and it is a while since your last step.", course=title)]
        lines += [_("Is there anything that keeps you? Even ten minutes a day bring you on."), ""]
    else:
        lines += [_("How are you getting on with “%(course)s”?", course=title), ""]
    lines.append(_("Your place and all you did are kept."))
    return "\n".join(lines).rstrip() + "\n"
