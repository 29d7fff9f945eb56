"""How often somebody may write in the forum, and who may not at all (docs/security.md, limits)."""

import math
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from academy.errors import TooMany
from academy.web import limits
from academy.web.limits import Limit, Try
from alumni.moderation.newcomers import is_newcomer
from alumni.moderation.silence import let_write

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
POSTS = Limit("posts", 6, MINUTE)
POSTS_OF_NEWCOMERS = Limit("posts of newcomers", 10, DAY)
TOPICS = Limit("topics", 10, DAY)
TOPICS_OF_NEWCOMERS = Limit("topics of newcomers", 3, DAY)
EDITS = Limit("edits of posts", 60, HOUR)
PREVIEWS = Limit("previews of posts", 60, MINUTE)
FILES = Limit("files in posts", 30, HOUR)
MARKS = Limit("marks in the forum", 120, HOUR)


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who writes: newcomers' posts wait for a moderator and may lead to few places."""

    member_id: int
    newcomer: bool


def writer_of(session: Session, member_id: int, now: datetime) -> Writer:
    """How somebody may write; raises Silenced for whoever may not (two queries)."""
    let_write(session, member_id, now)
    return Writer(member_id, is_newcomer(session, member_id, now))


def spend_reply(member_id: int, *, newcomer: bool, waits_until: datetime | None, now: datetime) -> None:
    """Count a post; raises TooMany. `waits_until`: so many were written within an hour that more have to wait."""
    if waits_until is not None and waits_until > now:
        raise TooMany(max(1, math.ceil((waits_until - now).total_seconds())))
    tries = [Try(POSTS_OF_NEWCOMERS, (member_id,))] if newcomer else []
    limits.spend_each(Try(POSTS, (member_id,)), *tries)


def spend_topic(writer: Writer) -> None:
    """Count a topic; raises TooMany."""
    limit = TOPICS_OF_NEWCOMERS if writer.newcomer else TOPICS
    limits.spend_each(Try(POSTS, (writer.member_id,)), Try(limit, (writer.member_id,)))


def spend(limit: Limit, member_id: int) -> None:
    """Count something smaller; raises TooMany."""
    limits.spend(limit, member_id)
