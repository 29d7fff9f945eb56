"""What holds for telling, decided without the world."""

from datetime import timedelta

MENTION, ANSWER, WATCHED = "forum_mention", "forum_answer", "forum_watched"
OLD = timedelta(days=7)
"""A post that is shown so much later is told to nobody who only watches: it is no news any more."""


def topic_in(about: str | None) -> int:
    """The number of the topic in the word for it in notices; 0 for another."""
    kind, _colon, number = (about or "").partition(":")
    return int(number) if kind == "forum_topic" and number.isdecimal() else 0
