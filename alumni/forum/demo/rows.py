"""Rows of very many topics and posts, each with the figures that the forum's services would have kept in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from alumni.forum.demo import phrases
from alumni.forum.demo.phrases import Conversation
from alumni.forum.demo.spread import LONG_TOPICS, Spread, dice
from alumni.forum.topics.models import State

Row = dict[str, Any]
WEIGHTS = (
    *(("questions", 45), ("cases", 15), ("skills", 13), ("library", 9), ("introductions", 7), ("meetups", 5)),
    *(("alumni-corner", 4), ("trainers-room", 1), ("announcements", 1)),
)
"""How many of a hundred topics are in each place."""
_PLACES = tuple(slug for slug, share in WEIGHTS for _ in range(share))
TITLED = 16**4 * 3
"""The names of places in titles are others than those in posts."""
_CLOSED, _TAGGED, _ANSWERED = 0.05, 0.6, 0.5
_REPLIES, _HELPED, _EDITED = 0.25, 0.08, 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """All that rows are made of; topics and posts are numbered in the order of time, from the first of each on."""

    spread: Spread
    member_ids: Sequence[int]
    begun: datetime
    place_ids: Mapping[str, int]
    tag_ids: Sequence[int]
    said: Sequence[Conversation]
    first_topic: int
    first_post: int

    def at(self, turn: int) -> datetime:
        """When a post was written."""
        return self.begun + timedelta(seconds=self.spread.seconds[turn])

    def member(self, chance: float) -> int:
        """Somebody; a few come up again and again."""
        return self.member_ids[int(len(self.member_ids) * chance**2.5)]

    def author(self, topic: int, number: int) -> int:
        """Who wrote a post: more people where more is written, and some of them often."""
        people = max(1, int(self.spread.sizes[topic] ** 0.75))
        who = int(people * dice(topic, number * 8 + 3)) if number > 1 else 0
        return self.member(dice(topic, who * 8 + 4))

    def about(self, topic: int) -> Conversation:
        """What a topic is made of."""
        return self.said[topic % len(self.said)]

    def place(self, topic: int) -> str:
        """The address of the place a topic is in; those that go on and on are where most is written."""
        return _PLACES[0] if topic in LONG_TOPICS else _PLACES[int(len(_PLACES) * dice(topic, 5))]

    def stands(self, topic: int, number: int) -> bool:
        """Whether a post was not removed; the first and the last never are."""
        return not 1 < number < self.spread.sizes[topic] or dice(topic, number * 8 + 5) >= 1 / 500

    def answer(self, topic: int) -> int | None:
        """The number of the post that answers a topic, if one does."""
        last = self.spread.sizes[topic]
        asked = self.place(topic) == "questions" and topic not in LONG_TOPICS and dice(topic, 6) < _ANSWERED
        return last if asked and last > 1 else None


def topic(plan: Plan, which: int) -> Row:
    """A topic as it stands after its last post."""
    spread, last = plan.spread, plan.spread.last(which)
    size, answer = spread.sizes[which], plan.answer(which)
    about, last_at, begun_at = plan.about(which), plan.at(last), plan.at(spread.turn(which, 1))
    closed = dice(which, 7) < _CLOSED and which not in LONG_TOPICS
    return {
        "id": plan.first_topic + which,
        "category_id": plan.place_ids[plan.place(which)],
        "title": f"{about.title} {phrases.place(TITLED + which)}",
        "language": about.language,
        "author_id": plan.author(which, 1),
        "token": f"{plan.first_topic + which:032x}",
        "begun_at": begun_at,
        "last_post_id": plan.first_post + last,
        "last_posted_at": last_at,
        "last_author_id": plan.author(which, size),
        "last_number": size,
        "posts": sum(plan.stands(which, number) for number in range(1, size + 1)),
        "closed_at": last_at if closed else None,
        "answer_id": plan.first_post + spread.turn(which, answer) if answer else None,
        "version": 1 + closed + (answer is not None),
    }


def tags(plan: Plan, which: int) -> Iterator[Row]:
    """The tags of a topic: one to three of them, some common and some rare."""
    if dice(which, 9) >= _TAGGED:
        return
    count = 1 + int(3 * dice(which, 10))
    chosen = {plan.tag_ids[int(len(plan.tag_ids) * dice(which, 11 + each) ** 2)] for each in range(count)}
    for tag_id in sorted(chosen):
        yield {"topic_id": plan.first_topic + which, "tag_id": tag_id}


def post(plan: Plan, turn: int) -> Row:
    """A post."""
    topic, number = plan.spread.topics[turn], plan.spread.numbers[turn]
    text, html = phrases.said(plan.about(topic), topic, number, turn)
    at, edited = plan.at(turn), _is_edited(topic, number)
    return {
        "id": plan.first_post + turn,
        "topic_id": plan.first_topic + topic,
        "number": number,
        "author_id": plan.author(topic, number),
        "token": f"{plan.first_post + turn:032x}",
        "reply_to": _answered(plan, topic, number),
        "text": text,
        "html": html,
        "language": plan.about(topic).language,
        "deed": "",
        "state": State.SHOWN if plan.stands(topic, number) else State.REMOVED,
        "posted_at": at,
        "edited_at": at + timedelta(minutes=5) if edited else None,
        "edits": int(edited),
        "helpful": len(_helped(plan, topic, number)),
        "settled_at": at,
        "told_at": at,
    }


def is_shown(row: Row) -> bool:
    """Whether others see a post of these rows."""
    return bool(row["state"] == State.SHOWN)


def helpful(plan: Plan, turn: int) -> Iterator[Row]:
    """Whom a post helped."""
    for member_id in _helped(plan, plan.spread.topics[turn], plan.spread.numbers[turn]):
        yield {"post_id": plan.first_post + turn, "member_id": member_id}


def edits(plan: Plan, turn: int) -> Iterator[Row]:
    """What a post said before it was edited."""
    topic, number = plan.spread.topics[turn], plan.spread.numbers[turn]
    if _is_edited(topic, number):
        yield {
            "post_id": plan.first_post + turn,
            "text": plan.about(topic).lines[0][0],
            "editor_id": plan.author(topic, number),
            "edited_at": plan.at(turn) + timedelta(minutes=5),
        }


def _is_edited(topic: int, number: int) -> bool:
    return dice(topic, number * 8 + 6) < _EDITED


def _answered(plan: Plan, topic: int, number: int) -> int | None:
    """The post that a reply answers: mostly one of those just before it."""
    chance = dice(topic, number * 8 + 7) / _REPLIES
    if number == 1 or chance >= 1:
        return None
    before = 1 + int(min(number - 1, 12) * chance)
    return plan.first_post + plan.spread.turn(topic, number - before)


@lru_cache(maxsize=4)
def _helped(plan: Plan, topic: int, number: int) -> list[int]:
    chance = dice(number, topic * 8 + 1) / _HELPED
    if chance >= 1 or not plan.stands(topic, number):
        return []
    author = plan.author(topic, number)
    people = {plan.member(dice(number, topic * 8 + 2 + each)) for each in range(1 + int(6 * chance**3))}
    return sorted(people - {author})
