"""How events join the application."""

from flask import Flask
from sqlalchemy.orm import Session

from academy import clock
from academy.demonstration import add_chapter
from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.people import data_rights
from academy.uploads import holders
from academy.web import desk
from academy.web.navigation import Entry
from alumni import places
from alumni.events import (
    calendar_views,
    demo,
    guest_queries,
    guest_views,
    hosts,
    jobs,
    keeping,
    keeping_views,
    making_views,
    queries,
    telling,
    views,
)
from alumni.events.own_hosts import COHORTS, THE_NETWORK
from alumni.events.reporting import EVENT, REVIEW
from alumni.moderation import subjects

PAGES = (making_views, guest_views, keeping_views, calendar_views)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add events to the application being built."""
    app.register_blueprint(views.bp)
    hosts.add(THE_NETWORK)
    hosts.add(COHORTS)
    places.add(Entry(_l("Events"), "events.index", 30, places.for_members))
    jobs.init_app()
    for kind in (telling.GUESTS, telling.REMINDERS, telling.HOSTS):
        kinds.add(kind)
    data_rights.add_provider("events", keeping.known_of)
    data_rights.add_eraser(keeping.forget)
    holders.add(guest_queries.held)
    add_chapter(demo.tell)
    desk.add(
        desk.Card(
            _l("Events to decide"),
            _l("Events of newcomers, and events nobody holds."),
            "events.index",
            56,
            _to_decide,
            lambda actor: actor.is_moderator,
            {"show": queries.TO_DECIDE},
        )
    )
    subjects.add_subject(EVENT)
    subjects.add_review(REVIEW)


def _to_decide(session: Session) -> int:
    return queries.to_decide(session, clock.now())
