"""What the holder of a certificate is told."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from academy import i18n
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import path_of
from academy.notices import kinds, service
from academy.notices.models import AT_ONCE
from courses.certificates.models import Certificate, EventKind

KIND = "certificate"
CHECK_NAME = "check-name"
ENDS = "ends"
ANSWERED = "answered"
SERVICE_ANSWERED = "service_answered"


def register() -> None:
    """Let holders choose how they are told."""
    kinds.add(kinds.Kind(KIND, _l("Your certificates"), _sentence, mail=AT_ONCE))


def tell(session: Session, *, certificates: Collection[Certificate], what: EventKind, now: datetime) -> None:
    """Tell the holders, as far as there are any, what happened to their certificates."""
    holders: dict[str, list[int]] = defaultdict(list)
    for certificate in certificates:
        if certificate.member_id is not None:
            holders[certificate.course_title].append(certificate.member_id)
    for course, member_ids in holders.items():
        _tell(session, member_ids, {"what": what, "course": course}, now)


def remind(session: Session, *, certificate: Certificate, last_day: date, days: int, now: datetime) -> None:
    """Tell a holder, once, that so many days from now the last one comes on which a certificate counts."""
    if certificate.member_id is not None:
        values = {"what": ENDS, "course": certificate.course_title, "day": last_day.isoformat()}
        key = f"certificate.{certificate.id}.{last_day.isoformat()}.{days}"
        _tell(session, [certificate.member_id], values, now, key=key)


def answer(session: Session, *, member_id: int, course: str, now: datetime) -> None:
    """Tell a holder that what they asked for was answered."""
    _tell(session, [member_id], {"what": ANSWERED, "course": course}, now, page="certificates.my_wishes")


def answer_service(session: Session, *, member_id: int, page: str, now: datetime) -> None:
    """Tell somebody that their wish for a certificate of service was answered, and where they read how."""
    values = {"what": SERVICE_ANSWERED}
    service.tell(session, member_ids=[member_id], kind=KIND, values=values, url=page, now=now)


def ask_for_name(session: Session, *, member_ids: Collection[int], now: datetime) -> None:
    """Ask members to look at how their names are written."""
    _tell(session, member_ids, {"what": CHECK_NAME}, now)


def _tell(
    session: Session,
    member_ids: Collection[int],
    values: Mapping[str, object],
    now: datetime,
    *,
    key: str | None = None,
    page: str = "certificates.mine",
) -> None:
    service.tell(session, member_ids=member_ids, kind=KIND, values=values, url=path_of(page), now=now, key=key)


def _sentence(values: Any) -> str:  # noqa: ANN401  what a notice carries is JSON
    what = values.get("what")
    if what == CHECK_NAME:
        return _("Certificates are being prepared. Please check on your page of certificates how your name is written.")
    if what == SERVICE_ANSWERED:
        return _("Your wish for a certificate of service was answered.")
    course = str(values.get("course", ""))
    if what == ENDS:
        day = i18n.long_date(date.fromisoformat(str(values.get("day"))))
        return _(
            "Your certificate for “%(course)s” counts until %(day)s. You can ask to renew it.", course=course, day=day
        )
    return str(_SENTENCES.get(str(what), _READY)) % {"course": course}


_READY = _l("Your certificate for “%(course)s” is ready.")
_SENTENCES: dict[str, Text] = {
    EventKind.WITHDRAWN: _l("Your certificate for “%(course)s” was withdrawn. Your page of certificates says why."),
    EventKind.RESTORED: _l("Your certificate for “%(course)s” is valid again."),
    EventKind.REISSUED: _l(
        "Your certificate for “%(course)s” was written anew under the same code. Please use the new document."
    ),
    EventKind.RENEWED: _l("Your certificate for “%(course)s” was renewed. Please use the new document."),
    EventKind.EXPIRED: _l("Your certificate for “%(course)s” has expired. You can ask to renew it."),
    ANSWERED: _l("What you asked for about your certificate for “%(course)s” was answered."),
}
