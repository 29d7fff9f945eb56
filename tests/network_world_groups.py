"""Groups in the world of the table of permissions: Ana looks after one that is entered by request, and a hidden one."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.notices import stopping
from academy.people.actor import Actor
from academy.people.models import Member
from alumni.digest import rules
from alumni.groups import founding, notes, people_queries, queries, service
from alumni.groups.founding import Said
from alumni.groups.models import Group, GroupBan, GroupInvitation, GroupMember, GroupRequest
from tests import makers

NAMES = (
    "Canal people",
    "Quiet circle",
    "Young mediators",
    "Gatekeepers",
    "Where we meet",
    "About water.",
    "Be kind.",
    "By the gate.",
)
"""What is typed there."""


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Make them; returns what addresses call them."""
    ana, zoya, ada = people["ana"], people["zoya"], people["ada"]
    asking = _group(session, "Canal people", "request", ana, ada)
    hidden = _group(session, "Quiet circle", "hidden", ana, ada)
    alone = _group(session, "Gatekeepers", "open", ana, ada)
    waiting = _group(session, "Young mediators", "open", ana)
    then = makers.LONG_AGO
    for group in (asking, alone):
        service.let_in(session, group=group, member_id=people["mina"].id, shown=True, now=then)
    notes.pin(session, group=asking, title="Where we meet", text="By the gate.", by=ana.id, now=then)
    session.add(GroupRequest(group_id=asking.id, member_id=zoya.id, sentence="I live there.", asked_at=then))
    who = {"group_id": asking.id, "member_id": people["max"].id}
    session.add_all([GroupBan(reason="He sold things.", since=then, **who), GroupInvitation(invited_at=then, **who)])
    session.add(GroupInvitation(group_id=hidden.id, member_id=zoya.id, invited_by=ana.id, invited_at=then))
    service.leave(session, group=alone, member_id=ana.id, alone=True, now=then)
    session.flush()
    ready = session.scalars(select(GroupMember).where(GroupMember.group_id == alone.id)).one()
    ready.offers_since = then
    session.flush()
    membership = people_queries.membership_of(session, asking.id, people["mina"].id)
    assert membership is not None
    world = {
        "digest-link": stopping.token(ana.id, rules.WHAT),
        "group": asking.key,
        "hidden-group": hidden.key,
        "lonely-group": alone.key,
        "proposed-group": waiting.key,
        "group-member": str(membership.id),
        "group-volunteer": str(ready.id),
        "group-note": str(queries.notes_of(session, asking.id)[0].id),
        "group-request": str(people_queries.requests_of(session, asking.id)[0].id),
        "group-ban": str(people_queries.bans_of(session, asking.id)[0].id),
        "group-invitation": str(people_queries.invitations_of(session, asking.id)[0].id),
    }
    session.commit()
    return world


def _group(session: Session, name: str, entry: str, by: Member, opener: Member | None = None) -> Group:
    then, who = makers.LONG_AGO, Actor(by.id, by.display_name, is_alumnus=True)
    said = Said(name, "theme", entry, "About water.", rules="Be kind.", for_whom="Anybody.", languages=("en",))
    group = founding.propose(session, said=said, why="It is needed.", by=who, now=then)
    if opener is not None:
        admin = Actor(opener.id, opener.display_name)
        founding.decide(session, group=group, accept=True, words="", by=admin, now=then)
    return group
