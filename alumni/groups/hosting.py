"""Groups as hosts of events: members see them, conveners make them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from academy.people.actor import Actor
from alumni.audiences import Audience
from alumni.events import seats
from alumni.events.hosts import Host
from alumni.events.models import Event, EventGuest, EventHost
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


def leave_events(session: Session, *, group: Group, member_id: int, also_held: bool, now: datetime) -> None:
    """Take somebody who left off the coming events of a group: they see them no more, and hear no more of them.

    With `also_held` those that they were to hold as well: then others of the group look after these.
    """
    coming = select(Event.id).where(Event.host_kind == KIND, Event.host_key == group.key, Event.ends_at > now)
    if also_held:
        held = EventHost.member_id == member_id, EventHost.event_id.in_(coming)
        session.execute(delete(EventHost).where(*held))
    answered = select(EventGuest.event_id).where(EventGuest.member_id == member_id, EventGuest.event_id.in_(coming))
    for number in session.scalars(answered.order_by(EventGuest.event_id)).all():
        seats.leave(session, event_id=number, member_id=member_id, now=now)


GROUPS = Host(KIND, _may_see, _may_manage, _names, _offers, _hidden_from)
