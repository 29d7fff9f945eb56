"""What the page of a conversation shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from academy import clock, db
from academy.i18n import file_size
from academy.web.paging import row_number
from alumni.messages import origins, people, queries, rules
from alumni.messages.forms import MessageForm
from alumni.messages.models import ASKED
from alumni.messages.people import RANKS
from alumni.messages.queries import MESSAGES, Said, Thread
from alumni.messages.reporting import KIND
from alumni.messages.rules import Between
from alumni.messages.views.blueprint import named, page


@dataclass(frozen=True, slots=True)
class File:
    """The file of a message."""

    url: str
    size: str
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A message as the page shows it; `site` is the site's own words where nobody wrote it."""

    id: int
    mine: bool
    new: bool
    html: Markup
    site: str
    deleted: bool
    sent_at: datetime
    file: File | None
    may_delete: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a conversation stands for whoever reads it."""

    rank: str
    goes_on: bool
    to_answer: bool
    waits: bool
    goes_at: datetime | None


def standing_of(thread: Thread, now: datetime) -> Standing:
    """What whoever asks can do in this conversation (one or two queries)."""
    rank = people.rank_of(db.session, thread.other, thread.me)
    staff = bool(rank) or (thread.minor and bool(people.rank_of(db.session, thread.me, thread.other)))
    goes_on = rules.goes_on(Between(thread.state, thread.there, thread.apart, thread.minor, staff))
    return Standing(
        rank=str(RANKS[rank]) if rank else "",
        goes_on=goes_on,
        to_answer=thread.state == ASKED and thread.asked_by != thread.me,
        waits=rules.waits_for(thread.state, thread.asked_by, thread.me),
        goes_at=rules.goes_on_day(thread.last_at, now),
    )


def shown(thread: Thread, form: MessageForm | None = None, status: int = 200) -> ResponseReturnValue:
    """The page, with what was typed where something has to be corrected."""
    now = clock.now()
    before = request.args.get("before", type=row_number) if request.method != "POST" else None
    found = queries.messages_before(db.session, thread, before)
    on_page = found[:MESSAGES]
    if form is None:
        form = MessageForm()
        form.begin(thread.draft)
    return page(
        "show",
        status,
        thread=thread,
        other=named(thread.other)[thread.other],
        standing=standing_of(thread, now),
        lines=_lines(thread, on_page, now, newest=before is None),
        older=url_for("messages.show", number=thread.id, before=on_page[-1].id) if len(found) > MESSAGES else "",
        newest=url_for("messages.show", number=thread.id, _anchor="newest") if before else "",
        form=form,
        reports={each.id: _report_of(each) for each in on_page if each.author_id == thread.other},
    )


def _report_of(each: Said) -> str:
    return url_for("moderation.report", kind=KIND, number=each.id)


def _lines(thread: Thread, found: Sequence[Said], now: datetime, *, newest: bool) -> list[Line]:
    left = thread.unread if newest else 0
    lines: list[Line] = []
    for each in found:
        new = left > 0 and each.author_id != thread.me
        left -= new
        lines.append(line_of(each, reader=thread.me, origin=thread.origin, new=new, now=now))
    return lines[::-1]


def line_of(each: Said, *, reader: int, origin: str, now: datetime, new: bool = False) -> Line:
    """A message as this reader sees it."""
    mine = each.author_id == reader
    return Line(
        id=each.id,
        mine=mine,
        new=new,
        html=Markup("" if each.is_deleted else each.html),  # noqa: S704  kept as the members' renderer made it
        site=origins.sentence_of(origin) if each.author_id is None else "",
        deleted=each.is_deleted,
        sent_at=each.sent_at,
        file=_file(each),
        may_delete=mine and not each.is_deleted and rules.may_take_back(each.sent_at, now),
    )


def _file(each: Said) -> File | None:
    if each.media_type is None or each.size is None or each.is_deleted:
        return None
    url = url_for("messages.file", number=each.id)
    return File(url, file_size(each.size), each.media_type.startswith("image/"))
