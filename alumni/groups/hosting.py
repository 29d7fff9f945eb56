"""Groups as hosts of events: members see them, conveners make them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from academy.people.actor import Actor
from alumni.audiences import Audience
from alumni.events.hosts import Host
from alumni.groups.models import Entry, Group, GroupMember, State
from alumni.profiles.viewers import Viewer

KIND = "group"


def _in_which(member_id: int | None) -> Select[str]:
    mine = select(Group.key).join(GroupMember, GroupMember.group_id == Group.id)
    return mine.where(GroupMember.member_id == member_id)


def _may_see(session: Session, viewer: Viewer, keys: Collection[str]) -> Collection[str]:
    if viewer.stands > Audience.NETWORK:
        return ()
    return set(session.scalars(_in_which(viewer.member_id).where(Group.key.in_(keys))))


def _may_manage(session: Session, actor: Actor, key: str) -> bool:
    convened = _in_which(actor.id).where(Group.key == key, GroupMember.is_convener)
    return session.scalar(convened) is not None


def _names(session: Session, keys: Collection[str]) -> Mapping[str, str]:
    return {row.key: row.name for row in session.execute(select(Group.key, Group.name).where(Group.key.in_(keys)))}


def _offers(session: Session, actor: Actor) -> Sequence[tuple[str, str]]:
    convened = (
        select(Group.key, Group.name)
        .join(GroupMember, GroupMember.group_id == Group.id)
        .where(GroupMember.member_id == actor.id, GroupMember.is_convener, Group.state == State.OPEN)
    )
    return [(row.key, row.name) for row in session.execute(convened.order_by(Group.name_key))]


def _hidden_from(viewer: Viewer) -> Select[str]:
    hidden = select(Group.key).where(Group.entry == Entry.HIDDEN)
    return hidden if viewer.member_id is None else hidden.where(Group.key.not_in(_in_which(viewer.member_id)))


GROUPS = Host(KIND, _may_see, _may_manage, _names, _offers, _hidden_from)
