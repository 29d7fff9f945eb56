"""What the check page keeps to check papers without a network: keys, titles, and marks of what does not stand.

No code is given away: a mark is a digest that only whoever has the code can find again.
"""

import base64
import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from academy import i18n
from academy.current import the_settings
from courses.catalogue import library
from courses.catalogue.content import Status
from courses.certificates import lookup, wording
from courses.certificates.models import WithdrawClass
from courses.credentials import queries as credentials
from courses.credentials.models import KeyState
from courses.credentials.statement import short_name

MARK = 9
TRUSTED = frozenset({KeyState.CURRENT, KeyState.ROTATED})


def listing(session: Session, now: datetime) -> dict[str, object]:
    """Everything, with the moment at which it was true."""
    settings = the_settings()
    changed = lookup.changed(session)
    languages = i18n.reading_order(i18n.current_code())
    return {
        "made": now.isoformat(),
        "issuer": settings.name,
        "address": f"{settings.public_url}/c/",
        "keys": {short_name(key.name): key.public for key in credentials.keys(session) if key.state in TRUSTED},
        "titles": {
            live.slug: live.course.text(*languages).title
            for live in library.live_courses(session).values()
            if live.course.certificate is not None and live.status != Status.DRAFT
        },
        "withdrawn": {
            mark(each.code): str(wording.CLASSES[WithdrawClass(each.withdraw_class)])
            for each in changed
            if each.withdraw_class
        },
        "versions": {mark(each.code): each.version for each in changed if each.version > 1},
    }


def mark(code: str) -> str:
    """What stands for a code in the lists."""
    return base64.urlsafe_b64encode(hashlib.sha256(code.encode()).digest()[:MARK]).decode()
