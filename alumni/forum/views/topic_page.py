"""What the page of a topic shows: twenty posts at most, each as this reader sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, make_response, url_for
from markupsafe import Markup

from academy import clock, db
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.markdown import kept
from alumni.forum.following import rules as following
from alumni.forum.following.rules import Following, Read
from alumni.forum.following.words import LEVELS, reason_of
from alumni.forum.topics import authors, queries
from alumni.forum.topics.forms import ReplyForm
from alumni.forum.topics.models import State
from alumni.forum.topics.queries import Thread
from alumni.forum.topics.rules import PAGE, Rights, page_from
from alumni.forum.views import post_acts, reply_form
from alumni.forum.views.addresses import slug_for
from alumni.forum.views.blueprint import Found, page
from alumni.forum.views.deeds import sentence_of
from alumni.forum.views.page_ways import Pages, pages_around, path_of
from alumni.forum.views.poll_part import Poll, poll_on
from alumni.forum.views.post_acts import File
from alumni.profiles.queries import Byline


@dataclass(frozen=True, slots=True)
class Line:
    """A post as the page shows it; `gone` is the site's sentence where its words are not shown.

    `deed`: instead of words, what keepers did to the topic. `mine`: the reader wrote it. `may_act`: it
    has words and the reader is a member, so that things can be done with it.
    """

    id: int
    number: int
    by: Byline
    mine: bool
    html: Markup
    gone: str
    deed: Markup | None
    files: int
    waits: bool
    folded: bool
    language: str
    warning: str
    posted_at: datetime
    edited_at: datetime | None
    edits: int
    wiki: bool
    locked: bool
    helpful: int
    helped: bool
    answers: int | None
    answers_path: str
    is_answer: bool
    new: bool
    state: str
    may_act: bool
    replies: int
    may_edit: bool
    attached: Sequence[File]


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
    lines = lines_of(found, [row for row in rows if _is_there(found, row)])
    new = _first_new(thread)
    followed = following.following(thread.level, thread.why, thread.place_level)
    return Here(
        topic=thread,
        title=_("A topic that its author deleted") if thread.gone else thread.title,
        path=path_of(thread),
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


def _is_there(found: Found, row: Any) -> bool:  # noqa: ANN401
    """Whether a line stands for this post at all: posts that wait are seen by their author and by keepers alone."""
    mine = found.asker.member_id and row.author_id == found.asker.member_id
    return bool(row.state != State.WAITING or mine or found.rights.keep_order)


def lines_of(found: Found, rows: Sequence[Any]) -> list[Line]:
    """Posts as the page shows them (no query, unless one of them has files)."""
    files = post_acts.files_of([row for row in rows if row.files])
    return [_line(found, row, files.get(row.id, ())) for row in rows]


def _line(found: Found, row: Any, files: Sequence[File]) -> Line:  # noqa: ANN401
    thread, asker = found.thread, found.asker
    gone = _gone(row, keeper=found.rights.keep_order)
    by = _byline(found, row)
    mine = asker.member_id != 0 and row.author_id == asker.member_id
    return Line(
        id=row.id,
        number=row.number,
        by=by,
        mine=mine,
        html=kept("" if gone else row.html),
        gone=gone,
        deed=sentence_of(row.deed, row.about, by.called) if row.deed else None,
        files=row.files,
        waits=row.state == State.WAITING,
        folded=row.kept_away or (row.state not in {State.SHOWN, State.WAITING}),
        language=row.language,
        warning=row.warning,
        posted_at=row.posted_at,
        edited_at=row.edited_at,
        edits=row.edits,
        wiki=row.wiki,
        locked=row.locked,
        helpful=row.helpful,
        helped=row.helped,
        answers=row.answers,
        answers_path=f"{path_of(thread, row.answers)}#p{row.answers}" if row.answers else "",
        is_answer=row.id == thread.answer_id,
        new=thread.from_post >= 0 and 0 < thread.read_to < row.number and row.id > thread.from_post and not mine,
        state=row.state,
        may_act=not gone and not row.deed and asker.actor is not None,
        replies=row.replies,
        may_edit=post_acts.may_edit(found, row),
        attached=() if gone else files,
    )


def _gone(row: Any, *, keeper: bool) -> str:  # noqa: ANN401
    """The sentence that stands where a post's words are not shown; '' where they are.

    A post of somebody who keeps the reader away looks exactly like one that its author deleted.
    """
    if row.state == State.DELETED or (row.keeps_away and not keeper):
        return _("The author deleted this post.")
    if row.state in {State.HIDDEN, State.REMOVED} and not keeper:
        return _("Moderators took this post out of sight.")
    return ""


def _byline(found: Found, row: Any) -> Byline:  # noqa: ANN401
    """Whose post it is. Behind closed doors nobody is named, to nobody."""
    if found.thread.behind_doors:
        if row.deed:
            return Byline(0, _("A moderator"))
        return Byline(row.voice or 0, _("Participant %(number)s", number=row.voice or 0))
    return authors.byline(found.asker, row)
