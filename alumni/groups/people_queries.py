"""Reads of the people in groups: members as each viewer may see them, requests, invitations, who was shown out."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, Select, or_, select
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member
from alumni.groups.models import Group, GroupBan, GroupInvitation, GroupMember, GroupRequest
from alumni.profiles.models import Profile
from alumni.profiles.viewers import Viewer, sees

PAGE = 50


@dataclass(frozen=True, slots=True)
class People:
    """A page of members and where the next one begins."""

    rows: Sequence[GroupMember]
    next_before: int | None


def members_seen(
    session: Session, viewer: Viewer, group_id: int, *, by_convener: bool, before: int | None = None
) -> People:
    """The members of a group whom the viewer sees there, newest first.

    Conveners see everybody: whoever joins agrees to it. Fellow members see conveners, themselves, and those who want
    to be seen in this group and whose name is open to the viewer.
    """
    some = (
        select(GroupMember)
        .join(Member, Member.id == GroupMember.member_id)
        .where(GroupMember.group_id == group_id, Member.state == ACTIVE)
    )
    if not by_convener:
        open_to_viewer = GroupMember.shown & sees(viewer)
        seen = or_(GroupMember.is_convener, GroupMember.member_id == viewer.member_id, open_to_viewer)
        some = some.outerjoin(Profile, Profile.member_id == GroupMember.member_id).where(seen)
    if before is not None:
        some = some.where(GroupMember.id < before)
    rows = session.scalars(some.order_by(GroupMember.id.desc()).limit(PAGE + 1)).all()
    return People(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def membership(session: Session, group_id: int, number: int) -> GroupMember | None:
    """The membership with this number if it is in this group."""
    return session.scalar(select(GroupMember).where(GroupMember.group_id == group_id, GroupMember.id == number))


def membership_of(session: Session, group_id: int, member_id: int) -> GroupMember | None:
    """The membership of somebody in a group."""
    theirs = select(GroupMember).where(GroupMember.group_id == group_id, GroupMember.member_id == member_id)
    return session.scalar(theirs)


def groups_of(member_id: BindParameter[int]) -> Select[int]:
    """The numbers of the groups somebody is in, as a part of a larger query."""
    return select(GroupMember.group_id).where(GroupMember.member_id == member_id)


def members_in(group_id: int) -> Select[int]:
    """The numbers of everybody in a group, as a part of a larger query."""
    return select(GroupMember.member_id).where(GroupMember.group_id == group_id)


def all_of(session: Session, group_id: int) -> list[int]:
    """The numbers of everybody in a group."""
    return list(session.scalars(select(GroupMember.member_id).where(GroupMember.group_id == group_id)))


def volunteers(session: Session, group_id: int) -> Sequence[GroupMember]:
    """Members who offer to look after a group."""
    ready = select(GroupMember).where(GroupMember.group_id == group_id, GroupMember.offers_since.is_not(None))
    return session.scalars(ready.order_by(GroupMember.offers_since).limit(PAGE)).all()


def requests_of(session: Session, group_id: int) -> Sequence[GroupRequest]:
    """Who asks to be let in, the first one first."""
    asked = select(GroupRequest).where(GroupRequest.group_id == group_id)
    return session.scalars(asked.order_by(GroupRequest.id).limit(PAGE)).all()


def waits_at(session: Session, group_id: int) -> bool:
    """Whether anybody asks to be let in."""
    return session.scalar(select(GroupRequest.id).where(GroupRequest.group_id == group_id).limit(1)) is not None


def invitations_of(session: Session, group_id: int) -> Sequence[GroupInvitation]:
    """Who was invited and is not in, the latest first; those who declined are among them."""
    sent = select(GroupInvitation).where(GroupInvitation.group_id == group_id)
    return session.scalars(sent.order_by(GroupInvitation.id.desc()).limit(PAGE)).all()


def bans_of(session: Session, group_id: int) -> Sequence[GroupBan]:
    """Who was shown out, the latest first."""
    out = select(GroupBan).where(GroupBan.group_id == group_id)
    return session.scalars(out.order_by(GroupBan.id.desc()).limit(PAGE)).all()


def memberships(session: Session, member_id: int) -> Sequence[tuple[GroupMember, Group]]:
    """Every membership of somebody, with its group."""
    theirs = select(GroupMember, Group).join(Group, Group.id == GroupMember.group_id)
    found = session.execute(theirs.where(GroupMember.member_id == member_id).order_by(GroupMember.id))
    return [(row.GroupMember, row.Group) for row in found]


def member_called(session: Session, handle: str) -> int | None:
    """The member with this handle, whoever may see them."""
    return session.scalar(select(Profile.member_id).where(Profile.handle == handle))
