"""How the front page and the catalogue join the top bar."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from academy.web import navigation
from academy.web.navigation import Entry
from courses.home import views


def _member(actor: Actor | None) -> bool:
    return actor is not None


def _visitor(actor: Actor | None) -> bool:
    return actor is None


def _everyone(_actor: Actor | None) -> bool:
    return True


def init_app(app: Flask) -> None:
    """Add the front page and the entries that everybody has."""
    app.register_blueprint(views.bp)
    navigation.add(Entry(_l("My learning"), "home.front", 20, _member))
    navigation.add(Entry(_l("Courses"), "catalogue.index", 30, _everyone))
    navigation.add(Entry(_l("Check a certificate"), "certificates.verify", 40, _visitor))
