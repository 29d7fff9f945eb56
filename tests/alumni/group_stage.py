"""Makers of groups."""

from sqlalchemy.orm import Session

from academy.people.actor import Actor
from academy.people.models import Member
from alumni.groups import founding, service
from alumni.groups.founding import Said
from alumni.groups.models import Group, State
from tests.makers import LONG_AGO


def group(
    session: Session,
    convener: Member,
    *members: Member,
    name: str = "Canal people",
    entry: str = "open",
    shown: bool = False,
) -> Group:
    """A group that is open, with its convener and these members; `shown` says whether fellows see them."""
    said = Said(name, "theme", entry, "About **water**.", languages=("en",))
    who = Actor(convener.id, convener.display_name, is_alumnus=True)
    made = founding.propose(session, said=said, why="It is needed.", by=who, now=LONG_AGO)
    made.state = State.OPEN
    service.let_in(session, group=made, member_id=convener.id, shown=True, now=LONG_AGO, is_convener=True)
    for member in members:
        service.let_in(session, group=made, member_id=member.id, shown=shown, now=LONG_AGO)
    session.commit()
    return made
