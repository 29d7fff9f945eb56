"""What a line of a list of topics shows; it is drawn once for all who see it alike.

What is kept has a name that holds everything the drawing depends on: language, time zone, what the topic's row shows,
and how the topic stands to whoever reads (`Glance`). The drawing is handed nothing else.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app, get_template_attribute
from markupsafe import Markup

from academy import clock, zones
from academy.i18n import OWN_NAMES, current_code
from academy.i18n import gettext as _
from academy.kept import keep
from academy.moments import teller
from alumni.forum.following import rules as following
from alumni.forum.following.rules import Read
from alumni.forum.places.asking import Asker
from alumni.forum.topics import authors
from alumni.forum.topics.listing import OF_LINES
from alumni.forum.topics.models import Level
from alumni.forum.topics.queries import tag_pairs
from alumni.forum.views.addresses import post_path, tag_path, topic_path
from alumni.profiles.queries import Byline

MOST_KEPT = 600
Kept = dict[tuple[Hashable, ...], Markup]


class Glance(NamedTuple):
    """How a topic stands to whoever reads.

    `new` is how many posts they have not read (-1: all of them). `names_itself`: it is their own, and they hide from
    others. `place` is the name of its place, where the list has topics of several.
    """

    new: int
    muted: bool
    visitor: bool
    names_itself: bool
    place: str


@dataclass(frozen=True, slots=True)
class Line:
    """A topic in a list; `path` leads to the first post that the reader has not read, `tags` are words and paths."""

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


def lines_of(asker: Asker, rows: Iterable[Any], *, with_place: bool = False) -> Markup:
    """These topics as this reader sees them, one line after the other."""
    kept: Kept = current_app.extensions.setdefault("forum.topics", {})
    now, common = clock.now(), (current_code(), zones.current().key)
    drawn = []
    for row in rows:
        glance = _glance(asker, row, now, with_place=with_place)
        name = (*common, glance, row[:OF_LINES])
        drawn.append(kept.get(name) or keep(kept, name, _drawn(row, glance), MOST_KEPT))
    return Markup("\n").join(drawn)


def _glance(asker: Asker, row: Any, now: datetime, *, with_place: bool) -> Glance:  # noqa: ANN401
    return Glance(
        new=_new(row, now),
        muted=following.following(row.level, row.why, row.place_level).level is Level.MUTE,
        visitor=asker.actor is None,
        names_itself=bool(row.hides) and row.author_id == asker.member_id,
        place=row.category if with_place else "",
    )


def _drawn(row: Any, glance: Glance) -> Markup:  # noqa: ANN401
    draw = get_template_attribute("alumni/forum/_topics.html", "topic")
    return Markup(draw(_line(row, glance)))  # noqa: S704  the macro's own drawing


def _line(row: Any, glance: Glance) -> Line:  # noqa: ANN401
    at = row.last_number - glance.new + 1
    doors = {"behind_doors": row.behind_doors}
    path = post_path(row.id, row.title, at, **doors) if glance.new > 0 else topic_path(row.id, row.title, **doors)
    named = authors.named(row, visitor=glance.visitor, mine=glance.names_itself)
    return Line(
        title=row.title,
        path=path,
        language=row.language,
        spoken=OWN_NAMES.get(row.language, "") if row.language != current_code() else "",
        by=Byline(0, _("Behind closed doors")) if row.behind_doors else named,
        posts=row.posts,
        when=teller()(row.last_posted_at),
        new=glance.new,
        pinned=row.pinned,
        closed=row.closed_at is not None,
        answered=row.answer_id is not None,
        muted=glance.muted,
        tags=[(words, tag_path(key)) for key, words in tag_pairs(row.tags)],
        place=glance.place,
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
