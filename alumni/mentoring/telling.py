"""What people are told about mentoring. No notice names anybody or says what it is about: the page does."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from academy.i18n import Text, date_and_time
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import path_of
from academy.notices import kinds, service
from academy.notices.models import AT_ONCE

KIND, MEETING = "mentoring", "mentoring_meeting"


class What(StrEnum):
    """What happened."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PASSED_ON = "passed_on"
    LAPSED = "lapsed"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    THANKED = "thanked"
    NOTED = "noted"


SENTENCES: dict[What, Text] = {
    What.ASKED: _l("Somebody asks you to be their mentor. You have a week to answer."),
    What.ACCEPTED: _l("Your request was accepted: you have a mentor now."),
    What.DECLINED: _l("Your request for a mentor was answered, and goes on to the next one you chose."),
    What.PASSED_ON: _l("Your request for a mentor goes on to the next one you chose."),
    What.LAPSED: _l("A request for mentoring that you did not answer has gone on to somebody else."),
    What.UNANSWERED: _l("None of the mentors you chose could take your request. Others may be able to."),
    What.WITHDRAWN: _l("A request for mentoring was taken back before you answered."),
    What.ENDED: _l(
        "Your mentoring was ended by the other side. Nobody has to say why; thank you for the time you gave."
    ),
    What.THANKED: _l("Somebody thanked you for your time together in mentoring."),
    What.NOTED: _l("There is something new in your mentoring."),
}


def register() -> None:
    """Let members choose how they are told."""
    kinds.add(kinds.Kind(KIND, _l("Mentoring"), _sentence, mail=AT_ONCE))
    kinds.add(kinds.Kind(MEETING, _l("Meetings in mentoring"), _about_meeting, mail=AT_ONCE))


def _sentence(values: Mapping[str, object]) -> str:
    return str(SENTENCES[What(str(values["what"]))])


def _about_meeting(values: Mapping[str, object]) -> str:
    when = date_and_time(datetime.fromisoformat(str(values["at"])))
    match values["what"]:
        case "soon":
            return _("You meet in your mentoring on %(when)s.", when=when)
        case "cancelled":
            return _("Your meeting in mentoring on %(when)s will not take place.", when=when)
        case _:
            return _("A meeting in your mentoring is set for %(when)s.", when=when)


def tell(
    session: Session, what: What, *, member_ids: Collection[int], page: str, now: datetime, number: int | None = None
) -> None:
    """Tell these members; `page` is the endpoint the notice leads to, with its number if it has one."""
    values = {"what": what.value}
    service.tell(session, member_ids=member_ids, kind=KIND, values=values, url=_path(page, number), now=now)


def tell_meeting(
    session: Session,
    what: str,
    *,
    member_ids: Collection[int],
    at: datetime,
    pair: int,
    now: datetime,
    key: str | None = None,
) -> None:
    """Tell of a meeting that is `set`, `cancelled` or comes `soon`."""
    values = {"what": what, "at": at.isoformat()}
    url = _path("mentoring.pair", pair)
    service.tell(session, member_ids=member_ids, kind=MEETING, values=values, url=url, now=now, key=key)


def _path(page: str, number: int | None) -> str:
    return path_of(page) if number is None else path_of(page, number=number)
