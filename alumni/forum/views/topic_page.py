"""What the page of a topic shows: twenty posts at most, each as this reader sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, make_response, url_for
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
from alumni.forum.views import post_acts, reply_form
from alumni.forum.views.addresses import slug_for
from alumni.forum.views.blueprint import Found, page
from alumni.forum.views.page_ways import Pages, pages_around, path_of
from alumni.forum.views.poll_part import Poll, poll_on
from alumni.forum.views.post_lines import Line, lines_of


@dataclass(frozen=True, slots=True)
class Here:
    """All that the page of a topic knows; templates of acts and forms get it too."""

    topic: Thread
    title: str
    path: str
    slug: str
    rights: Rights
    member_id: int
    posts: Sequence[Line]
    pages: Pages
    following: Following
    reason: str
    levels: Sequence[tuple[str, Text, Text]]
    first_new: str
    answer_path: str
    words: dict[str, str]
    indexed: bool
    may_accept: bool
    poll: Poll | None
    form: ReplyForm | None
    writing: Markup | None


def shown(found: Found, form: Any = None, status: int = 200) -> Response:  # noqa: ANN401  a form
    """The page of a topic; `form` is a faulty reply that has to be corrected."""
    return answered(here_of(found), form, status)


def answered(here: Here, form: Any = None, status: int = 200) -> Response:  # noqa: ANN401
    """The page out of what it knows."""
    response = make_response(page("topic", status, here=here, form=form or here.form))
    if not here.indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def here_of(found: Found) -> Here:
    """What the page knows (one query more)."""
    thread, asker = found.thread, found.asker
    first = page_from(min(found.at, max(thread.last_number, 1)))
    rows = queries.posts_on(db.session, asker, thread.id, first)
    lines = lines_of(found, rows)
    path = path_of(thread)
    new = _first_new(thread)
    followed = following.following(thread.level, thread.why, thread.place_level)
    return Here(
        topic=thread,
        title=_("A topic that its author deleted") if thread.gone else thread.title,
        path=path,
        slug=slug_for(thread.title if not thread.gone else "", behind_doors=thread.behind_doors),
        rights=found.rights if not thread.gone else Rights(keep_order=found.rights.keep_order),
        member_id=asker.member_id,
        posts=lines,
        pages=pages_around(thread, first),
        following=followed,
        reason=reason_of(followed),
        levels=LEVELS,
        first_new=f"{path_of(thread, new)}#p{new}" if new and not first <= new < first + PAGE else "",
        answer_path=f"{path_of(thread, thread.answer)}#p{thread.answer}" if thread.answer else "",
        words=_words(),
        indexed=bool(lines) and not thread.behind_doors and all(row.searchable for row in rows),
        may_accept=post_acts.may_accept(found),
        poll=poll_on(found),
        form=reply_form.fresh(found),
        writing=reply_form.kept(found),
    )


def _words() -> dict[str, str]:
    """What every post says, looked up once."""
    return {
        "people": url_for("profiles.show", handle="-").removesuffix("-"),
        "new": _("new"),
        "answer": _("the answer"),
        "changed": _("changed"),
        "wiki": _("everybody may change it"),
        "waits": _("waits for a moderator"),
        "warning": _("Please note:"),
        "hidden": _("Out of sight of others"),
        "kept_away": _("By somebody you keep away"),
        **post_acts.words(),
    }


def _first_new(thread: Thread) -> int:
    """The number of the first post this reader has not read, in a topic they have read in; 0 if there is none."""
    read = Read(thread.read_to, thread.read_before, thread.from_post)
    of_it = {"last_number": thread.last_number, "last_post_id": thread.last_post_id}
    new = following.is_new(read, **of_it, last_posted_at=thread.last_posted_at, now=clock.now())
    return thread.read_to + 1 if new and thread.read_to else 0
