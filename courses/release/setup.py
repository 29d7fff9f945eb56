"""How release joins the application."""

from flask import Flask

from academy.notices import kinds
from academy.people import data_rights
from courses.catalogue import moves
from courses.release import jobs, queries, service, telling
from courses.release.views import course, learner
from courses.release.views.shared import bp

PAGES = (course, learner)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the trainers' pages, the notices and the worker's round, and say what is kept of members."""
    app.register_blueprint(bp)
    kinds.add(telling.OPENED)
    kinds.add(telling.CHANGED)
    jobs.init_app()
    data_rights.add_provider("openings", lambda session, who: {"said_for_you": queries.known_of(session, who)})
    data_rights.add_eraser(service.forget)
    moves.add("release_override", service.follow)
