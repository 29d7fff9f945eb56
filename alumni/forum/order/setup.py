"""What the order of the forum adds to the application."""

from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.web import desk
from alumni.forum.order import doors, moving, own, reporting, telling


def init_app() -> None:
    """Add it to the application being built."""
    about = _l("Who talks where, and who looks after each place.")
    desk.add(desk.Card(_l("Places of the forum"), about, "forum_desk.index", 47))
    words = _l("Words and links at which a post in the forum waits or is not taken.")
    card = desk.Card(
        _l("Watched words and links"), words, "forum_desk.watched", 48, shown=lambda actor: actor.is_moderator
    )
    desk.add(card)
    telling.init_app()
    reporting.init_app()
    registry.add_interval("forum.places", own.keep_up, every=own.EVERY)
    registry.add_interval("forum.doors", doors.end_what_is_over, every=doors.EVERY)
    registry.add_interval("forum.pins", moving.take_pins_down, every=moving.EVERY)
