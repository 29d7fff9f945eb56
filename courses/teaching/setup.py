"""How the trainers' desk joins the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.people import data_rights
from academy.people.actor import Actor
from academy.web import navigation, ways
from academy.web.navigation import Entry
from academy.web.ways import Way
from courses.catalogue.staff import teaches
from courses.catalogue.ways import once_published
from courses.teaching import queries, service
from courses.teaching.views import allowance, board, desk, learner
from courses.teaching.views.blueprint import bp

PAGES = (allowance, board, desk, learner)
"""Modules whose routes register when they are imported."""


def _trainer(actor: Actor | None) -> bool:
    return actor is not None and actor.is_trainer


def init_app(app: Flask) -> None:
    """Add the desk and its entry in the top bar of trainers; say what is kept of members."""
    app.register_blueprint(bp)
    navigation.add(Entry(_l("Teaching"), "teaching.index", 10, _trainer))
    below = frozenset({"teaching.learner", "teaching.allowance"})
    ways.add(Way(_l("Learners"), "teaching.board", 10, once_published(teaches), below))
    kinds.add(service.NUDGED)
    data_rights.add_provider("words_of_trainers", lambda session, who: {"messages": queries.known_of(session, who)})
    data_rights.add_eraser(service.forget)
