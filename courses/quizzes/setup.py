"""How quizzes join the application."""

from flask import Flask

from academy.notices import kinds
from courses.catalogue.content import Kind
from courses.lessons import panels
from courses.quizzes import open_answers, panel, views


def init_app(app: Flask) -> None:
    """Add the pages, answer for lessons of this kind, and name the notice."""
    app.register_blueprint(views.bp)
    panels.register(Kind.QUIZ, panel.show)
    kinds.add(open_answers.MARKED)
