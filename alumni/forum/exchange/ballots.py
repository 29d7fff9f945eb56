"""Polls that are brought in: sums as they were, and choices of those who are here."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from alumni.forum.exchange import rules
from alumni.forum.exchange.people import People
from alumni.forum.polls.models import Poll, PollChoice, PollOption, PollVoter
from alumni.forum.topics.models import Topic


def put(session: Session, topic: Topic, poll: Mapping[str, Any], people: People, now: datetime) -> None:
    """Put a poll under a topic.

    A secret one is over: who voted is in no export, so somebody could vote twice.
    """
    ends_at = rules.moment(poll["ends_at"]) or now
    made = Poll(
        topic_id=topic.id,
        question=poll["question"],
        most=poll["most"],
        secret=poll["secret"],
        ends_at=min(ends_at, now) if poll["secret"] else ends_at,
        voters=poll["voters"],
    )
    session.add(made)
    session.flush()
    voters = _members(people, poll["by"])
    for place, option in enumerate(poll["options"]):
        row = PollOption(poll_id=made.id, place=place, words=option["words"], votes=max(0, option["votes"]))
        session.add(row)
        session.flush()
        chosen = set() if poll["secret"] else _members(people, option["by"])
        voters |= chosen
        if chosen:
            session.execute(insert(PollChoice), [{"option_id": row.id, "member_id": each} for each in sorted(chosen)])
    if voters:
        session.execute(insert(PollVoter), [{"poll_id": made.id, "member_id": each} for each in sorted(voters)])
    topic.has_poll = True


def _members(people: People, keys: Sequence[str]) -> set[int]:
    return {found for each in keys if (found := people.member(each)) is not None}
