"""What becomes of a post before anybody sees it: newcomers, watched words and links, the same text sent around."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, literal, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.column_types import UtcMoment
from academy.people.actor import Actor
from alumni.forum.order import rules
from alumni.forum.order.models import Watched
from alumni.forum.order.refusals import NothingToWatch, TooManyLinks, WatchedAlready, WordNotWanted
from alumni.forum.order.rules import SHORTEST_SAME, Verdict, Watch
from alumni.forum.topics.models import Post, State
from alumni.moderation.newcomers import is_newcomer

PAGE = 100
SAME_AMONG = 100
"""The same text is looked for among so many of somebody's latest posts, however much they wrote."""


def state_for(session: Session, *, actor: Actor, text: str, keeps_order: bool, now: datetime) -> State:
    """How a post with this text begins: shown, or waiting for a moderator. Raises TooManyLinks or WordNotWanted."""
    if keeps_order:
        return State.SHOWN
    return state_by(
        rules.verdict(
            text,
            newcomer=is_newcomer(session, actor.id, now),
            watched=watched(session),
            said_before=_said_before(session, actor.id, text, now),
        )
    )


def state_by(found: Verdict) -> State:
    """How a post begins of which this was found. Raises TooManyLinks or WordNotWanted."""
    if found.refuse:
        raise WordNotWanted
    if found.crowded:
        raise TooManyLinks
    return State.WAITING if found.wait else State.SHOWN


def watched(session: Session) -> list[Watch]:
    """Everything that is watched."""
    return [Watch(*row) for row in session.execute(select(Watched.kind, Watched.key, Watched.deed))]


def _said_before(session: Session, member_id: int, text: str, now: datetime) -> bool:
    if len(text) < SHORTEST_SAME:
        return False
    lately = literal(now - rules.SAME_AGAIN, UtcMoment)
    return bool(session.scalar(select(said_lately(literal(member_id), literal(text), lately))))


def said_lately(
    member: ColumnElement[int], text: ColumnElement[str], lately: ColumnElement[datetime]
) -> ColumnElement[bool]:
    """Whether one of somebody's latest posts since then says just this; a part of queries."""
    theirs = select(Post.posted_at, Post.text).where(Post.author_id == member, text.is_not(None))
    latest = theirs.order_by(Post.id.desc()).limit(SAME_AMONG).subquery()
    return exists(select(latest.c.text).where(latest.c.posted_at > lately, latest.c.text == text))


def watch(session: Session, *, kind: str, words: str, deed: str, by: Actor, now: datetime) -> None:
    """Watch something from now on; raise WatchedAlready, or NothingToWatch for words without letters."""
    key = rules.key_of(kind, words)
    if not key:
        raise NothingToWatch
    made = Watched(kind=kind, key=key, words=words, deed=deed, made_by=by.id, made_at=now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise WatchedAlready from error
    record(session, actor=by, action="forum.watched", now=now, subject=f"forum_watched:{made.id}", detail=key)


def stop_watching(session: Session, number: int, by: Actor, now: datetime) -> None:
    """Watch something no longer; twice is once."""
    found = session.get(Watched, number)
    if found is not None:
        session.delete(found)
        record(session, actor=by, action="forum.unwatched", now=now, detail=found.key)


def everything_watched(session: Session, before: int | None = None) -> Sequence[Watched]:
    """A page of what is watched, the latest first, and one more if there are more."""
    found = select(Watched).order_by(Watched.id.desc()).limit(PAGE + 1)
    return session.scalars(found if before is None else found.where(Watched.id < before)).all()
