"""Everything that decides whether somebody may reply to a topic, in one question: a reply is what a forum does most."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from academy.column_types import UtcMoment
from academy.db import BigId, rows
from academy.dialects import lines_of, one_line
from academy.people.actor import Actor
from academy.people.models import Member
from alumni.blocks.queries import blockers_of
from alumni.forum.drafts.models import Draft
from alumni.forum.order import rules, screening
from alumni.forum.order.models import Watched
from alumni.forum.order.rules import SHORTEST_SAME, Watch
from alumni.forum.places import circles
from alumni.forum.places.asking import circles_belonged_to, with_courses
from alumni.forum.places.models import Category
from alumni.forum.places.queries import is_kept_by
from alumni.forum.topics.models import Post, State, Topic
from alumni.moderation.newcomers import is_new
from alumni.moderation.queries import Trust, silences, trust_columns

IN_AN_HOUR, HOUR = 60, timedelta(hours=1)
_ME = bindparam("member", type_=BigId)


@dataclass(frozen=True, slots=True)
class Gate:
    """A topic that is open for somebody's reply. `waits_until`: they wrote as much within an hour as they may."""

    topic_id: int
    title: str
    behind_doors: bool
    keeps_order: bool
    newcomer: bool
    waits_until: datetime | None
    has_draft: bool
    watched: tuple[Watch, ...]
    said_before: bool

    def state_of(self, text: str) -> State:
        """How a post with this text begins. Raises TooManyLinks or WordNotWanted."""
        if self.keeps_order:
            return State.SHOWN
        return screening.state_by(
            rules.verdict(text, newcomer=self.newcomer, watched=self.watched, said_before=self.said_before)
        )


def gate_for(session: Session, actor: Actor, topic_id: int, text: str, now: datetime) -> Gate | None:
    """What decides about a reply with this text; None where it cannot be written, for whatever reason (one query)."""
    values = {
        "member": actor.id,
        "topic": topic_id,
        "place": f"topic:{topic_id}",
        "standing": sorted(circles.by_standing(actor)),
        "text": text if len(text) >= SHORTEST_SAME else None,
        "lately": now - rules.SAME_AGAIN,
        "now": now,
    }
    row = rows(session, _gate(actor.is_moderator), values).one_or_none()
    return _opened(row, actor, now) if row is not None and not row.silenced else None


def _opened(row: Any, actor: Actor, now: datetime) -> Gate | None:  # noqa: ANN401  a row of the query below
    keeps = bool(row.keeps) or actor.is_moderator
    if not keeps and (row.closed_at is not None or row.away or not row.writes):
        return None
    many = row.sixtieth is not None and now - row.sixtieth < HOUR
    return Gate(
        topic_id=row.id,
        title=row.title,
        behind_doors=row.behind_doors,
        keeps_order=keeps,
        newcomer=is_new(Trust(row.since, row.accepted, row.measured, bool(row.staff)), now),
        waits_until=row.sixtieth + HOUR if many else None,
        has_draft=bool(row.has_draft),
        watched=tuple(Watch(*line.split("|")) for line in (row.watched or "").splitlines()),
        said_before=bool(row.said_before),
    )


@cache
def _gate(moderator: bool) -> Select[Any]:
    reads, writes = _in(Category.readers, moderator=moderator), _in(Category.writers, moderator=moderator)
    now = bindparam("now", type_=UtcMoment)
    keeps = is_kept_by(_ME)
    waiting = and_(or_(Topic.author_id == _ME, keeps, literal(moderator)), Topic.state == State.WAITING)
    return (
        select(
            Topic.id,
            Topic.title,
            Topic.behind_doors,
            Topic.closed_at,
            writes.label("writes"),
            keeps.label("keeps"),
            func.coalesce(Topic.author_id.in_(blockers_of(_ME)), False).label("away"),
            silences(_ME, now).label("silenced"),
            *trust_columns(),
            exists().where(Draft.member_id == _ME, Draft.place == bindparam("place")).label("has_draft"),
            *_written(),
            select(lines_of(one_line(*_WATCHED))).scalar_subquery().label("watched"),
        )
        .select_from(Topic)
        .join(Category, Category.id == Topic.category_id)
        .join(Member, Member.id == _ME)
        .where(
            Topic.id == bindparam("topic", type_=BigId),
            or_(Topic.state == State.SHOWN, waiting),
            Topic.merged_into.is_(None),
        )
        .where(Category.archived_at.is_(None), reads)
    )


def _written() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Whether they sent the same text lately, and when they wrote the sixtieth of their latest posts."""
    mine = Post.author_id == _ME
    lately = bindparam("lately", type_=UtcMoment)
    same = screening.said_lately(_ME, bindparam("text", type_=String), lately)
    sixtieth = select(Post.posted_at).where(mine).order_by(Post.id.desc()).offset(IN_AN_HOUR - 1).limit(1)
    return same.label("said_before"), sixtieth.scalar_subquery().label("sixtieth")


_WATCHED: tuple[Any, ...] = (Watched.kind, Watched.key, Watched.deed)


def _in(column: Any, *, moderator: bool) -> ColumnElement[bool]:  # noqa: ANN401  a column of circles
    """Whether whoever asks is in a circle; moderators are in those of all courses."""
    found = or_(column.in_(bindparam("standing", expanding=True)), column.in_(circles_belonged_to()))
    return with_courses(column, found, keeps_order=moderator)
