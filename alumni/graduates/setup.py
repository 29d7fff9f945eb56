"""What graduates add to the application: a reason to be an alumnus, pages, letters, their part in a member's data."""

from datetime import datetime, timedelta

from flask import Flask

from academy import db, demonstration
from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.people import alumnus, data_rights
from academy.web import desk
from alumni.graduates import answer_views, demo, forgetting, inviting, queries, service, table_views
from alumni.graduates.views import bp

PAGES = (answer_views, table_views)


def init_app(app: Flask) -> None:
    """Add graduates to the application being built."""
    app.register_blueprint(bp)
    alumnus.add_ground(queries.confirmed_since)
    data_rights.add_provider("earlier_graduate", forgetting.known_of)
    data_rights.add_eraser(forgetting.forget_member)
    words = _l("People who finished before this site was there: bring a table, invite them.")
    desk.add(desk.Card(_l("Earlier graduates"), words, "graduates.index", 42))
    demonstration.add_chapter(demo.chapter)
    registry.add_pump(inviting.OUTBOX, inviting.pump)
    registry.add_interval("graduates.drafts", _discard_old, every=timedelta(days=1))


def _discard_old(_values: registry.Values, now: datetime) -> None:
    with db.the_database().transaction() as session:
        service.discard_old(session, now)
