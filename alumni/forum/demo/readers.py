"""How far people read and what they follow, in a forum of any size."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from academy import bulk, db
from academy.dialects import insert_into
from alumni.forum.demo.rows import Plan, Row
from alumni.forum.demo.spread import dice
from alumni.forum.following.rules import BEGAN, QUIET, READ, WROTE
from alumni.forum.topics.models import ForumChoice, Level, PlaceStanding, Standing

TOGETHER = 1000
KEEN, READ_BY_EACH = 50, 40
"""One of so many members reads much, and each of these so many of the topics in which people write now."""


def standings(plan: Plan) -> Iterator[int]:
    """What members have of topics: those who wrote there watch them, keen readers know how far they are."""
    topics = len(plan.spread.sizes)
    for start in range(0, topics, TOGETHER):
        some = range(start, min(start + TOGETHER, topics))
        with bulk.roomy(db.the_database()) as session:
            bulk.put(session, Standing, [row for each in some for row in _of_writers(plan, each)])
        yield len(some)
    with bulk.roomy(db.the_database()) as session:
        _choices(session, plan)
        _read(session, plan)


def _of_writers(plan: Plan, topic: int) -> Iterator[Row]:
    """As `following.service.wrote` keeps it, post for post."""
    last = {plan.author(topic, number): number for number in range(1, plan.spread.sizes[topic] + 1)}
    for member_id, number in last.items():
        yield {
            "member_id": member_id,
            "topic_id": plan.first_topic + topic,
            "read_to": number,
            "level": Level.WATCH,
            "why": BEGAN if number == 1 else WROTE,
            "touched_at": plan.at(plan.spread.turn(topic, number)),
        }


def keen(member_ids: Sequence[int]) -> Sequence[int]:
    """Those who read much."""
    return member_ids[KEEN // 2 :: KEEN]


def _choices(session: Session, plan: Plan) -> None:
    """Everybody has been here once; a third let search engines keep what they write; some follow places."""
    known = ({"member_id": each, "searchable": each % 3 == 0} for each in plan.member_ids)
    both = {"words_in_letters": False, "from_post": 0}
    _unless_there(session, ForumChoice, [{**each, **both} for each in known], "member_id")
    places = sorted(plan.place_ids.values())
    levels = (Level.WATCH, Level.TRACK, Level.MUTE)
    followed = [
        {"member_id": each, "category_id": places[each % len(places)], "level": levels[turn % 3], "read_before": 0}
        for turn, each in enumerate(plan.member_ids[::20])
    ]
    _unless_there(session, PlaceStanding, followed, "member_id", "category_id")


def _read(session: Session, plan: Plan) -> None:
    lately = plan.at(len(plan.spread.topics) - 1) - QUIET
    topics = {
        plan.spread.topics[turn] for turn in range(max(0, len(plan.spread.topics) - 20_000), len(plan.spread.topics))
    }
    living = sorted(topic for topic in topics if plan.at(plan.spread.last(topic)) > lately)
    rows = [row for each in keen(plan.member_ids) for row in _read_by(plan, each, living)]
    _unless_there(session, Standing, rows, "member_id", "topic_id")


def _read_by(plan: Plan, member_id: int, living: Sequence[int]) -> Iterator[Row]:
    """A member read some of the topics in which people write now: half of these to the end."""
    chosen = {living[int(len(living) * dice(member_id, each))] for each in range(READ_BY_EACH if living else 0)}
    for topic in sorted(chosen):
        size = plan.spread.sizes[topic]
        to = size if dice(member_id, topic) < 1 / 2 else 1 + int(size * dice(member_id, topic + 1))
        at = plan.at(plan.spread.turn(topic, min(to, size))) + timedelta(minutes=1)
        yield {
            "member_id": member_id,
            "topic_id": plan.first_topic + topic,
            "read_to": min(to, size),
            "level": Level.TRACK,
            "why": READ,
            "touched_at": at,
        }


def _unless_there(session: Session, table: type[db.Base], made: Sequence[Row], *key: str) -> None:
    if made:
        new = insert_into(table, session.get_bind()).on_conflict_do_nothing(index_elements=list(key))
        session.execute(new, made)
