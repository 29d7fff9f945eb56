"""How scenarios join the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from courses.authoring import previews
from courses.authoring.previews import View
from courses.catalogue import moves
from courses.catalogue.content import Kind
from courses.lessons import panels
from courses.publishing import impact
from courses.release import begun
from courses.scenarios import panel, queries, service, views
from courses.scenarios.models import ScenarioChoice, ScenarioWalk


def init_app(app: Flask) -> None:
    """Add the pages, answer for lessons of this kind, and say what is kept of members."""
    app.register_blueprint(views.bp)
    panels.register(Kind.SCENARIO, panel.show)
    previews.register(Kind.SCENARIO, View("page", _l("Lesson"), panel.preview))
    begun.add(queries.BEGUN)
    data_rights.add_provider("scenarios", queries.known_of)
    data_rights.add_eraser(service.forget)
    impact.add_records("scenarios", queries.records)
    moves.add("scenario_walk", service.follow(ScenarioWalk))
    moves.add("scenario_choice", service.follow(ScenarioChoice))
