"""Tell very many at once, and count what is about one thing: so many statements, however many members there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import JSON, ColumnElement, Insert, Select, String, and_, func, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from academy.column_types import UtcMoment
from academy.dialects import insert_into
from academy.jobs import pokes
from academy.notices.kinds import Kind, all_kinds
from academy.notices.models import NEVER, Notice, NoticeChoice
from academy.notices.service import NOTICES, PUMP
from academy.people.models import ACTIVE, Member


@dataclass(frozen=True, slots=True)
class News:
    """What is told: of which kind, about which thing ("forum_topic:12"), and where it is. `key` is told once."""

    kind: str
    about: str
    key: str
    values: Mapping[str, object]
    url: str


def gather(session: Session, people: Select[int], news: News, now: datetime) -> None:
    """Tell all these members (numbers out of a query) in four statements; a member is told a key once.

    Whoever has not read what they were told about this thing before finds it counted there, with the newest values;
    a letter then tells of it again. Raises KeyError for an unknown kind.
    """
    kind = all_kinds()[news.kind]
    session.execute(_counted(people, news))
    newest = session.scalar(select(func.coalesce(func.max(Notice.id), 0))) or 0
    if cast("Any", session.execute(_new(session, people, kind, news, now))).rowcount:
        shown = select(Notice.member_id).where(Notice.id > newest, Notice.key == news.key, Notice.on_site)
        session.execute(_quietly(update(Member).where(Member.id.in_(shown)).values(unread=Member.unread + 1)))
    pokes.after_commit(PUMP)


def _quietly(statement: Any) -> Any:  # noqa: ANN401  an update
    return statement.execution_options(synchronize_session=False)


def _counted(people: Select[int], news: News) -> Any:  # noqa: ANN401
    other = aliased(Notice)
    told = select(other.id).where(other.member_id == Notice.member_id, other.key == news.key).exists()
    unread = update(Notice).where(_is_unread(news), Notice.member_id.in_(people), ~told)
    newer = {"times": Notice.times + 1, "key": news.key, "values": dict(news.values), "mailed_at": None}
    return _quietly(unread.values(newer))


def _is_unread(news: News) -> ColumnElement[bool]:
    return and_(Notice.about == news.about, Notice.kind == news.kind, Notice.read_at.is_(None))


def _new(session: Session, people: Select[int], kind: Kind, news: News, now: datetime) -> Insert:
    on_site = func.coalesce(NoticeChoice.on_site, literal(kind.on_site))
    mail = func.coalesce(NoticeChoice.mail, literal(kind.mail, String))
    columns: dict[str, Any] = {
        "member_id": Member.id,
        "key": literal(news.key, String),
        "kind": literal(news.kind, String),
        "about": literal(news.about, String),
        "times": literal(1),
        "values": literal(dict(news.values), JSON),
        "url": literal(news.url, String),
        "on_site": on_site,
        "mail": mail,
        "created_at": literal(now, UtcMoment),
    }
    rows = select(*columns.values()).outerjoin(
        NoticeChoice, and_(NoticeChoice.member_id == Member.id, NoticeChoice.kind == kind.name)
    )
    waiting = select(Notice.id).where(_is_unread(news), Notice.member_id == Member.id).exists()
    rows = rows.where(Member.id.in_(people), Member.state == ACTIVE, or_(on_site, mail != NEVER), ~waiting)
    statement: Insert = insert_into(NOTICES, session.get_bind()).from_select(list(columns), rows)
    return statement.on_conflict_do_nothing()  # type: ignore[attr-defined,no-any-return]
