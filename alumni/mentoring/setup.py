"""What mentoring adds to the application: pages, a place in the network's menu, what the worker does, data rights."""

from datetime import timedelta

from flask import Flask

from academy import demonstration
from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.people import data_rights
from academy.web import desk
from academy.web.navigation import Entry
from alumni import places
from alumni.mentoring import demo, forgetting, jobs, narrowing, pair_queries, record, reporting, telling
from alumni.mentoring.views import desk as desk_pages
from alumni.mentoring.views import finding, meetings, offering, pairs, requests
from alumni.mentoring.views.blueprint import bp
from alumni.profiles import parts
from alumni.profiles import queries as profiles

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
    registry.add_interval("mentoring.pass_on", jobs.pass_on, every=timedelta(hours=1))
    registry.add_interval("mentoring.remind", jobs.remind, every=timedelta(minutes=15))
    data_rights.add_provider("mentoring", forgetting.known_of)
    data_rights.add_eraser(forgetting.forget)
    demonstration.add_chapter(demo.tell)
