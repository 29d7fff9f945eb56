"""What all pages of languages share: the blueprint, who may come in, the files at hand."""

from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint

from academy import db
from academy.errors import NotFound
from academy.i18n import OWN_NAMES
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, reveal
from courses.authoring.drafted import Drafted
from courses.catalogue.content import Course
from courses.catalogue.staff import is_staff_of, reviews, teaches
from courses.translating import queries
from courses.translating.sheets import Sheets

bp = Blueprint("translating", __name__, url_prefix="/teach")
INVALID = 422
CONFLICT = 409


@dataclass(frozen=True)
class Desk:
    """A course as its translators find it: the files of the draft, or of the edition that readers see."""

    slug: str
    files: dict[str, bytes]
    drafted: bool

    @cached_property
    def course(self) -> Course:
        """The course as far as it can be read."""
        return Drafted(self.slug, self.files).course

    @cached_property
    def sheets(self) -> Sheets:
        """All its files beside their translations."""
        return Sheets(self.files, self.course.language)


def staff_of(slug: str) -> Actor:
    """Whoever asks, if they have a part in this course; to strangers it does not exist."""
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    return actor


def writer_of(slug: str) -> Actor:
    """Whoever asks, if they may write this course."""
    actor = staff_of(slug)
    require(teaches(actor, slug))
    return actor


def signer_of(slug: str) -> Actor:
    """Whoever asks, if their name may stand for a translation of this course."""
    actor = staff_of(slug)
    require(reviews(actor, slug))
    return actor


def desk_of(slug: str) -> Desk:
    """The files at hand; a course without any does not exist."""
    with db.glance() as session:
        found = queries.stand_of(session, slug)
    if found is None:
        raise NotFound
    return Desk(slug, found.files, found.drafted)


def language_or_404(desk: Desk, code: str) -> str:
    """One of the languages of this academy, other than the course's own."""
    if code not in OWN_NAMES or code == desk.course.language:
        raise NotFound
    return code
