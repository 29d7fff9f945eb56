"""What groups know of a member: to take away, and to forget."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from academy import clock
from alumni.groups import people_queries, service
from alumni.groups.models import Group, GroupBan, GroupInvitation, GroupMember, GroupNote, GroupRequest, State


def of_member(session: Session, member_id: int) -> dict[str, Any]:
    """Everything here that is somebody's, for their export."""
    asked = select(GroupRequest).where(GroupRequest.member_id == member_id)
    invited = select(GroupInvitation).where(GroupInvitation.member_id == member_id)
    out = select(GroupBan).where(GroupBan.member_id == member_id)
    proposed = select(Group).where(Group.proposed_by == member_id)
    return {
        "groups": [_membership(mine, group) for mine, group in people_queries.memberships(session, member_id)],
        "asked_to_join": [{"sentence": each.sentence, "at": _at(each.asked_at)} for each in session.scalars(asked)],
        "invited": [{"words": each.words, "at": _at(each.invited_at)} for each in session.scalars(invited)],
        "shown_out": [{"reason": each.reason, "at": _at(each.since)} for each in session.scalars(out)],
        "proposed": [_proposal(each) for each in session.scalars(proposed)],
    }


def _membership(mine: GroupMember, group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "convener": mine.is_convener,
        "shown_to_members": mine.shown,
        "joined_at": _at(mine.joined_at),
    }


def _proposal(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "description": group.description,
        "why": group.why,
        "state": group.state,
        "answer": group.answer,
        "at": _at(group.proposed_at),
    }


def _at(moment: Any) -> str:  # noqa: ANN401  a moment
    return str(moment.isoformat())


def forget(session: Session, member_id: int) -> None:
    """Erase somebody from every group; members of those they looked after alone are asked who would."""
    now = clock.now()
    for _mine, group in people_queries.memberships(session, member_id):
        service.leave(session, group=group, member_id=member_id, alone=True, now=now)
    for table in (GroupRequest, GroupInvitation, GroupBan):
        session.execute(delete(table).where(table.member_id == member_id))
    session.execute(
        update(GroupInvitation).where(GroupInvitation.invited_by == member_id).values(invited_by=None, words="")
    )
    session.execute(update(GroupNote).where(GroupNote.written_by == member_id).values(written_by=None))
    theirs = Group.proposed_by == member_id
    session.execute(delete(Group).where(theirs, Group.state.in_((State.PROPOSED, State.DECLINED))))
    session.execute(update(Group).where(theirs).values(proposed_by=None, why=""))
