"""The directory's filter for people who have a free place as mentors."""

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from academy import clock, zones
from academy.i18n import lazy_gettext as _l
from alumni.directory import filters
from alumni.mentoring import queries
from alumni.profiles.viewers import Viewer

FREE = "free"


def register() -> None:
    """Let people be narrowed by it."""
    choices = [(FREE, _l("Has a free place as a mentor"))]
    filters.add(filters.Filter("mentoring", _l("Mentoring"), choices, _offers))


def _offers(_session: Session, viewer: Viewer, _value: str) -> ColumnElement[bool]:
    return queries.offers_to(viewer, zones.home_day(clock.now()))
