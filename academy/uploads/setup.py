"""How uploads join the application."""

from flask import Flask

from academy.people import data_rights
from academy.uploads import jobs, queries, service, views


def init_app(app: Flask) -> None:
    """Add the page of one's own files and the worker's part."""
    app.register_blueprint(views.bp)
    jobs.init_app()
    data_rights.add_provider("files", queries.known_of)
    data_rights.add_eraser(service.forget)
