"""Places of the forum in the world of the table of permissions: one that Zoya looks after, one without topics."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.forum.places import circles, service
from alumni.forum.places.models import Keeper
from alumni.forum.places.service import Outline
from tests import makers

NAMES = ("At the well", "Empty room")
"""What is typed there."""


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Make them; returns what addresses call them."""
    then, members = makers.LONG_AGO, circles.MEMBERS
    kept, empty = (
        service.open_place(session, Outline(slug, name, members, members, members), then)
        for slug, name in (("at-the-well", NAMES[0]), ("empty-room", NAMES[1]))
    )
    session.add(Keeper(category_id=kept.id, member_id=people["zoya"].id, since=then))
    session.flush()
    return {"forum-place": kept.slug, "empty-forum-place": empty.slug, "forum-keeper": str(people["zoya"].id)}
