"""What members are told about the order of the forum."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.notices.kinds import Kind
from academy.notices.models import AT_ONCE
from academy.notices.service import tell
from alumni.forum.places.models import Category

CARE = "forum_care"


def init_app() -> None:
    """Register what is told."""
    kinds.add(
        Kind(
            CARE,
            _l("Places of the forum you look after"),
            _l("You look after the place “%(place)s” of the forum now."),
            mail=AT_ONCE,
        )
    )


def appointed(session: Session, place: Category, member_id: int, now: datetime) -> None:
    """Tell somebody that a place is theirs to look after."""
    tell(
        session,
        member_ids=[member_id],
        kind=CARE,
        values={"place": place.name},
        url=f"/forum/{place.slug}/",
        now=now,
    )
