"""Posts as the page of a topic shows them to whoever reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

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
from alumni.forum.views.addresses import page_at
from alumni.forum.views.blueprint import Found
from alumni.forum.views.deeds import sentence_of
from alumni.forum.views.page_ways import path_of
from alumni.forum.views.post_acts import File
from alumni.profiles.queries import Byline


class Around(NamedTuple):
    """What the page around a post decides of it, the same for all posts of the page.

    Whoever reads is in it only by what they may do: `member` says that they are no visitor.
    """

    topic_id: int
    path: str
    behind_doors: bool
    has_poll: bool
    member: bool
    may_reply: bool
    keeps_order: bool
    may_accept: bool


class Glance(NamedTuple):
    """How one post stands to whoever reads; `mine`: they wrote it."""

    mine: bool
    new: bool
    is_answer: bool
    may_edit: bool
    attached: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A post as the page shows it; `gone` is the site's sentence where its words are not shown.

    `deed`: instead of words, what keepers did to the topic. `may_act`: it has words and the reader is a member, so
    that things can be done with it. `plain`: its words are not folded.
    """

    id: int
    number: int
    by: Byline
    sign: str
    mine: bool
    html: Markup
    gone: str
    deed: Markup | None
    waits: bool
    language: str
    warning: str
    edits: int
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
    wiki: bool
    translates: bool


def around(found: Found) -> Around:
    """What the page of a topic decides of each of its posts."""
    thread = found.thread
    return Around(
        topic_id=thread.id,
        path=path_of(thread),
        behind_doors=thread.behind_doors,
        has_poll=thread.has_poll,
        member=found.asker.actor is not None,
        may_reply=found.rights.reply and not thread.gone,
        keeps_order=found.rights.keep_order,
        may_accept=post_acts.may_accept(found),
    )


def seen(found: Found, rows: Sequence[Any]) -> list[tuple[Any, Glance]]:
    """The posts that are there for whoever reads, and how each stands to them (no query, unless one has files)."""
    there = [row for row in rows if _is_there(found, row)]
    files = post_acts.files_of([row for row in there if row.files])
    may_edit = post_acts.editor(found)
    return [(row, _glance(found, row, tuple(files.get(row.id, ())), may_edit)) for row in there]


def _is_there(found: Found, row: Any) -> bool:  # noqa: ANN401
    """Whether a line stands for this post at all: posts that wait are seen by their author and by keepers alone."""
    return row.state != State.WAITING or found.rights.keep_order or _is_mine(found, row)


def _is_mine(found: Found, row: Any) -> bool:  # noqa: ANN401
    me = found.asker.member_id
    return me != 0 and row.author_id == me


def _glance(found: Found, row: Any, files: tuple[File, ...], may_edit: Callable[[Any], bool]) -> Glance:  # noqa: ANN401
    thread, mine = found.thread, _is_mine(found, row)
    new = thread.from_post >= 0 and 0 < thread.read_to < row.number and row.id > thread.from_post and not mine
    return Glance(mine, new, row.id == thread.answer_id, may_edit(row), files)


def lines_of(found: Found, rows: Sequence[Any]) -> list[Line]:
    """Posts as a page shows them (no query, unless one of them has files)."""
    page = around(found)
    return [line_of(page, row, glance) for row, glance in seen(found, rows)]


def line_of(page: Around, row: Any, glance: Glance) -> Line:  # noqa: ANN401  a row of the posts of a page
    """A post as the page shows it. All that this depends on, beside language and time zone, is handed in."""
    gone = _gone(row, keeper=page.keeps_order)
    by = _byline(page, row, mine=glance.mine)
    return Line(
        id=row.id,
        number=row.number,
        by=by,
        sign=digits(str(row.voice)) if page.behind_doors and row.voice else by.called[:1],
        mine=glance.mine,
        html=kept("" if gone else row.html),
        gone=gone,
        deed=sentence_of(row.deed, row.about, by.called) if row.deed else None,
        waits=row.state == State.WAITING,
        language=row.language,
        warning=row.warning,
        edits=row.edits,
        locked=row.locked,
        helpful=row.helpful,
        helped=row.helped,
        answers=row.answers,
        answers_path=f"{page_at(page.path, row.answers)}#p{row.answers}" if row.answers else "",
        mark=digits(f"#{row.number}"),
        when=teller()(row.posted_at),
        plain=row.state in {State.SHOWN, State.WAITING} and not (row.warning or row.kept_away),
        is_answer=glance.is_answer,
        new=glance.new,
        state=row.state,
        may_act=not gone and not row.deed and page.member,
        replies=row.replies,
        may_edit=glance.may_edit,
        attached=() if gone else glance.attached,
        wiki=row.wiki,
        translates=not gone and _translates(page, row),
    )


def _translates(page: Around, row: Any) -> bool:  # noqa: ANN401
    """Whether there is a way to a service that translates this post, which the reader sees."""
    if not the_settings().translate_url or row.state != State.SHOWN:
        return False
    return can_be_sent(row.language, current_code(), behind_doors=page.behind_doors)


def _gone(row: Any, *, keeper: bool) -> str:  # noqa: ANN401
    """The sentence that stands where a post's words are not shown; '' where they are.

    A post of somebody who keeps the reader away looks exactly like one that its author deleted.
    """
    if row.state == State.DELETED or (row.keeps_away and not keeper):
        return _("The author deleted this post.")
    if row.state in {State.HIDDEN, State.REMOVED} and not keeper:
        return _("Moderators took this post out of sight.")
    return ""


def _byline(page: Around, row: Any, *, mine: bool) -> Byline:  # noqa: ANN401
    """Whose post it is. Behind closed doors nobody is named, to nobody."""
    if page.behind_doors:
        if row.deed:
            return Byline(0, _("A moderator"))
        return Byline(row.voice or 0, _("Participant %(number)s", number=row.voice or 0))
    return authors.named(row, visitor=not page.member, mine=mine)
