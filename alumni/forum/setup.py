"""What the forum adds to the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from alumni.forum.drafts import forgetting as drafts
from alumni.forum.order import setup as order
from alumni.forum.places import models as _places
from alumni.forum.topics import forgetting
from alumni.forum.topics import models as _topics
from alumni.forum.views import places_desk

TABLES = (_places, _topics)
"""Models are known to the database once their modules are loaded."""


def init_app(app: Flask) -> None:
    """Add the forum to the application being built."""
    app.register_blueprint(places_desk.bp)
    order.init_app()
    _add_data_rights()


def _add_data_rights() -> None:
    """What members take along and leave behind."""
    data_rights.add_provider("forum", forgetting.known_of)
    data_rights.add_provider("forum_drafts", drafts.known_of)
    data_rights.add_eraser(forgetting.forget)
    data_rights.add_eraser(drafts.forget)
    offer = _l("What I wrote in the forum, under “A former member”, so that conversations stay whole (files go)")
    data_rights.add_keepsake(data_rights.Keepsake("posts", offer, forgetting.any_to_keep, forgetting.keep_posts))
