"""What the holder of a certificate is told."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import public_url
from academy.notices import kinds, service
from academy.notices.models import AT_ONCE
from courses.certificates.models import Certificate, EventKind

KIND = "certificate"


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
        service.tell(
            session,
            member_ids=member_ids,
            kind=KIND,
            values={"what": what, "course": course},
            url=urlsplit(public_url("certificates.mine")).path,
            now=now,
        )


def _sentence(values: Any) -> str:  # noqa: ANN401  what a notice carries is JSON
    course = str(values.get("course", ""))
    if values.get("what") == EventKind.WITHDRAWN:
        return _("Your certificate for “%(course)s” was withdrawn. Your page of certificates says why.", course=course)
    if values.get("what") == EventKind.RESTORED:
        return _("Your certificate for “%(course)s” is valid again.", course=course)
    return _("Your certificate for “%(course)s” is ready.", course=course)
