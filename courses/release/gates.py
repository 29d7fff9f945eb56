"""The gate of a course for whoever asks: which lessons are not open to them, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from academy import zones
from academy.people.actor import Actor
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import is_staff_of
from courses.progress.queries import Standing
from courses.progress.rules import finished
from courses.release import queries, rules
from courses.release.rules import NOTHING, Closed, Facts, Learner, Rulebook


@dataclass(frozen=True, slots=True)
class Gate:
    """The lessons of a course that are not open to somebody, by key, in the order of the course."""

    closed: Mapping[str, Closed] = field(default_factory=dict)

    @property
    def opening_next(self) -> str:
        """The lesson that opens first: the earliest day, else the first that waits for others; '' if all are open."""
        return min(self.closed, key=self._turn, default="")

    def _turn(self, key: str) -> tuple[bool, bool, float]:
        closed = self.closed[key]
        return (bool(closed.needs), closed.at is None, closed.at.timestamp() if closed.at else 0)


OPEN = Gate()


def rulebook_of(live: LiveCourse) -> Rulebook:
    """The rules of an edition, put together once."""
    return live.shelf.kept("release", lambda: rules.rulebook(live.course))


def gate_for(session: Session, actor: Actor, live: LiveCourse, standing: Standing | None, now: datetime) -> Gate:
    """The gate of one course; open for its staff, and for whoever has no place (who sees nothing but the preview)."""
    if standing is None:
        return OPEN
    return gates_for(session, actor, [(live, standing)], now)[live.slug]


def gates_for(
    session: Session, actor: Actor, places: Sequence[tuple[LiveCourse, Standing]], now: datetime
) -> dict[str, Gate]:
    """The gates of several courses by slug: one query, and none where no course has rules."""
    held = {live.slug for live, standing in places if standing.active and _holds_back(live, actor)}
    facts = queries.facts_of(session, held, [actor.id]) if held else {}
    return {
        live.slug: gate_of(live, standing, facts.get((actor.id, live.slug), NOTHING), now)
        if live.slug in held
        else OPEN
        for live, standing in places
    }


def _holds_back(live: LiveCourse, actor: Actor) -> bool:
    return bool(rulebook_of(live).ruled) and not is_staff_of(actor, live.slug)


def gate_of(live: LiveCourse, standing: Standing, facts: Facts, now: datetime) -> Gate:
    """The gate for a learner of whom everything is known."""
    closed = rules.closed_lessons(rulebook_of(live), learner_of(standing), facts, zones.home(), now)
    return Gate(closed) if closed else OPEN


def learner_of(standing: Standing) -> Learner:
    """Somebody's place as the rules look at it."""
    over = frozenset(key for key, did in standing.done.items() if finished(did))
    return Learner(standing.enrolled_at, over, frozenset(standing.done))
