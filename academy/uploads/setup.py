"""How uploads join the application."""

from collections.abc import Iterator
from functools import partial

from flask import Flask
from sqlalchemy.orm import Session

from academy.people import data_rights
from academy.uploads import jobs, queries, service, store, views


def init_app(app: Flask) -> None:
    """Add the page of one's own files and the worker's part."""
    app.register_blueprint(views.bp)
    jobs.init_app()
    data_rights.add_provider("files", queries.known_of)
    data_rights.add_files(_bytes_of)
    data_rights.add_eraser(service.forget)


def _bytes_of(session: Session, member_id: int) -> Iterator[data_rights.OwnFile]:
    for each in queries.of_member(session, member_id):
        yield data_rights.OwnFile(f"{each.id}-{each.name}", partial(store.read, each.place))
