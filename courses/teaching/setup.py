"""How the trainers' desk joins the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from academy.web import navigation
from academy.web.navigation import Entry
from courses.teaching import views


def _trainer(actor: Actor | None) -> bool:
    return actor is not None and actor.is_trainer


def init_app(app: Flask) -> None:
    """Add the desk and its entry in the top bar of trainers."""
    app.register_blueprint(views.bp)
    navigation.add(Entry(_l("Teaching"), "teaching.index", 10, _trainer))
