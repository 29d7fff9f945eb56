"""Reads for those who open groups: proposals, groups nobody looks after."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.groups.models import Group, GroupMember, State
from alumni.groups.queries import is_there

PAGE = 50


def without_convener() -> ColumnElement[bool]:
    """Groups that are open, and nobody of the network looks after them."""
    looks_after = exists().where(
        GroupMember.group_id == Group.id, GroupMember.is_convener, Member.id == GroupMember.member_id, is_there()
    )
    return and_(Group.state == State.OPEN, ~looks_after)


def needs_somebody() -> ColumnElement[bool]:
    """Groups that wait for those who open groups; they see no others here, so that hidden ones stay hidden."""
    return or_(Group.state == State.PROPOSED, without_convener())


def waiting(session: Session) -> Sequence[Group]:
    """What waits, the oldest first."""
    return session.scalars(select(Group).where(needs_somebody()).order_by(Group.id).limit(PAGE)).all()


def count(session: Session) -> int:
    """How much waits, up to a page of it."""
    return len(session.scalars(select(Group.id).where(needs_somebody()).limit(PAGE)).all())


def on_the_desk(session: Session, key: str, *, lock: bool = False) -> Group | None:
    """The group with this key while it waits."""
    wanted = select(Group).where(Group.key == key, needs_somebody())
    return session.scalar(wanted.with_for_update(of=Group) if lock else wanted)
