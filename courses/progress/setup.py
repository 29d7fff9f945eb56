"""How progress joins the application: members may take it away and have it erased."""

from flask import Flask

from academy.people import data_rights
from courses.progress import queries, service


def init_app(app: Flask) -> None:
    """Say what of a member's data is kept here."""
    del app
    data_rights.add_provider("progress", queries.known_of)
    data_rights.add_eraser(service.forget)
