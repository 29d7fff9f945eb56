"""The catalogue, and the pictures and documents of courses."""

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound
from academy.i18n import current_code, offered, reading_order
from academy.people.guards import public
from academy.web.whole_pages import whole_page
from courses.catalogue import library, queries, words
from courses.catalogue.forms import WishForm
from courses.catalogue.rules import fits, published

bp = Blueprint("catalogue", __name__)
YEAR = 365 * 24 * 60 * 60


@bp.get("/courses/")
@public
def index() -> ResponseReturnValue:
    """Every course, narrowed by topic, level, language, length and words."""
    languages = reading_order(current_code())
    everything = published(library.live_courses(db.session))
    form = WishForm(request.args)
    form.offer(words.choices(everything, offered()))
    wish = form.wish()
    found = [live for live in everything if fits(live.course, wish, languages)]
    return whole_page(
        tuple(live.version for live in everything),
        lambda: render_template(
            "courses/catalogue/index.html",
            cards=[words.card(live, languages) for live in found],
            form=form,
            wish=wish,
            total=len(everything),
        ),
    )


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
