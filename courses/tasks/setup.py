"""How tasks join the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.people import data_rights
from courses.authoring import previews
from courses.authoring.previews import View
from courses.catalogue import moves
from courses.catalogue.content import Kind
from courses.lessons import panels
from courses.publishing import impact
from courses.tasks import editions, panel, queries, service, views


def init_app(app: Flask) -> None:
    """Add the pages, answer for lessons of this kind, and say what is kept of members."""
    app.register_blueprint(views.bp)
    panels.register(Kind.TASK, panel.show)
    previews.register(Kind.TASK, View("page", _l("Task"), panel.preview))
    kinds.add(service.RETURNED)
    kinds.add(service.MARKED)
    data_rights.add_provider("tasks", lambda session, member: {"works": queries.known_of(session, member)})
    data_rights.add_eraser(service.forget)
    impact.add_figures("tasks", editions.figures)
    impact.add_records("tasks", editions.records)
    moves.add("task_work", editions.follow)
