"""Who may offer and ask, and how long a mentor has to answer. Pure: no database, no web."""

from dataclasses import dataclass
from datetime import date, timedelta

from academy.few import enough
from academy.people.actor import Actor
from alumni.mentoring.kinds import GoalState

ANSWER_WITHIN = timedelta(days=7)
MOST_GOALS = 30
REMIND_AHEAD = timedelta(hours=24)

NEXT: dict[GoalState, tuple[GoalState, ...]] = {
    GoalState.PLANNED: (GoalState.UNDER_WAY, GoalState.DONE, GoalState.DROPPED),
    GoalState.UNDER_WAY: (GoalState.DONE, GoalState.DROPPED),
    GoalState.DONE: (GoalState.UNDER_WAY,),
    GoalState.DROPPED: (GoalState.UNDER_WAY,),
}
"""What can become of a goal."""


@dataclass(frozen=True, slots=True)
class Room:
    """Whether a mentor can be asked now."""

    capacity: int
    taken: int
    paused_until: date | None
    stopped: bool

    @property
    def places(self) -> int:
        """How many more they would take on."""
        return max(0, self.capacity - self.taken)

    def paused(self, today: date) -> bool:
        """Whether they take a rest."""
        return self.paused_until is not None and self.paused_until > today

    def free(self, today: date) -> bool:
        """Whether they can be asked."""
        return not self.stopped and not self.paused(today) and self.places > 0


def may_offer(actor: Actor) -> bool:
    """Alumni may be mentors."""
    return actor.is_alumnus


def may_ask(actor: Actor, *, takes_part: bool) -> bool:
    """Alumni may ask for a mentor, and so may whoever takes a course in a cohort or holds a certificate."""
    return actor.is_alumnus or takes_part


def next_states(state: str) -> tuple[GoalState, ...]:
    """What can become of a goal in this state."""
    return NEXT[GoalState(state)]


def told(count: int) -> int | None:
    """A count as far as it is told: none at all below five, except that there is nobody."""
    return enough(count) if count else 0
