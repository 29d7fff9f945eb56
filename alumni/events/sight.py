"""Who sees which events: the one place that decides it, for lists, pages, files, calendars and reminders."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from academy.people.actor import Actor
from alumni.blocks.models import Block
from alumni.events.hosts import all_hosts
from alumni.events.models import CANCELLED, OPEN, Event, EventGuest, EventHost
from alumni.events.own_hosts import NETWORK
from alumni.profiles.viewers import Viewer, is_of_the_network, viewer_of
from courses import facts


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody who looks at events; `learns` counts only for those outside the network."""

    actor: Actor
    viewer: Viewer
    learns: bool


def sight_of(session: Session, actor: Actor) -> Sight:
    """How somebody looks at events (one query, two for those outside the network)."""
    learns = not is_of_the_network(actor) and facts.learns(session, actor.id)
    return Sight(actor, viewer_of(session, actor), learns)


def seen(session: Session, sight: Sight, among: ColumnElement[bool]) -> ColumnElement[bool]:
    """Which of the events that fulfil `among` somebody sees.

    Those who keep order see all but those of hidden groups, hosts their own; others what is open to them and was not
    made by somebody who keeps them away.
    """
    if sight.actor.is_moderator:
        return not_(hidden_from(sight.viewer))
    mine = Event.id.in_(select(EventHost.event_id).where(EventHost.member_id == sight.actor.id))
    public = and_(Event.state.in_((OPEN, CANCELLED)), _belongs(session, sight, among))
    return or_(mine, and_(public, not_(kept_away(sight.actor.id))))


def hidden_from(viewer: Viewer) -> ColumnElement[bool]:
    """Events of what the viewer must not learn of."""
    hosts = ((kind, host.hidden_from) for kind, host in all_hosts().items())
    ways = [and_(Event.host_kind == kind, Event.host_key.in_(hidden(viewer))) for kind, hidden in hosts if hidden]
    return or_(*ways) if ways else false()


def _belongs(session: Session, sight: Sight, among: ColumnElement[bool]) -> ColumnElement[bool]:
    """Events of what the viewer belongs to; one question to each kind of hosts that is among them."""
    pairs = session.execute(select(Event.host_kind, Event.host_key).where(among).distinct()).all()
    ways: list[ColumnElement[bool]] = []
    for kind, host in all_hosts().items():
        keys = {row.host_key for row in pairs if row.host_kind == kind}
        theirs = set(host.may_see(session, sight.viewer, keys)) if keys else set()
        if theirs:
            ways.append(and_(Event.host_kind == kind, Event.host_key.in_(theirs)))
    if sight.learns:
        ways.append(and_(Event.host_kind == NETWORK, Event.for_learners))
    return or_(*ways) if ways else false()


def kept_away(member: InstrumentedAttribute[int] | int) -> ColumnElement[bool]:
    """Events one of whose hosts keeps this member away: they must not find the host there."""
    return (
        select(EventHost.event_id)
        .join(Block, Block.member_id == EventHost.member_id)
        .where(EventHost.event_id == Event.id, EventHost.since.is_not(None), Block.blocked_id == member)
        .correlate(Event, EventGuest)
        .exists()
    )
