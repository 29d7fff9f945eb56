"""How progress joins the application: members may take it away and have it erased."""

from flask import Flask

from academy.people import data_rights
from courses.catalogue import moves
from courses.progress import editions, queries, service
from courses.publishing import impact


def init_app(app: Flask) -> None:
    """Say what of a member's data is kept here, and what another edition means for it."""
    del app
    data_rights.add_provider("progress", queries.known_of)
    data_rights.add_eraser(service.forget)
    impact.add_figures("progress", editions.figures)
    impact.add_records("progress", editions.records)
    moves.add("lesson_record", editions.follow)
