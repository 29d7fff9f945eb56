"""What facilitators add to the application: pages, a place in the network's menu, a card on the desk, data rights."""

from flask import Flask, url_for
from sqlalchemy.orm import Session

from academy import demonstration
from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from academy.people.actor import Actor
from academy.web import desk
from academy.web.navigation import Entry
from alumni import places
from alumni.facilitators import data, demo, narrowing, queries, record, reporting, rules, service, telling
from alumni.facilitators.views import finding, sessions
from alumni.facilitators.views import record as record_pages
from alumni.facilitators.views.blueprint import bp, may_look
from alumni.profiles import parts
from alumni.profiles.viewers import Viewer
from courses import facts

PAGES = (finding, record_pages, sessions)


def _shown(actor: Actor | None) -> bool:
    return actor is not None and may_look(actor)


def init_app(app: Flask) -> None:
    """Add facilitators to the application being built."""
    app.register_blueprint(bp)
    telling.register()
    reporting.register()
    narrowing.register()
    places.add(Entry(_l("Facilitators"), "facilitators.index", 45, _shown))
    words = _l("Invite alumni to run sessions for cohorts; confirm their hours.")
    desk.add(desk.Card(_l("Facilitators"), words, "facilitators.invited", 76, queries.waiting))
    parts.add_section(parts.Section(_l("Sessions for cohorts"), 40, record.lines))
    parts.add_act(parts.Act(_l("Invite to a session"), _way_to_invite, _may_be_invited))
    data_rights.add_provider("facilitators", data.known_of)
    data_rights.add_eraser(service.forget)
    facts.let_read_guides("facilitators", queries.courses_run_by)
    demonstration.add_chapter(demo.tell)


def _way_to_invite(handle: str) -> str:
    return url_for("facilitators.invite_member", handle=handle)


def _may_be_invited(session: Session, _viewer: Viewer, actor: Actor | None, member_id: int) -> bool:
    """Whether whoever looks plans courses, and this member offers to run sessions."""
    if actor is None or actor.id == member_id or not rules.may_invite(actor):
        return False
    return queries.offer_seen(session, actor.id, member_id) is not None
