"""What opportunities add to the application: pages, a place in the network's menu, reminders, data rights."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from academy import demonstration
from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.people import data_rights
from academy.web.navigation import Entry
from alumni import places
from alumni.opportunities import demo, ordering, queries, service, telling
from alumni.opportunities.views import looking, posting
from alumni.opportunities.views.blueprint import bp

PAGES = (looking, posting)


def init_app(app: Flask) -> None:
    """Add opportunities to the application being built."""
    app.register_blueprint(bp)
    places.add(Entry(_l("Opportunities"), "opportunities.index", 60, places.for_members))
    telling.register()
    ordering.register()
    registry.add_interval("opportunities.remind", telling.remind, every=telling.EVERY)
    data_rights.add_provider("opportunities", _of_member)
    data_rights.add_eraser(service.forget)
    demonstration.add_chapter(demo.tell)


def _of_member(session: Session, member_id: int) -> dict[str, Any]:
    columns = ("kind", "title", "organisation", "country", "remote", "pay", "fee", "source", "text", "state")
    posted = queries.of_member(session, member_id)
    return {
        "posted": [
            {**{name: getattr(each, name) for name in columns}, "closes_at": each.closes_at.isoformat()}
            for each in posted
        ],
        "saved": [title for mark, title in queries.marks_of(session, member_id) if mark.saved_at],
        "put_out_of_sight": [title for mark, title in queries.marks_of(session, member_id) if mark.unwanted_at],
    }
