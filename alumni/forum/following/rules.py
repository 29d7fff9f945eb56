"""How closely somebody follows a topic, and why: decided from what they chose and what they did."""

from datetime import datetime, timedelta
from typing import NamedTuple

from alumni.forum.topics.models import Level

BEGAN, WROTE, READ = "began", "wrote", "read"
"""Why somebody follows a topic without having said so."""
OWN, PLACE, USUAL = "own", "place", "usual"
QUIET = timedelta(days=60)
"""A topic in which nobody wrote for so long is new to nobody, and how far people read it is forgotten."""
_RANK = {Level.NORMAL: 0, Level.TRACK: 1, Level.WATCH: 2}


class Following(NamedTuple):
    """How closely somebody follows a topic, and the reason: a choice, the place's level, or what they did there."""

    level: Level
    why: str


def following(level: str, why: str, place_level: str) -> Following:
    """What follows from the levels of a topic and of its place ('' where nothing was said).

    What somebody chose for the topic holds. Else the closer of the two; a muted place mutes all in it except what
    they wrote in themselves.
    """
    if level and not why:
        return Following(Level(level), OWN)
    place = Level(place_level) if place_level else None
    if place is Level.MUTE and why not in {BEGAN, WROTE}:
        return Following(Level.MUTE, PLACE)
    own = Level(level) if level else Level.NORMAL
    if place is not None and place is not Level.MUTE and _RANK[place] >= _RANK[own]:
        return Following(place, PLACE)
    return Following(own, why if level else USUAL)


class Read(NamedTuple):
    """How far somebody read a topic, and what counts as read anyway: posts up to these numbers, and quiet topics."""

    read_to: int
    read_before: int
    from_post: int


def is_new(read: Read, *, last_number: int, last_post_id: int, last_posted_at: datetime, now: datetime) -> bool:
    """Whether a topic holds posts that this member has not read."""
    if read.from_post < 0 or last_posted_at <= now - QUIET:
        return False
    return last_number > read.read_to and last_post_id > max(read.read_before, read.from_post)
