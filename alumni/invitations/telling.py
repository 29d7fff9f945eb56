"""What those who ask for their place are told: that there is an answer."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.notices import kinds, service
from academy.notices.models import AT_ONCE
from alumni.invitations.models import PlaceClaim

KIND = "place_claim"


def register() -> None:
    """Let members choose how they are told."""
    sentence = _l("You asked for your place among the graduates. There is an answer.")
    kinds.add(kinds.Kind(KIND, _l("Your place among the graduates"), sentence, mail=AT_ONCE))


def tell_answer(session: Session, *, claim: PlaceClaim, now: datetime) -> None:
    """Tell whoever asked."""
    service.tell(
        session,
        member_ids=[claim.member_id],
        kind=KIND,
        values={},
        url=url_for("invitations.join"),
        now=now,
        key=f"place_claim:{claim.id}",
    )
