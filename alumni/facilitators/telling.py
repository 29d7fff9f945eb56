"""What people are told about sessions. No notice names anybody or says what it is about: the page does."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import path_of
from academy.notices import kinds, service
from academy.notices.models import AT_ONCE

KIND = "facilitation"


class What(StrEnum):
    """What happened."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    LOGGED = "logged"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


SENTENCES: dict[What, Text] = {
    What.INVITED: _l("You are invited to run a session for a cohort."),
    What.ACCEPTED: _l("Your invitation to run a session was accepted."),
    What.DECLINED: _l("Your invitation to run a session was declined."),
    What.CANCELLED: _l("A session that you were invited to run was called off."),
    What.LOGGED: _l("Hours of a session wait for you to confirm them."),
    What.CONFIRMED: _l("Your hours of a session were confirmed. Thank you for running it."),
    What.RETURNED: _l("Your hours of a session were sent back with a question."),
}


def register() -> None:
    """Let members choose how they are told."""
    kinds.add(kinds.Kind(KIND, _l("Sessions that alumni run"), _sentence, mail=AT_ONCE))


def _sentence(values: Mapping[str, object]) -> str:
    return str(SENTENCES[What(str(values["what"]))])


def tell(session: Session, what: What, *, member_ids: Collection[int | None], number: int, now: datetime) -> None:
    """Tell these members of the session with this number; None is somebody who is no longer there."""
    there = [each for each in member_ids if each is not None]
    url = path_of("facilitators.session_page", number=number)
    service.tell(session, member_ids=there, kind=KIND, values={"what": what.value}, url=url, now=now)
