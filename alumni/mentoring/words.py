"""Mentoring in words: states, and where they stand in the order of things."""

from academy import i18n
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from alumni.mentoring.kinds import ChoiceState, GoalState, RequestState, Serves
from alumni.profiles.topics import TOPICS

GOALS: dict[GoalState, Text] = {
    GoalState.PLANNED: _l("To come"),
    GoalState.UNDER_WAY: _l("Under way"),
    GoalState.DONE: _l("Reached"),
    GoalState.DROPPED: _l("Let go"),
}
GOAL_TONES: dict[GoalState, str] = {
    GoalState.PLANNED: "plain",
    GoalState.UNDER_WAY: "info",
    GoalState.DONE: "done",
    GoalState.DROPPED: "plain",
}
GOAL_ACTS: dict[GoalState, Text] = {
    GoalState.UNDER_WAY: _l("Work on it"),
    GoalState.DONE: _l("It is reached"),
    GoalState.DROPPED: _l("Let it go"),
}
REQUESTS: dict[RequestState, Text] = {
    RequestState.WAITING: _l("Waits for an answer"),
    RequestState.ACCEPTED: _l("Accepted"),
    RequestState.UNANSWERED: _l("Nobody could take it on"),
    RequestState.WITHDRAWN: _l("Taken back"),
}
CHOICES: dict[ChoiceState, Text] = {
    ChoiceState.LATER: _l("Asked if the one before cannot"),
    ChoiceState.ASKED: _l("Asked, and has not answered yet"),
    ChoiceState.ACCEPTED: _l("Accepted"),
    ChoiceState.DECLINED: _l("Could not take it on"),
    ChoiceState.EXPIRED: _l("Did not answer within a week"),
    ChoiceState.PASSED: _l("Had no place free"),
    ChoiceState.WITHDRAWN: _l("Not asked any more"),
}
TIMES: dict[ChoiceState, str] = {
    ChoiceState.LATER: "todo",
    ChoiceState.ASKED: "now",
    ChoiceState.ACCEPTED: "done",
}
SERVES: dict[Serves, Text] = {
    Serves.NETWORK: _l("Alumni of the network"),
    Serves.ACADEMY: _l("Alumni, and learners who take a course in a cohort"),
}
KIND_NO = _l("Thank you for asking. I cannot take this on now, and I wish you well with it.")
"""What somebody reads whose request was declined without words."""


def topic(key: str) -> str:
    """A topic in words; one that is no longer on the list is called a topic."""
    return str(TOPICS[key]) if key in TOPICS else _("Another topic")


def places(count: int) -> str:
    """How many more people a mentor would take on."""
    return i18n.ngettext("%(num)s place free", "%(num)s places free", count)
