"""How the catalogue joins the application."""

from flask import Flask, url_for
from sqlalchemy.orm import Session

from academy import commands
from academy.i18n import current_code, reading_order
from academy.i18n import lazy_gettext as _l
from academy.people import role_scopes
from academy.people.actor import Actor
from academy.searching import sources
from academy.searching.sources import Hit, Hits, Source
from courses.catalogue import glossary_views, library, sweeping, views, words
from courses.catalogue.rules import Wish, fits, published

MOST_FOUND = 5


def _course_scopes(session: Session) -> list[tuple[str, str]]:
    languages = reading_order(current_code())
    courses = library.live_courses(session)
    return [(f"course:{slug}", live.course.text(*languages).title) for slug, live in courses.items()]


def _found(session: Session, _actor: Actor | None, typed: str) -> Hits:
    """Courses that are open to be read about; the catalogue has all of them."""
    languages = reading_order(current_code())
    everything = published(library.live_courses(session))
    cards = [words.card(live, languages) for live in everything if fits(live.course, Wish(words=typed), languages)]
    more = url_for("catalogue.index", q=typed) if len(cards) > MOST_FOUND else ""
    return Hits([Hit(each.title, each.url, each.summary, each.lang) for each in cards[:MOST_FOUND]], more)


def init_app(app: Flask) -> None:
    """Add the catalogue's pages and commands; let trainers be made for one course."""
    app.register_blueprint(views.bp)
    app.register_blueprint(glossary_views.bp)
    commands.add(app, courses="courses.catalogue.cli:group")
    role_scopes.add(_course_scopes)
    sweeping.init_app()
    sources.add(Source(_l("Courses"), 10, _found))
