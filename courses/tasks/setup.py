"""How tasks join the application."""

from flask import Flask

from academy.notices import kinds
from courses.catalogue.content import Kind
from courses.lessons import panels
from courses.tasks import panel, service, views


def init_app(app: Flask) -> None:
    """Add the pages, answer for lessons of this kind, and name the notices."""
    app.register_blueprint(views.bp)
    panels.register(Kind.TASK, panel.show)
    kinds.add(service.RETURNED)
    kinds.add(service.MARKED)
