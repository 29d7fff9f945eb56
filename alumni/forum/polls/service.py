"""Asking, voting, and what goes with a member who leaves."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from alumni.forum.polls import rules
from alumni.forum.polls.models import Poll, PollChoice, PollOption, PollVoter
from alumni.forum.polls.refusals import HasPoll, PollOver, VotedAlready, WrongChoice
from alumni.forum.polls.rules import Asked
from alumni.forum.topics.models import Topic
from alumni.forum.topics.refusals import TopicGone
from alumni.forum.topics.service import locked

LOOSE = {"synchronize_session": False}


def ask(session: Session, *, topic_id: int, asked: Asked) -> Poll:
    """Put a poll under the first post of a topic. Raises HasPoll, or TopicGone."""
    topic = locked(session, topic_id)
    if topic is None:
        raise TopicGone
    poll = Poll(topic_id=topic.id, question=asked.question, most=asked.most, secret=asked.secret, ends_at=asked.ends_at)
    try:
        with session.begin_nested():
            session.add(poll)
    except IntegrityError as error:
        raise HasPoll from error
    options = [{"poll_id": poll.id, "place": place, "words": words} for place, words in enumerate(asked.options)]
    session.execute(insert(PollOption), options)
    topic.has_poll = True
    session.flush()
    return poll


def vote(session: Session, *, topic_id: int, by: int, options: Collection[int], now: datetime) -> None:
    """Vote, or choose anew where that is possible. Raises PollOver, WrongChoice or VotedAlready.

    The row of the poll is locked, so that counts and choices agree whoever votes at once.
    """
    poll = session.scalar(select(Poll).where(Poll.topic_id == topic_id).with_for_update())
    if poll is None or rules.is_over(poll.ends_at, now):
        raise PollOver
    chosen = set(
        session.scalars(select(PollOption.id).where(PollOption.poll_id == poll.id, PollOption.id.in_(options)))
    )
    if not 0 < len(chosen) <= poll.most or chosen != set(options):
        raise WrongChoice
    if session.get(PollVoter, (poll.id, by)) is None:
        session.add(PollVoter(poll_id=poll.id, member_id=by))
        poll.voters += 1
    elif poll.secret:
        raise VotedAlready
    else:
        _take_off(session, poll.id, by)
    session.flush()
    _count(session, chosen, 1)
    if not poll.secret:
        session.execute(insert(PollChoice), [{"option_id": each, "member_id": by} for each in sorted(chosen)])


def _take_off(session: Session, poll_id: int, member_id: int) -> None:
    """Undo what somebody chose in an open poll."""
    theirs = select(PollOption.id).where(PollOption.poll_id == poll_id)
    mine = (PollChoice.member_id == member_id) & PollChoice.option_id.in_(theirs)
    _count(session, session.scalars(select(PollChoice.option_id).where(mine)).all(), -1)
    session.execute(delete(PollChoice).where(mine), execution_options=LOOSE)


def _count(session: Session, options: Collection[int], more: int) -> None:
    counted = update(PollOption).where(PollOption.id.in_(options)).values(votes=PollOption.votes + more)
    session.execute(counted, execution_options=LOOSE)


def forget(session: Session, member_id: int) -> None:
    """Erase a voter: open votes go with them; of a secret one nobody knows which it was, so it stays counted.

    Polls of topics they began go, unless they left these behind.
    """
    voted = session.scalars(select(PollVoter.poll_id).where(PollVoter.member_id == member_id)).all()
    for poll in session.scalars(
        select(Poll).where(Poll.id.in_(voted), ~Poll.secret).order_by(Poll.id).with_for_update()
    ):
        _take_off(session, poll.id, member_id)
        poll.voters -= 1
    session.flush()
    begun = select(Topic.id).where(Topic.author_id == member_id)
    session.execute(delete(Poll).where(Poll.topic_id.in_(begun)), execution_options=LOOSE)
    session.execute(update(Topic).where(Topic.author_id == member_id).values(has_poll=False), execution_options=LOOSE)
    session.execute(delete(PollVoter).where(PollVoter.member_id == member_id))
