"""What moderation adds to the application: pages, a card on the desk, kinds of notices, data rights, tidying up."""

from datetime import timedelta

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.jobs import registry
from academy.people import data_rights
from academy.web import desk
from alumni.moderation import forgetting, lists, members, telling
from alumni.moderation.views import handling, mine, queue, reporting, summary
from alumni.moderation.views.blueprint import bp

PAGES = (handling, mine, queue, reporting, summary)


def init_app(app: Flask) -> None:
    """Add moderation to the application being built."""
    app.register_blueprint(bp)
    telling.register()
    members.init_app()
    about = _l("What members reported, what waits to be shown, and appeals.")
    card = desk.Card(
        _l("Moderation"), about, "moderation.queue", 45, lists.waiting, shown=lambda actor: actor.is_moderator
    )
    desk.add(card)
    data_rights.add_provider("moderation", forgetting.known_of)
    data_rights.add_eraser(forgetting.forget)
    registry.add_interval("moderation.tidy", forgetting.tidy_up, every=timedelta(days=1))
