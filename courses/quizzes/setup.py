"""How quizzes join the application."""

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
from courses.quizzes import editions, jobs, open_answers, panel, previewing, queries, remarking, service, views
from courses.quizzes.models import Remarking
from courses.release import begun


def init_app(app: Flask) -> None:
    """Add the pages, answer for lessons of this kind, and say what is kept of members."""
    app.register_blueprint(views.bp)
    panels.register(Kind.QUIZ, panel.show)
    previews.register(
        Kind.QUIZ,
        View("questions", _l("Questions"), previewing.questions),
        View("start", _l("Start page"), previewing.start),
        View("explanations", _l("Explanations"), previewing.explanations),
    )
    begun.add(queries.BEGUN)
    kinds.add(open_answers.MARKED)
    kinds.add(remarking.REMARKED)
    jobs.init_app()
    data_rights.add_provider("quizzes", lambda session, member: {"attempts": queries.known_of(session, member)})
    data_rights.add_eraser(service.forget)
    impact.add_figures("quizzes", editions.figures)
    impact.add_records("quizzes", editions.records)
    impact.add_changes("quizzes", editions.corrections)
    moves.add("attempt", editions.follow)
    moves.add("remarking", moves.plain(Remarking))
