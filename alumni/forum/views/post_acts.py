"""What a reader can do with a post, and its files: what the page of a topic knows of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from academy import clock, db
from academy.i18n import file_size
from academy.i18n import gettext as _
from alumni.forum.order.reporting import KIND
from alumni.forum.topics import attachments
from alumni.forum.topics import editing_rules as rules
from alumni.forum.topics.editing_rules import Editor, Piece
from alumni.forum.views.blueprint import Found


@dataclass(frozen=True, slots=True)
class File:
    """A file of a post as the page shows it."""

    id: int
    name: str
    is_picture: bool
    weight: str


def words() -> dict[str, str]:
    """What stands under every post, looked up once a page."""
    return {
        "post": url_for("forum.permalink", number=0).removesuffix("0"),
        "report": url_for("moderation.report", kind=KIND, number=0).removesuffix("0"),
        "polls": url_for("forum.ask", number=0).removesuffix("0"),
        "order": url_for("forum.judge", number=0).rpartition("0")[2],
        "add_poll": _("Add a poll"),
        "helpful": _("Helpful"),
        "quote": _("Quote"),
        "translate": _("Translate"),
        "reply": _("Reply"),
        "more": _("More…"),
        "edit": _("Change"),
        "files": _("Files"),
        "accept": _("This is the answer"),
        "no_answer": _("No longer the answer"),
        "history": _("What it said before"),
        "link": _("Permanent link"),
        "to_report": _("Report"),
        "delete": _("Delete"),
        "look_after": _("Look after this post"),
    }


def may_accept(found: Found) -> bool:
    """Whether whoever asks decides which post is the answer."""
    mine = found.asker.member_id != 0 and found.thread.begun_by == found.asker.member_id
    return found.rights.keep_order or (mine and found.rights.reply)


def editor(found: Found) -> Callable[[Any], bool]:
    """What says of the rows of a page whether the way to change them is shown.

    For newcomers the page behind it says when it is too late.
    """
    if found.asker.actor is None:
        return lambda _row: False
    whoever, now = Editor(found.asker.member_id, found.rights.reply, keeps_order=found.rights.keep_order), clock.now()

    def may_edit(row: Any) -> bool:  # noqa: ANN401  a row of the posts of a page
        piece = Piece(row.author_id, row.state, row.locked, row.wiki, row.posted_at, row.deed)
        return rules.may_edit(whoever, piece, now)

    return may_edit


def files_of(rows: Sequence[Any]) -> dict[int, list[File]]:
    """The files of these posts (one query, none without posts)."""
    if not rows:
        return {}
    found = attachments.files_of(db.session, [row.id for row in rows])
    return {
        post_id: [File(each.id, each.name, each.is_picture, file_size(each.size)) for each in files]
        for post_id, files in found.items()
    }
