"""How release joins the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.people import data_rights
from academy.web import ways
from academy.web.ways import Way
from courses.catalogue import moves
from courses.catalogue.staff import teaches
from courses.catalogue.ways import once_published
from courses.release import jobs, queries, service, telling
from courses.release.views import course, learner
from courses.release.views.shared import bp

PAGES = (course, learner)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the trainers' pages, the notices and the worker's round, and say what is kept of members."""
    app.register_blueprint(bp)
    below = frozenset({"release.learner", "release.open_for_learner", "release.open_for_cohort", "release.shift"})
    ways.add(Way(_l("When lessons open"), "release.index", 15, once_published(teaches), below))
    kinds.add(telling.OPENED)
    kinds.add(telling.CHANGED)
    jobs.init_app()
    data_rights.add_provider("openings", lambda session, who: {"said_for_you": queries.known_of(session, who)})
    data_rights.add_eraser(service.forget)
    moves.add("release_override", service.follow)
