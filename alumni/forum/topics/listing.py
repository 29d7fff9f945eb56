"""Lists of topics: keyset pages by (pinned, last post), first and last at the same cost, statements built once."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    bindparam,
    literal,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from academy.db import BigId, rows
from alumni.forum.places.asking import NOBODY, Asker, Kind, may_read_as
from alumni.forum.places.models import Category
from alumni.forum.places.queries import is_kept_by
from alumni.forum.topics import authors
from alumni.forum.topics.models import State, Tag, Topic, TopicTag
from alumni.forum.topics.queries import PLACE, STANDING, tags_of_topic, with_standing
from alumni.forum.topics.rules import PAGE

ANNOUNCEMENT, MOST_ANNOUNCEMENTS = 2, 3
_CURSOR = re.compile(r"(after|before)-([012])-(-?\d{1,18})")
_PLACE = re.compile(r"-?\d{1,18}")
FIRST, LAST = "", "last"


@dataclass(frozen=True, slots=True)
class Cut:
    """Which page of a list: after or before a place in it, the first (''), or the `last`."""

    way: str = FIRST
    pinned: int = 0
    post: int = 0

    @property
    def backwards(self) -> bool:
        """Whether the page is read from its end."""
        return self.way in {"before", LAST}

    @property
    def values(self) -> dict[str, object]:
        """The parameters of its statement."""
        return {"pinned": self.pinned, "post": self.post} if self.way in {"after", "before"} else {}


def cut_of(text: str) -> Cut:
    """A page out of an address; the first for what names none."""
    found = _CURSOR.fullmatch(text)
    if found:
        return Cut(found[1], int(found[2]), int(found[3]))
    return Cut(LAST) if text == LAST else Cut()


def place_of(text: str) -> int:
    """A place in a list out of an address; ValueError for what can be none."""
    found = _PLACE.fullmatch(text)
    if found is None:
        raise ValueError("no list has this place")
    return int(found[0])


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list: its topics, the place they are in (None where they come from several), and the ways on.

    `newer` and `older` are what the addresses of the pages beside carry: '' where there is none.
    """

    topics: list[Any]
    place: Any
    announcements: list[Any]
    newer: str = ""
    older: str = ""


def in_category(session: Session, asker: Asker, slug: str, cut: Cut) -> Listed | None:
    """A page of a category's topics, if whoever asks may read it (one query)."""
    found = rows(session, _in_category(asker.kind, cut.way), {**asker.values, "slug": slug, **cut.values}).all()
    if not found:
        return None
    topics = [row for row in found if row.id is not None]
    announced = [row for row in topics if row.announced]
    return _page([row for row in topics if not row.announced], cut, found[0], announced)


def _page(found: list[Any], cut: Cut, place: Any, announced: list[Any]) -> Listed:  # noqa: ANN401  a row
    more = len(found) > PAGE
    shown = found[:PAGE]
    shown = shown[::-1] if cut.backwards else shown
    if not shown:
        return Listed([], place, announced)
    first, last = shown[0], shown[-1]
    has_newer = more if cut.backwards else cut.way == "after"
    has_older = cut.way == "before" if cut.backwards else more
    return Listed(
        shown,
        place,
        announced,
        f"before-{first.pinned}-{first.last_post_id}" if has_newer else "",
        f"after-{last.pinned}-{last.last_post_id}" if has_older else "",
    )


LINE: tuple[Any, ...] = (
    Topic.id,
    Topic.title,
    Topic.language,
    Topic.last_post_id,
    Topic.last_posted_at,
    Topic.last_number,
    Topic.posts,
    Topic.pinned,
    Topic.closed_at,
    Topic.answer_id,
    Topic.behind_doors,
)


def of_lines(kind: Kind) -> list[ColumnElement[Any]]:
    """What a line of a list shows of a topic: the first columns of every list's statement."""
    return [*LINE, tags_of_topic(), *authors.columns(kind, Topic.author_id)]


OF_LINES = len(of_lines(NOBODY.kind))
"""How many they are."""


@cache
def _in_category(kind: Kind, way: str) -> Select[Any]:
    me = kind.viewer.member_id
    numbers = select(Topic.id.label("id"), literal(value=False).label("announced")).where(
        Topic.category_id == select(Category.id).where(Category.slug == bindparam("slug")).scalar_subquery(),
        *_cut(kind, way),
    )
    numbers = numbers.order_by(*_order(way)).limit(PAGE + 1)
    these = numbers.subquery()
    if way == FIRST:
        these = union_all(select(_announced(kind)), select(these)).subquery()
    keeps = is_kept_by(me)
    statement: Select[Any] = select().add_columns(
        *of_lines(kind), these.c.announced, *PLACE, Category.description_html, keeps.label("keeps"), *STANDING
    )
    statement = statement.select_from(Category).outerjoin(these, true()).outerjoin(Topic, Topic.id == these.c.id)
    statement = authors.joined(with_standing(statement, me), Topic.author_id)
    statement = statement.where(Category.slug == bindparam("slug"), may_read_as(kind))
    return statement.order_by(these.c.announced.desc(), *_order(way))


def _cut(kind: Kind, way: str) -> tuple[ColumnElement[bool], ...]:
    shown = (Topic.state == State.SHOWN, authors.not_by_whoever_keeps_away(kind, Topic.author_id))
    if way not in {"after", "before"}:
        return shown
    here = tuple_(Topic.pinned, Topic.last_post_id)
    there = tuple_(bindparam("pinned", type_=BigId), bindparam("post", type_=BigId))
    return (*shown, here < there if way == "after" else here > there)


def _order(way: str) -> tuple[ColumnElement[int], ...]:
    columns = (Topic.pinned, Topic.last_post_id)
    backwards = way in {"before", LAST}
    return tuple(each.asc() if backwards else each.desc() for each in columns)


def _announced(kind: Kind) -> Subquery:
    """Announcements of the other places: above the first page of every list."""
    others = select(Topic.id.label("id"), literal(value=True).label("announced"))
    others = others.join(Category, Category.id == Topic.category_id)
    others = others.where(
        _is_announced(),
        Topic.state == State.SHOWN,
        may_read_as(kind),
        authors.not_by_whoever_keeps_away(kind, Topic.author_id),
        Category.slug != bindparam("slug"),
    )
    return others.order_by(Topic.last_post_id.desc()).limit(MOST_ANNOUNCEMENTS).subquery()


def _is_announced() -> ColumnElement[bool]:
    # No parameter: SQLite would look whether its value fits the partial index, and plan the statement anew each time.
    return Topic.pinned == literal_column(str(ANNOUNCEMENT))


@cache
def _across(kind: Kind, what: str) -> Select[Any]:
    """Topics of all places, the latest first; `what` narrows them."""
    me = kind.viewer.member_id
    statement: Select[Any] = select().add_columns(*of_lines(kind), *PLACE, *STANDING)
    statement = statement.select_from(Topic).join(Category, Category.id == Topic.category_id)
    statement = authors.joined(with_standing(statement, me), Topic.author_id)
    shown = (Topic.state == State.SHOWN, authors.not_by_whoever_keeps_away(kind, Topic.author_id))
    statement = statement.where(*shown, may_read_as(kind), Topic.last_post_id < bindparam("post", type_=BigId))
    if what == "tag":
        marked = select(TopicTag.topic_id).join(Tag, Tag.id == TopicTag.tag_id).where(Tag.key == bindparam("tag"))
        statement = statement.where(Topic.id.in_(marked))
    if what == "announced":
        statement = statement.where(_is_announced())
    if what == "latest":
        statement = statement.where(Category.archived_at.is_(None))
    return statement.order_by(Topic.last_post_id.desc()).limit(bindparam("most"))


def across(session: Session, asker: Asker, what: str, *, before: int, most: int, **values: object) -> list[Any]:
    """Topics of all places that whoever asks may read, those with the latest posts first (one query)."""
    given = {**asker.values, "post": before, "most": most, **values}
    return list(rows(session, _across(asker.kind, what), given).all())
