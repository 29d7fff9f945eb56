"""What mentoring adds to the application: pages, a place in the network's menu, what the worker does, data rights."""

from datetime import timedelta

from flask import Flask, url_for
from sqlalchemy.orm import Session

from academy import demonstration
from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.people import data_rights
from academy.people.actor import Actor
from academy.web import desk, doors
from academy.web.navigation import Entry
from alumni import places
from alumni.mentoring import demo, forgetting, jobs, narrowing, pair_queries, queries, record, reporting, rules, telling
from alumni.mentoring.views import desk as desk_pages
from alumni.mentoring.views import finding, meetings, offering, pairs, requests
from alumni.mentoring.views.blueprint import bp, today
from alumni.profiles import parts
from alumni.profiles import queries as profiles
from alumni.profiles.viewers import Viewer, is_of_the_network

PAGES = (finding, offering, requests, pairs, meetings, desk_pages)


def init_app(app: Flask) -> None:
    """Add mentoring to the application being built."""
    app.register_blueprint(bp)
    telling.register()
    reporting.register()
    narrowing.register()
    places.add(Entry(_l("Mentoring"), "mentoring.index", 40, places.for_members))
    desk.add(desk.Card(_l("Mentoring"), _l("How many offer, ask and go together."), "mentoring.overview", 75))
    profiles.add_acquaintances(pair_queries.known_to)
    parts.add_section(parts.Section(_l("Mentoring"), 30, record.lines))
    parts.add_act(parts.Act(_l("Ask to be mentored"), _way_to_ask, _may_be_asked))
    doors.add(
        doors.Door(
            _l("Somebody who went this way before"),
            _l("Alumni offer to go a part of the way with you: they listen, ask, and share what they learned."),
            _l("Find a mentor"),
            "mentoring.index",
            10,
            lambda actor: not is_of_the_network(actor),  # they find mentors in the menu of the network
            queries.is_open_to_learner,
        )
    )
    registry.add_interval("mentoring.pass_on", jobs.pass_on, every=timedelta(hours=1))
    registry.add_interval("mentoring.remind", jobs.remind, every=timedelta(minutes=15))
    data_rights.add_provider("mentoring", forgetting.known_of)
    data_rights.add_eraser(forgetting.forget)
    demonstration.add_chapter(demo.tell)


def _way_to_ask(handle: str) -> str:
    return url_for("mentoring.ask_member", handle=handle)


def _may_be_asked(session: Session, viewer: Viewer, actor: Actor | None, member_id: int) -> bool:
    """Whether this member's offer is open to whoever looks, who may ask and does not wait for somebody already."""
    if actor is None or actor.id == member_id or not rules.may_ask(actor, takes_part=bool(viewer.cohorts)):
        return False
    free = queries.free_offer_of(session, viewer, member_id, today())
    return free is not None and queries.waiting_of(session, actor.id) is None
