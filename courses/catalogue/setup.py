"""How the catalogue joins the application."""

from flask import Flask
from sqlalchemy.orm import Session

from academy import commands
from academy.i18n import current_code, reading_order
from academy.people import role_scopes
from courses.catalogue import library, sweeping, views


def _course_scopes(session: Session) -> list[tuple[str, str]]:
    languages = reading_order(current_code())
    courses = library.live_courses(session)
    return [(f"course:{slug}", live.course.text(*languages).title) for slug, live in courses.items()]


def init_app(app: Flask) -> None:
    """Add the catalogue's pages and commands; let trainers be made for one course."""
    app.register_blueprint(views.bp)
    commands.add(app, courses="courses.catalogue.cli:group")
    role_scopes.add(_course_scopes)
    sweeping.init_app()
