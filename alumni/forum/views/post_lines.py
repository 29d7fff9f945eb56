"""Posts as the page of a topic shows them to whoever reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from academy.current import the_settings
from academy.i18n import current_code, digits
from academy.i18n import gettext as _
from academy.markdown import kept
from academy.moments import teller
from alumni.forum.topics import authors
from alumni.forum.topics.models import State
from alumni.forum.topics.translating import can_be_sent
from alumni.forum.views import post_acts
from alumni.forum.views.blueprint import Found
from alumni.forum.views.deeds import sentence_of
from alumni.forum.views.page_ways import path_of
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
    language: str
    warning: str
    edited_at: datetime | None
    edits: int
    wiki: bool
    locked: bool
    helpful: int
    helped: bool
    answers: int | None
    answers_path: str
    mark: str
    when: Markup
    plain: bool
    is_answer: bool
    new: bool
    state: str
    may_act: bool
    replies: int
    may_edit: bool
    attached: Sequence[File]
    translates: bool


def _is_there(found: Found, row: Any) -> bool:  # noqa: ANN401
    """Whether a line stands for this post at all: posts that wait are seen by their author and by keepers alone."""
    mine = found.asker.member_id and row.author_id == found.asker.member_id
    return bool(row.state != State.WAITING or mine or found.rights.keep_order)


def lines_of(found: Found, rows: Sequence[Any]) -> list[Line]:
    """Posts as the page shows them (no query, unless one of them has files)."""
    there = [row for row in rows if _is_there(found, row)]
    files, tell = post_acts.files_of([row for row in there if row.files]), teller()
    return [_line(found, row, tuple(files.get(row.id, ())), tell) for row in there]


def _line(found: Found, row: Any, files: Sequence[File], tell: Callable[[datetime], Markup]) -> Line:  # noqa: ANN401
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
        language=row.language,
        warning=row.warning,
        edited_at=row.edited_at,
        edits=row.edits,
        wiki=row.wiki,
        locked=row.locked,
        helpful=row.helpful,
        helped=row.helped,
        answers=row.answers,
        answers_path=f"{path_of(thread, row.answers)}#p{row.answers}" if row.answers else "",
        mark=digits(f"#{row.number}"),
        when=tell(row.posted_at),
        plain=row.state in {State.SHOWN, State.WAITING} and not (row.warning or row.kept_away),
        is_answer=row.id == thread.answer_id,
        new=thread.from_post >= 0 and 0 < thread.read_to < row.number and row.id > thread.from_post and not mine,
        state=row.state,
        may_act=not gone and not row.deed and asker.actor is not None,
        replies=row.replies,
        may_edit=post_acts.may_edit(found, row),
        attached=() if gone else files,
        translates=not gone and _translates(found, row),
    )


def _translates(found: Found, row: Any) -> bool:  # noqa: ANN401
    """Whether there is a way to a service that translates this post, which the reader sees."""
    if not the_settings().translate_url or row.state != State.SHOWN:
        return False
    return can_be_sent(row.language, current_code(), behind_doors=found.thread.behind_doors)


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
