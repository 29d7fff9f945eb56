"""Whom mentors serve, and how requests, choices and goals stand."""

from enum import StrEnum

MOST_AT_ONCE = 10


class Serves(StrEnum):
    """To whom a mentor shows their offer."""

    NETWORK = "network"
    ACADEMY = "academy"


class RequestState(StrEnum):
    """How a request stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"


class ChoiceState(StrEnum):
    """How one of the chosen mentors stands to a request."""

    LATER = "later"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    PASSED = "passed"
    WITHDRAWN = "withdrawn"


class GoalState(StrEnum):
    """How far a goal is."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"
