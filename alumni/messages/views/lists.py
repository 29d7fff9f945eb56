"""The lists: conversations, and requests of both directions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for
from flask.typing import ResponseReturnValue

from academy import db
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from academy.web.paging import row_number
from alumni.messages import boxes
from alumni.messages.boxes import PAGE, Talk
from alumni.messages.models import FROM_ME, TALKS, TO_ME
from alumni.messages.reporting import KIND
from alumni.messages.views.blueprint import bp, named, page
from alumni.profiles.queries import Byline

EXCERPT = 140


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation as a list shows it."""

    id: int
    other: Byline
    text: str
    own_words: bool
    mine: bool
    unread: int
    muted: bool
    sent_at: datetime
    url: str
    report: str


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """All conversations, the latest first."""
    found, older = _page_of(TALKS, "messages.index")
    waiting = boxes.waiting_for(db.session, signed_in_actor().id)
    return page("index", rows=found, older=older, waiting=waiting, first=bool(request.args.get("before")))


@bp.get("/requests")
@signed_in
def requests() -> ResponseReturnValue:
    """Who would like to write, and which requests of one's own wait."""
    found, older = _page_of(TO_ME, "messages.requests")
    asked = [] if request.args.get("before") else _page_of(FROM_ME, "messages.requests")[0]
    return page("requests", rows=found, asked=asked, older=older, waiting=len(found))


def _page_of(box: str, endpoint: str) -> tuple[list[Row], str]:
    before = request.args.get("before", type=row_number)
    found = boxes.talks(db.session, signed_in_actor().id, box, before)
    shown = found[:PAGE]
    older = url_for(endpoint, before=shown[-1].last_id) if len(found) > PAGE else ""
    return _rows(shown, whole=box != TALKS), older


def _rows(found: Sequence[Talk], *, whole: bool) -> list[Row]:
    names = named(*{each.other for each in found}) if found else {}
    return [_row(each, names[each.other], whole=whole) for each in found]


def _row(talk: Talk, other: Byline, *, whole: bool) -> Row:
    text = talk.text if whole else _short(talk.text)
    return Row(
        id=talk.id,
        other=other,
        text=text or _without_words(talk),
        own_words=bool(text),
        mine=talk.author_id is not None and talk.author_id != talk.other,
        unread=talk.unread,
        muted=talk.muted,
        sent_at=talk.sent_at,
        url=url_for("messages.show", number=talk.id, _anchor="newest"),
        report=url_for("moderation.report", kind=KIND, number=talk.last_id),
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1].rstrip()}…"


def _without_words(talk: Talk) -> str:
    if talk.is_deleted:
        return _("This message was deleted.")
    return _("A file") if talk.has_file else _("You can write to each other now.")
