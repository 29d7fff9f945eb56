"""How somebody stands to one event: what they may see of it and do with it. Every page of an event begins here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from academy.errors import NotFound
from academy.people.actor import Actor
from alumni.events import guest_queries, keeping, queries, rules
from alumni.events.hosts import all_hosts
from alumni.events.models import GOING, OPEN, PROPOSED, REFUSED, Event, EventGuest, EventHost
from alumni.events.sight import Sight, sight_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who looks at an event they may see. `hosts` are people whose accounts stand, asked ones among them."""

    event: Event
    sight: Sight
    hosts: list[EventHost]
    guest: EventGuest | None
    looks_after: bool
    now: datetime

    @property
    def holders(self) -> list[int]:
        """Who holds it."""
        return [each.member_id for each in self.hosts if each.since]

    @property
    def holds(self) -> bool:
        """Whether they are one of its hosts."""
        return self.sight.actor.id in self.holders

    @property
    def is_asked_to_hold(self) -> bool:
        """Whether they were asked to hold it and have not answered."""
        return any(each.member_id == self.sight.actor.id and not each.since for each in self.hosts)

    @property
    def answer(self) -> str:
        """How they answered; '' if they did not."""
        return self.guest.state if self.guest else ""

    @property
    def knows_where(self) -> bool:
        """Whether they are shown the place or the link: hosts, those who have a place, and who decides about it."""
        return self.holds or self.may_decide or (self.answer == GOING and self.event.state == OPEN)

    @property
    def sees_guests(self) -> bool:
        """Whether they are shown who else goes, as far as those people let them."""
        return self.answer == GOING and self.event.state == OPEN

    @property
    def may_answer(self) -> bool:
        """Whether they can say that they come."""
        return rules.takes_answers(self.event, self.now) and bool(self.holders) and not self.holds

    @property
    def may_withdraw(self) -> bool:
        """Whether they can say that they stay away."""
        return rules.takes_answers(self.event, self.now) and not self.holds

    @property
    def may_change(self) -> bool:
        """Whether they can still change it."""
        return self.holds and self._is_to_come

    @property
    def may_cancel(self) -> bool:
        """Whether they can still cancel it: its hosts, and those who look after what it belongs to."""
        return (self.holds or self.looks_after) and self._is_to_come

    @property
    def _is_to_come(self) -> bool:
        return self.event.state in {OPEN, PROPOSED} and not self.event.is_over(self.now)

    @property
    def may_keep_notes(self) -> bool:
        """Whether they can keep notes of it now."""
        return self.holds and self.event.state == OPEN and self.event.has_begun(self.now)

    @property
    def may_read_notes(self) -> bool:
        """Whether notes and files are for them."""
        return self.holds or keeping.may_read(self.event, self.guest)

    @property
    def may_decide(self) -> bool:
        """Whether they open or refuse it."""
        return self.sight.actor.is_moderator and self.event.state == PROPOSED

    @property
    def may_take_on(self) -> bool:
        """Whether they can become the host of an event that has none."""
        lonely = not self.holders and self.event.state == OPEN and not self.event.is_over(self.now)
        return lonely and self.looks_after

    @property
    def in_calendars(self) -> bool:
        """Whether there is a calendar file for them: hosts, and whoever goes or went to it."""
        return self.event.state not in {PROPOSED, REFUSED} and (self.holds or self.answer == GOING)


def standing_of(session: Session, actor: Actor, number: int, now: datetime) -> Standing:
    """How somebody stands to the event with this number; raises NotFound unless they see it."""
    sight = sight_of(session, actor)
    event = queries.event_seen(session, sight, number)
    if event is None:
        raise NotFound
    hosts = queries.hosts_of(session, [event.id])[event.id]
    kind = all_hosts().get(event.host_kind)
    looks_after = actor.is_moderator or bool(kind and kind.may_manage(session, actor, event.host_key))
    return Standing(event, sight, hosts, guest_queries.guest_of(session, event.id, actor.id), looks_after, now)
