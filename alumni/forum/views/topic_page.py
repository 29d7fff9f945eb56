"""What the page of a topic shows: twenty posts at most, each as this reader sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, get_template_attribute, make_response, render_template
from markupsafe import Markup

from academy import clock, db
from academy.i18n import Text
from academy.i18n import gettext as _
from alumni.forum.following import rules as following
from alumni.forum.following.rules import Following, Read
from alumni.forum.following.words import LEVELS, reason_of
from alumni.forum.topics import queries
from alumni.forum.topics.forms import ReplyForm
from alumni.forum.topics.queries import Thread
from alumni.forum.topics.rules import PAGE, Rights, page_from
from alumni.forum.views import post_acts, post_lines, post_parts, reply_form, visitors
from alumni.forum.views.addresses import follow_path, place_path
from alumni.forum.views.blueprint import Found, page
from alumni.forum.views.page_ways import Pages, pages_around, path_of
from alumni.forum.views.poll_part import poll_on


@dataclass(frozen=True, slots=True)
class Here:
    """All that the page of a topic knows; the template of its form gets it too. `ends`: the last post that is seen."""

    topic: Thread
    title: str
    path: str
    place_path: str
    follow_path: str
    rights: Rights
    posts: Markup
    ends: int
    pages: Pages
    following: Following
    reason: str
    levels: Sequence[tuple[str, Text, Text]]
    first_new: str
    answer_path: str
    indexed: bool
    form: ReplyForm | None
    writing: Markup | None


def shown(found: Found, form: Any = None, status: int = 200) -> Response:  # noqa: ANN401  a form
    """The page of a topic; `form` is a faulty reply that has to be corrected."""
    return answered(here_of(found), form, status)


def answered(here: Here, form: Any = None, status: int = 200) -> Response:  # noqa: ANN401
    """The page out of what it knows."""
    return _robots(make_response(page("topic", status, here=here, form=form or here.form)), indexed=here.indexed)


def for_visitors(found: Found) -> Response:
    """The page for those who are not signed in: all see the same one, unless it has a poll, which ends some day."""
    rows = _rows(found)

    def draw() -> str:
        return render_template("alumni/forum/topic.html", here=here_of(found, rows), form=None)

    files = post_acts.files_of([row for row in rows if row.files])
    shown = (found.thread, *map(tuple, rows), *((number, *theirs) for number, theirs in files.items()))
    text = draw() if found.thread.has_poll else visitors.page_of(shown, draw)
    return _robots(make_response(text), indexed=_is_indexed(found, rows))


def _robots(response: Response, *, indexed: bool) -> Response:
    if not indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _is_indexed(found: Found, rows: Sequence[Any]) -> bool:
    return bool(rows) and not found.thread.behind_doors and all(row.searchable for row in rows)


def _rows(found: Found) -> list[Any]:
    return queries.posts_on(db.session, found.asker, found.thread.id, _first(found))


def _first(found: Found) -> int:
    return page_from(min(found.at, max(found.thread.last_number, 1)))


def here_of(found: Found, rows: Sequence[Any] | None = None) -> Here:
    """What the page knows; `rows` are the posts on it (one query more without them)."""
    thread, first = found.thread, _first(found)
    rows = _rows(found) if rows is None else rows
    seen = post_lines.seen(found, rows)
    new = _first_new(thread)
    followed = following.following(thread.level, thread.why, thread.place_level)
    return Here(
        topic=thread,
        title=_("A topic that its author deleted") if thread.gone else thread.title,
        path=path_of(thread),
        place_path=place_path(thread.slug),
        follow_path=follow_path(thread.id),
        rights=found.rights if not thread.gone else Rights(keep_order=found.rights.keep_order),
        posts=post_parts.posts(post_lines.around(found), seen, _poll(found)),
        ends=seen[-1][0].number if seen else 0,
        pages=pages_around(thread, first),
        following=followed,
        reason=reason_of(followed),
        levels=LEVELS,
        first_new=f"{path_of(thread, new)}#p{new}" if new and not first <= new < first + PAGE else "",
        answer_path=f"{path_of(thread, thread.answer)}#p{thread.answer}" if thread.answer else "",
        indexed=bool(seen) and _is_indexed(found, rows),
        form=reply_form.fresh(found),
        writing=reply_form.kept(found),
    )


def _poll(found: Found) -> Markup | None:
    shown = poll_on(found)
    return get_template_attribute("alumni/forum/_poll.html", "poll")(shown, found.thread.id) if shown else None


def _first_new(thread: Thread) -> int:
    """The number of the first post this reader has not read, in a topic they have read in; 0 if there is none."""
    read = Read(thread.read_to, thread.read_before, thread.from_post)
    of_it = {"last_number": thread.last_number, "last_post_id": thread.last_post_id}
    new = following.is_new(read, **of_it, last_posted_at=thread.last_posted_at, now=clock.now())
    return thread.read_to + 1 if new and thread.read_to else 0
