"""The catalogue, and the pictures and documents of courses."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound
from academy.i18n import current_code, offered, reading_order
from academy.people.guards import public
from academy.web.whole_pages import whole_page
from courses.catalogue import library, queries, words
from courses.catalogue.forms import WishForm
from courses.catalogue.library import LiveCourse
from courses.catalogue.rules import Wish, fits, published

bp = Blueprint("catalogue", __name__)
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The courses that fit what was asked for, out of how many."""

    form: WishForm
    wish: Wish
    cards: list[words.Card]
    total: int


@bp.get("/courses/")
@public
def index() -> ResponseReturnValue:
    """Every course, narrowed by topic, level, language, length and words."""
    everything = published(library.live_courses(db.session))
    versions = tuple(live.version for live in everything)
    return whole_page(
        versions,
        lambda: render_template(
            "courses/catalogue/index.html",
            versions=versions,
            asked=bool(request.query_string),
            narrowed=lambda: _narrowed(everything),
        ),
    )


def _narrowed(everything: list[LiveCourse]) -> Narrowed:
    languages = reading_order(current_code())
    form = WishForm(request.args)
    form.offer(words.choices(everything, offered()))
    wish = form.wish()
    found = [words.card(live, languages) for live in everything if fits(live.course, wish, languages)]
    return Narrowed(form, wish, found, len(everything))


@bp.get("/courses/<slug>/media/<digest>/<name>")
@public
def media(slug: str, digest: str, name: str) -> Response:
    """A picture of a course: immutable, named by its content."""
    found = queries.media_file(db.session, slug, digest, name)
    if found is None:
        raise NotFound
    response = make_response(found.content)
    response.mimetype = found.media_type
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.set_etag(found.digest)
    response.make_conditional(request)
    return response
