"""Reads of polls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.dialects import lines_of, one_line
from alumni.forum.polls.models import Poll, PollChoice, PollOption, PollVoter
from alumni.forum.topics.models import Topic


@dataclass(frozen=True, slots=True)
class Option:
    """An option, how many chose it, and whether whoever asks did."""

    id: int
    words: str
    votes: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """A poll as somebody stands to it."""

    id: int
    topic_id: int
    question: str
    most: int
    secret: bool
    ends_at: datetime
    voters: int
    voted: bool
    options: Sequence[Option]


def poll_of(session: Session, topic_id: int, member_id: int) -> Asking | None:
    """The poll of a topic (one query)."""
    voted = select(PollVoter.poll_id).where(PollVoter.poll_id == Poll.id, PollVoter.member_id == member_id).exists()
    mine = select(PollChoice.option_id).where(PollChoice.option_id == PollOption.id, PollChoice.member_id == member_id)
    found = (
        select(Poll, PollOption, voted.label("voted"), mine.exists().label("mine"))
        .join(PollOption, PollOption.poll_id == Poll.id)
        .where(Poll.topic_id == topic_id)
        .order_by(PollOption.place)
    )
    rows: Sequence[Any] = session.execute(found).all()
    return _asking(rows)


def _asking(found: Sequence[Any]) -> Asking | None:
    if not found:
        return None
    poll, voted = found[0].Poll, bool(found[0].voted)
    options = [Option(row.PollOption.id, row.PollOption.words, row.PollOption.votes, bool(row.mine)) for row in found]
    values = (poll.id, poll.topic_id, poll.question, poll.most, poll.secret, poll.ends_at, poll.voters)
    return Asking(*values, voted, options)


def choosers_of(session: Session, option_ids: Sequence[int], most: int) -> dict[int, list[int]]:
    """Who chose each of these options of an open poll, the first so many of each (one query)."""
    place = func.row_number().over(partition_by=PollChoice.option_id, order_by=PollChoice.member_id).label("place")
    ranked = select(PollChoice.option_id, PollChoice.member_id, place).where(PollChoice.option_id.in_(option_ids))
    some = ranked.subquery()
    found: dict[int, list[int]] = {}
    for row in session.execute(select(some.c.option_id, some.c.member_id).where(some.c.place <= most)):
        found.setdefault(row.option_id, []).append(row.member_id)
    return found


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """In which polls somebody voted, and what they chose where that is known; for their export."""
    chosen = (
        select(lines_of(one_line(PollOption.words.expression)))
        .join(PollChoice, PollChoice.option_id == PollOption.id)
        .where(PollOption.poll_id == Poll.id, PollChoice.member_id == member_id)
        .scalar_subquery()
    )
    voted = (
        select(Topic.title, Poll.question, Poll.secret, chosen.label("chosen"))
        .join(Poll, Poll.topic_id == Topic.id)
        .join(PollVoter, PollVoter.poll_id == Poll.id)
        .where(PollVoter.member_id == member_id)
        .order_by(Poll.id)
    )
    return {
        "votes": [
            {
                "topic": row.title,
                "question": row.question,
                "secret": row.secret,
                "chosen": (row.chosen or "").split("\n"),
            }
            for row in session.execute(voted)
        ]
    }
