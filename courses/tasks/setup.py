"""How tasks join the application."""

from flask import Flask

from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.people import data_rights
from academy.uploads import holders
from courses.authoring import previews
from courses.authoring.previews import View
from courses.catalogue import moves
from courses.catalogue.content import Kind
from courses.lessons import dues as lesson_dues
from courses.lessons import panels
from courses.publishing import impact
from courses.release import begun
from courses.tasks import (
    dues,
    editions,
    knowing,
    panel,
    peer_views,
    queries,
    reviewing,
    service,
    settling,
    talk_views,
    talking,
    views,
)

PAGES = (views, talk_views, peer_views)
"""Modules whose routes register when they are imported."""


def init_app(app: Flask) -> None:
    """Add the pages, answer for lessons of this kind, and say what is kept of members."""
    app.register_blueprint(views.bp)
    panels.register(Kind.TASK, panel.show)
    previews.register(Kind.TASK, View("page", _l("Task"), panel.preview))
    lesson_dues.register(Kind.TASK, dues.of_lesson)
    for kind in (settling.RETURNED, settling.MARKED, settling.APART, talking.ANSWERED, talking.ASKED):
        kinds.add(kind)
    kinds.add(reviewing.REVIEWED)
    data_rights.add_provider("tasks", knowing.known_of)
    data_rights.add_eraser(service.forget)
    begun.add(queries.BEGUN)
    holders.add(queries.held)
    impact.add_figures("tasks", editions.figures)
    impact.add_records("tasks", editions.records)
    moves.add("task_work", editions.follow)
