"""Invitations: to people the inviter may see; whoever is invited learns by whom."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.people.minors import minors_among
from alumni.blocks.queries import apart_from
from alumni.groups import people_queries
from alumni.groups.models import Group, GroupBan, GroupInvitation, State
from alumni.groups.refusals import InvitedAlready, NotToBeInvited, PutAway
from alumni.groups.telling import about
from alumni.profiles.queries import visible_among
from alumni.profiles.viewers import Viewer


def invite(session: Session, *, group: Group, member_id: int | None, words: str, viewer: Viewer, now: datetime) -> None:
    """Invite somebody whom the inviter sees; raise NotToBeInvited or InvitedAlready.

    Whoever keeps the inviter away, left no name to be seen, or is not of age, is as if they were not there.
    """
    if group.state != State.OPEN:
        raise PutAway
    if member_id is None or viewer.member_id is None or member_id == viewer.member_id:
        raise NotToBeInvited
    if not visible_among(session, viewer, [member_id]) or apart_from(session, viewer.member_id, [member_id]):
        raise NotToBeInvited
    if minors_among(session, [member_id]):
        raise NotToBeInvited
    if people_queries.membership_of(session, group.id, member_id) is not None:
        raise InvitedAlready
    new = insert_into(GroupInvitation, session.get_bind()).values(
        group_id=group.id, member_id=member_id, invited_by=viewer.member_id, words=words, invited_at=now
    )
    if session.execute(new.on_conflict_do_nothing().returning(GroupInvitation.id)).first() is None:
        raise InvitedAlready
    session.execute(delete(GroupBan).where(GroupBan.group_id == group.id, GroupBan.member_id == member_id))
    about(session, group=group, what="invited", to=[member_id], now=now)


def decline(session: Session, *, group: Group, member_id: int, now: datetime) -> None:
    """Say no; nobody is told, and no second invitation comes."""
    mine = (GroupInvitation.group_id == group.id, GroupInvitation.member_id == member_id)
    open_one = GroupInvitation.declined_at.is_(None)
    session.execute(update(GroupInvitation).where(*mine, open_one).values(declined_at=now))


def take_back(session: Session, *, group: Group, number: int) -> None:
    """Take an invitation back that was not answered; one that was declined stays, so that none follows it."""
    one = (GroupInvitation.group_id == group.id, GroupInvitation.id == number)
    session.execute(delete(GroupInvitation).where(*one, GroupInvitation.declined_at.is_(None)))
