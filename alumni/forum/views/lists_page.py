"""What a line of a list of topics shows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from academy import clock
from academy.i18n import OWN_NAMES, current_code
from academy.i18n import gettext as _
from academy.moments import teller
from alumni.forum.following import rules as following
from alumni.forum.following.rules import Read
from alumni.forum.places.asking import Asker
from alumni.forum.topics import authors
from alumni.forum.topics.queries import tag_pairs
from alumni.forum.views.addresses import post_path, topic_path
from alumni.profiles.queries import Byline


@dataclass(frozen=True, slots=True)
class Line:
    """A topic in a list.

    `new` is how many posts the reader has not read (-1: all of them); `path` leads to the first of these.
    """

    title: str
    path: str
    language: str
    spoken: str
    by: Byline
    posts: int
    when: Markup
    new: int
    pinned: int
    closed: bool
    answered: bool
    muted: bool
    tags: Sequence[tuple[str, str]]
    place: str
    place_slug: str


def lines_of(asker: Asker, rows: Iterable[Any]) -> list[Line]:
    """These topics as this reader sees them."""
    now, tell = clock.now(), teller()
    return [_line(asker, row, now, tell) for row in rows]


def _line(asker: Asker, row: Any, now: datetime, tell: Callable[[datetime], Markup]) -> Line:  # noqa: ANN401
    new = _new(row, now)
    at = row.read_to + 1 if new > 0 else 1
    doors = {"behind_doors": row.behind_doors}
    return Line(
        title=row.title,
        path=post_path(row.id, row.title, at, **doors) if new > 0 else topic_path(row.id, row.title, **doors),
        language=row.language,
        spoken=OWN_NAMES.get(row.language, "") if row.language != current_code() else "",
        by=Byline(0, _("Behind closed doors")) if row.behind_doors else authors.byline(asker, row),
        posts=row.posts,
        when=tell(row.last_posted_at),
        new=new,
        pinned=row.pinned,
        closed=row.closed_at is not None,
        answered=row.answer_id is not None,
        muted=following.following(row.level, row.why, row.place_level).level == "mute",
        tags=tag_pairs(row.tags),
        place=row.category,
        place_slug=row.slug,
    )


def _new(row: Any, now: datetime) -> int:  # noqa: ANN401
    read = Read(row.read_to, row.read_before, row.from_post)
    of_it = {"last_number": row.last_number, "last_post_id": row.last_post_id}
    if not following.is_new(read, **of_it, last_posted_at=row.last_posted_at, now=now):
        return 0
    return row.last_number - row.read_to if row.read_to else -1


def is_open_to_all(asker: Asker, rows: Iterable[Any]) -> bool:
    """Whether search engines may keep a list: visitors see it, and everybody named on it lets them."""
    return asker.actor is None and all(row.searchable for row in rows)
