"""The kinds of notices: features register what they tell of, in which words, and how by default."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from flask import current_app

from academy import i18n
from academy.i18n import Text
from academy.notices.models import DAILY

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `title` names it on the page of choices; `sentence` is what is told, with `%(name)s` for each value.

    A sentence that needs plural forms or dates is a function of the values, called in the reader's language.
    """

    name: str
    title: Text
    sentence: Text | Callable[[Values], str]
    on_site: bool = True
    mail: str = DAILY


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


def _shown(value: object) -> object:
    return i18n.number(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
