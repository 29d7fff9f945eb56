"""What certificates are given for, how a person of a batch stands, what holders ask for."""

from enum import StrEnum


class Given(StrEnum):
    """What a certificate is given for."""

    COURSE = "course"
    SERVICE = "service"
    SIMULATION = "simulation"
    EVENT = "event"


class LineState(StrEnum):
    """How one person stands in a batch."""

    WAITING = "waiting"
    ISSUED = "issued"
    HELD = "held"
    REFUSED = "refused"


class Wish(StrEnum):
    """What a holder asks for."""

    NAME = "name"
    RENEWAL = "renewal"


class Decision(StrEnum):
    """What became of a wish."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
