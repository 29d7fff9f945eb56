"""What the order of the forum adds to the application."""

from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.web import desk
from alumni.forum.order import own, reporting, telling


def init_app() -> None:
    """Add it to the application being built."""
    about = _l("Who talks where, and who looks after each place.")
    desk.add(desk.Card(_l("Places of the forum"), about, "forum_desk.index", 47))
    telling.init_app()
    reporting.init_app()
    registry.add_interval("forum.places", own.keep_up, every=own.EVERY)
