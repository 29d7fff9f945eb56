"""What all pages of the workshop share: the blueprint, and the draft somebody may work on."""

from flask import Blueprint

from academy import db
from academy.errors import NotFound
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, reveal
from courses.authoring import queries
from courses.authoring.models import Draft
from courses.catalogue.staff import is_staff_of, teaches

bp = Blueprint("authoring", __name__, url_prefix="/teach")


def writer_of(slug: str) -> Actor:
    """Whoever asks, if they may write this course; to strangers it does not exist."""
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    require(teaches(actor, slug))
    return actor


def draft_or_404(slug: str) -> Draft:
    """The working copy of a course."""
    draft = queries.draft_of(db.session, slug)
    if draft is None:
        raise NotFound
    return draft
