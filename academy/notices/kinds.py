"""The kinds of notices: features register what they tell of, in which words, and how by default."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from academy import i18n
from academy.i18n import Text
from academy.notices.models import DAILY, Notice
from academy.people.models import Member

Values = Mapping[str, object]
Fill = Callable[[Session, int, Sequence[Notice]], Mapping[int, Values]]


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What a letter of its own carries beside the sentence: words, and headers such as Reply-To."""

    words: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `title` names it on the page of choices; `sentence` is what is told, with `%(name)s` for each value.

    A sentence that needs plural forms or dates is a function of the values, called in the reader's language; it also
    gets `times`. `fill` adds values that are read anew whenever notices are shown to a member, by the notice's number:
    titles as they are now. A notice it does not answer for no longer holds: no letter tells of it, and a page says it
    without those values. `enclose` says what a letter about one notice carries. `hint` explains the kind where it is
    chosen.
    """

    name: str
    title: Text
    sentence: Text | Callable[[Values], str]
    on_site: bool = True
    mail: str = DAILY
    fill: Fill | None = None
    enclose: Callable[[Session, Member, Notice], Enclosed] | None = None
    hint: Text = ""


def add(kind: Kind) -> None:
    """Let notices of this kind be told in the application being built."""
    all_kinds()[kind.name] = kind


def all_kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order of registration."""
    return cast("dict[str, Kind]", current_app.extensions.setdefault("academy.notices", {}))


def sentence_of(kind: str, values: Values) -> str:
    """What a notice says, in the language of the context; '' for a kind that exists no more."""
    known = all_kinds().get(kind)
    if known is None:
        return ""
    if callable(known.sentence):
        return cast("str", known.sentence(values))
    return str(known.sentence) % {name: _shown(value) for name, value in values.items()}


def filled(session: Session, member_id: int, notices: Sequence[Notice]) -> dict[int, Values]:
    """The values of those of one member's notices that still hold, by the notice's number."""
    found: dict[int, Values] = {}
    for name, some in groupby(sorted(notices, key=lambda each: each.kind), key=lambda each: each.kind):
        theirs, kind = list(some), all_kinds().get(name)
        fill = kind.fill if kind else None
        more = fill(session, member_id, theirs) if fill else {each.id: {} for each in theirs}
        found |= {each.id: _all_of(each, more[each.id]) for each in theirs if each.id in more}
    return found


def sentences_of(session: Session, member_id: int, notices: Sequence[Notice]) -> list[str]:
    """What these notices of one member say now, in the language of the context."""
    values = filled(session, member_id, notices)
    return [sentence_of(each.kind, values.get(each.id) or _all_of(each, {})) for each in notices]


def _all_of(notice: Notice, more: Values) -> Values:
    return {"times": notice.times, **notice.values, **more}


def _shown(value: object) -> object:
    return i18n.number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
