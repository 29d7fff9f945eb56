"""Posts as rows: the statements by which one is added. Posting is hot, and plain rows cost a third of objects."""

from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Engine, Select, String, Table, bindparam, select, update
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.util import identity_key

from academy.db import BigId
from academy.dialects import insert_into
from alumni.forum.topics.models import Post, State, Topic

_post, _topic = (cast("Table", model.__table__) for model in (Post, Topic))
COUNTED = ("last_number", "posts", "last_post_id", "last_posted_at", "last_author_id")
"""What a topic's row knows of its posts."""
Values = dict[str, Any]


class Turn(NamedTuple):
    """A topic whose row is locked (or new): whoever has it gives the next number.

    `sent` is the post that the form at hand made before.
    """

    id: int
    state: str
    closed_at: datetime | None
    merged_into: int | None
    behind_doors: bool
    last_number: int
    sent: int | None = None


def turn_in(session: Session, topic_id: int, by: int, token: str) -> Turn | None:
    """A topic that nobody else changes until the transaction ends, as it is now (one query)."""
    session.flush()
    asked = {"topic": topic_id, "by": by, "token": token or None}
    row = session.connection().execute(_turn(), asked).one_or_none()
    return Turn(*row) if row is not None else None


def first_turn(topic: Topic) -> Turn:
    """A topic that has just begun."""
    return Turn(topic.id, topic.state, None, None, topic.behind_doors, 0)


@cache
def _turn() -> Select[Any]:
    sent = select(_post.c.id).where(
        _post.c.author_id == bindparam("by", type_=BigId), _post.c.token == bindparam("token", type_=String)
    )
    known = (_topic.c[name] for name in Turn._fields[:-1])
    found: Select[Any] = select().add_columns(*known, sent.scalar_subquery())
    return found.where(_topic.c.id == bindparam("topic", type_=BigId)).with_for_update(of=_topic, key_share=True)


def add(session: Session, values: Values) -> Post | None:
    """Add a post and let its topic's row know of it; None for a form that made one meanwhile (two statements)."""
    line = session.connection()
    number = line.execute(_insert(line.engine), values).scalar_one_or_none()
    if number is None:
        return None
    known = {"topic": values["topic_id"], "number": values["number"]}
    if values["state"] == State.SHOWN:
        line.execute(_SHOWN, known | {"post": number, "at": values["posted_at"], "by": values["author_id"]})
    else:
        line.execute(_UNSEEN, known)
    _let_know(session, values["topic_id"])
    return _as_object(session, number, values)


@lru_cache(maxsize=8)
def _insert(engine: Engine) -> Any:  # noqa: ANN401  the insert of either dialect
    once = insert_into(_post, engine).on_conflict_do_nothing(index_elements=["author_id", "token"])
    return once.returning(_post.c.id)


_UNSEEN = update(_topic).where(_topic.c.id == bindparam("topic")).values(last_number=bindparam("number"))
_SHOWN = _UNSEEN.values(
    posts=_topic.c.posts + 1,
    last_post_id=bindparam("post"),
    last_posted_at=bindparam("at"),
    last_author_id=bindparam("by"),
)


def _let_know(session: Session, topic_id: int) -> None:
    """Let the object of the topic, if anybody holds it, read its row again when it is asked."""
    held = session.identity_map.get(identity_key(Topic, topic_id))
    if held is not None:
        session.expire(held, COUNTED)


def _as_object(session: Session, number: int, values: Values) -> Post:
    """The post as an object that came from the database: nothing of it is written again."""
    made = Post(id=number, **values)
    make_transient_to_detached(made)
    session.add(made)
    return made
