"""What a phone fetches to keep a course; and which pages of courses are on the map for search engines."""

from collections.abc import Iterator, Mapping, Sequence

from flask import Blueprint, Flask, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import db
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from academy.site import sitemap
from courses.catalogue import library
from courses.catalogue.content import Kind, Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.rules import published
from courses.lessons.outline import lesson_url
from courses.lessons.queries import pictures_of
from courses.lessons.reading import take_seat

bp = Blueprint("offline", __name__, url_prefix="/courses/<slug>")
# A quiz and a live session are nothing without the site: a copy of their pages would only disappoint.
KEPT = frozenset({Kind.READING, Kind.SCENARIO, Kind.TASK})
FRAME = 12 * 1024  # bytes of a page around its text: bar, outline, footer


def init_app(app: Flask) -> None:
    """Add the list for phones, and the pages for the map."""
    app.register_blueprint(bp)
    app.jinja_env.globals["kept_size"] = kept_size
    sitemap.add(pages_for_everybody)


@bp.get("/offline.json")
@signed_in
def contents(slug: str) -> ResponseReturnValue:
    """Everything a phone has to fetch to keep this course, in the reader's language."""
    seat = take_seat(slug, signed_in_actor())
    require(seat.may_study)
    live, languages = seat.live, seat.languages
    lessons = [lesson for lesson in kept_lessons(live) if lesson.key not in seat.gate.closed]
    pictures = pictures_of(db.session, live.edition_id, languages)
    return {
        "title": live.course.text(*languages).title,
        "url": url_for("lessons.index", slug=slug),
        "edition": live.edition_number,
        "bytes": kept_size(live, languages),
        "pages": [url_for("lessons.index", slug=slug), *(url for lesson in lessons for url in _pages_of(slug, lesson))],
        "media": _media(pictures, ["", *(lesson.key for lesson in lessons)]),
    }


def _pages_of(slug: str, lesson: Lesson) -> Iterator[str]:
    yield lesson_url(slug, lesson)
    if lesson.kind is Kind.SCENARIO:  # its page asks the site at each step; the whole story does not
        yield url_for("scenarios.whole", slug=slug, module=lesson.module, lesson=lesson.slug)


def _media(pictures: Mapping[str, list[str]], keys: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(url for key in keys for url in pictures.get(key, ())))


def kept_lessons(live: LiveCourse) -> list[Lesson]:
    """The lessons that are of use without a connection."""
    return [lesson for lesson in live.course.lessons if lesson.kind in KEPT]


def kept_size(live: LiveCourse, languages: Sequence[str]) -> int:
    """How many bytes a kept course takes at most: its texts, a frame for each page, every picture."""
    pictures = sum(media.size for media in live.course.media.values())
    keys = ["", *(lesson.key for lesson in kept_lessons(live))]
    return pictures + sum(live.shelf.measure(key, languages).size + FRAME for key in keys)


def pages_for_everybody(session: Session) -> Iterator[str]:
    """The front page, the catalogue, every published course and its open lesson."""
    yield from (url_for("home.front"), url_for("catalogue.index"))
    for live in published(library.live_courses(session)):
        yield url_for("lessons.index", slug=live.slug)
        yield from (lesson_url(live.slug, lesson) for lesson in live.course.lessons if lesson.preview)
