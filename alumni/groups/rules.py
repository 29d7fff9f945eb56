"""Who may do what in a group. Pure: no database, no web."""

from dataclasses import dataclass

from academy.few import enough
from alumni.groups.models import Entry, State

MOST_CONVENERS = 8
MOST_NOTES = 8
MOST_WAITING = 2
"""So many of one's own proposals may wait at once."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to a group."""

    is_in: bool = False
    convenes: bool = False
    shown: bool = False
    offers: bool = False
    asked: bool = False
    invited: bool = False
    banned: bool = False
    proposed: bool = False


NOTHING = Standing()


def may_see(standing: Standing, *, entry: str, state: str) -> bool:
    """Whether somebody of the network may learn that the group is there.

    Of a hidden one only those do who are in it or were invited; of one that is not open yet, whoever proposed it.
    """
    if state in (State.PROPOSED, State.DECLINED):
        return standing.proposed
    return entry != Entry.HIDDEN or standing.is_in or (standing.invited and state == State.OPEN)


def may_look_inside(standing: Standing) -> bool:
    """Whether somebody may see the members and what is pinned up."""
    return standing.is_in


def may_convene(standing: Standing) -> bool:
    """Whether somebody looks after the group."""
    return standing.is_in and standing.convenes


def may_relieve(standing: Standing, *, own: bool, is_convener: bool) -> bool:
    """Whether somebody may take the care of the group from another: conveners from each other, nobody from themselves.

    So one always stays; to step down is another act, which the last one cannot do.
    """
    return may_convene(standing) and is_convener and not own


def may_decide(*, own: bool, is_admin: bool) -> bool:
    """Whether somebody who opens groups may decide on this one: nobody opens their own, but whoever runs the place."""
    return is_admin or not own


def told(people: int) -> int:
    """How many members a page speaks of; 0 when they are too few to be counted aloud."""
    return enough(people) or 0
