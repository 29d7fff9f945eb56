"""What all pages of publishing share: the blueprint, who may come in, the two sides of a comparison."""

from flask import Blueprint, g

from academy import db
from academy.errors import NotFound
from academy.i18n import current_code, reading_order
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, reveal
from courses.authoring import queries as drafts
from courses.catalogue import library
from courses.catalogue.content import Course
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import is_staff_of, reviews
from courses.publishing.sides import DRAFT, Side, draft_side, edition_side

bp = Blueprint("publishing", __name__, url_prefix="/teach")
NUMBER = "int(max=999999):number"
INVALID = 422


def staff_of(slug: str) -> Actor:
    """Whoever asks, if they have a part in this course; to strangers it does not exist."""
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    return actor


def reviewer_of(slug: str) -> Actor:
    """Whoever asks, if they may pass judgement on drafts of this course."""
    actor = staff_of(slug)
    require(reviews(actor, slug))
    return actor


def edition_or_404(slug: str, number: int) -> LiveCourse:
    """An edition of a course by its number."""
    found = library.edition(db.session, slug, number)
    if found is None:
        raise NotFound
    return found


def side_or_404(slug: str, name: str) -> Side:
    """The draft, or the edition of this number."""
    if name == DRAFT:
        if drafts.draft_of(db.session, slug) is None:
            raise NotFound
        return draft_side(db.session, slug)
    if not name.isdecimal() or len(name) > 6:  # noqa: PLR2004  no course has that many
        raise NotFound
    return edition_side(db.session, edition_or_404(slug, int(name)))


def title_of(course: Course) -> str:
    """A course's title in the reader's language."""
    return course.text(*reading_order(current_code())).title or course.slug


def refuse_open_transaction() -> None:
    """Rendering takes seconds: the database must not be locked for writing meanwhile."""
    if "session" in g:
        raise RuntimeError("Render before the request's own transaction begins.")
