"""The directory's filter for people who offer to run sessions."""

from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from alumni.audiences import Audience
from alumni.directory import filters
from alumni.facilitators import queries
from alumni.profiles.viewers import Viewer

OFFERS = "offers"


def register() -> None:
    """Let people be narrowed by it."""
    choices = [(OFFERS, _l("Offers to run sessions"))]
    filters.add(filters.Filter("sessions", _l("Sessions for cohorts"), choices, _offers))


def _offers(_session: Session, viewer: Viewer, _value: str) -> ColumnElement[bool]:
    if viewer.member_id is None or viewer.stands > Audience.NETWORK:
        return false()
    return queries.offers_to(viewer.member_id)
