"""The course whose learners somebody looks after, for every trainers' page that is about them."""

from academy import db
from academy.errors import NotFound
from academy.people.actor import signed_in_actor
from academy.people.guards import require, reveal
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import is_staff_of, teaches


def taught_or_404(slug: str) -> LiveCourse:
    """The course with this slug if the asker looks after its learners; to strangers it does not exist."""
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    require(teaches(actor, slug))
    with db.glance() as session:
        live = library.live_course(session, slug)
    if live is None:
        raise NotFound
    return live
