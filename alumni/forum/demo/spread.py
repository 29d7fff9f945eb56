"""How very many posts are spread over topics and over time: a few topics go on and on, most soon fall silent."""

from array import array
from dataclasses import dataclass
from itertools import accumulate

DAY = 24 * 60 * 60
SHORTEST, LONGEST = 40 * DAY, 1000 * DAY
LONG_TOPICS = (2, 3, 5, 7, 11)
"""The topics that go on as long as there are people, by their turn; one of a hundred posts is in each."""
LEAST_LONG, TOPICS_FOR_A_LONG_ONE = 60, 20
_TOPIC_BITS = 21
_MASK = 0xFFFFFFFF


def dice(first: int, second: int) -> float:
    """Chance that is the same each time: from 0 to less than 1, for these two numbers."""
    x = (first * 0x9E3779B1 ^ second * 0x85EBCA6B) & _MASK
    x = ((x ^ x >> 15) * 0x2C1B3C6D) & _MASK
    x = ((x ^ x >> 12) * 0x297A2D39) & _MASK
    return (x ^ x >> 15) / (_MASK + 1)


@dataclass(frozen=True, slots=True)
class Spread:
    """Every post in the order of time: its topic (by its turn), its number there, the seconds since it all began.

    `starts` and `turns` find posts by topic: the turn of post n of topic t is `turns[starts[t] + n - 1]`.
    """

    sizes: list[int]
    topics: "array[int]"
    numbers: "array[int]"
    seconds: "array[int]"
    starts: list[int]
    turns: "array[int]"

    def turn(self, topic: int, number: int) -> int:
        """The place of a post in the order of time."""
        return self.turns[self.starts[topic] + number - 1]

    def last(self, topic: int) -> int:
        """The place of a topic's last post in the order of time."""
        return self.turn(topic, self.sizes[topic])


def spread(topics: int, posts: int) -> Spread:
    """Spread so many posts; every topic has one at least."""
    sizes = _sizes(topics, posts)
    starts = [0, *accumulate(sizes)][:-1]
    keys = sorted(_written(sizes))
    mask = (1 << _TOPIC_BITS) - 1
    order = array("l", (key & mask for key in keys))
    seconds = array("l", (key >> _TOPIC_BITS for key in keys))
    numbers, turns, reached = array("l", [0]) * posts, array("l", [0]) * posts, [0] * topics
    for turn, topic in enumerate(order):
        turns[starts[topic] + reached[topic]] = turn
        reached[topic] += 1
        numbers[turn] = reached[topic]
    return Spread(sizes, order, numbers, seconds, starts, turns)


def _sizes(topics: int, posts: int) -> list[int]:
    sizes = [1] * topics
    for topic in LONG_TOPICS[: topics // TOPICS_FOR_A_LONG_ONE]:
        sizes[topic] += min(max(posts // 100, LEAST_LONG) - 1, max(posts - sum(sizes), 0))
    left = posts - sum(sizes)
    weights = [0.0 if size > 1 else (1.0 - dice(topic, 1)) ** -0.6 - 0.9 for topic, size in enumerate(sizes)]
    shares = left / sum(weights) if left else 0.0
    sizes = [size + int(weight * shares) for size, weight in zip(sizes, weights, strict=True)]
    for topic in range(posts - sum(sizes)):
        sizes[-1 - topic % topics] += 1
    return sizes


def _written(sizes: list[int]) -> list[int]:
    """A number for each post that holds its second and its topic: they sort by time."""
    whole = min(max(SHORTEST, len(sizes) * DAY), LONGEST)
    keys: list[int] = []
    for topic, size in enumerate(sizes):
        begun = whole * topic // len(sizes)
        pace = 3600 * (1 + 60 * dice(topic, 2) ** 3)  # seconds from post to post: from an hour to days
        lasts = whole - begun if topic in LONG_TOPICS else min(whole - begun, int(size * pace))
        at = (begun, *(begun + 1 + int(lasts * dice(topic, 2 + number)) for number in range(1, size)))
        keys.extend(second << _TOPIC_BITS | topic for second in at)
    return keys
