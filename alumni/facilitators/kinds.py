"""What facilitators offer, and how a session they are invited to stands."""

from enum import StrEnum

TOPICS, LANGUAGES, FORMATS = "topics", "languages", "formats"


class Format(StrEnum):
    """How somebody runs sessions."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    SIMULATION = "simulation"


class SessionState(StrEnum):
    """How an invitation to a session stands."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
