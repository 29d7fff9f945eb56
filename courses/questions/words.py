"""How the bank speaks of what deserves a look, and what it calls a copy."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from courses.catalogue.questions import Asked
from courses.questions.rules import Flag

LONGEST_ID = 40
FLAGS: Mapping[Flag, Text] = {
    Flag.HARD: _l("Few get it right"),
    Flag.EASY: _l("Nearly all get it right"),
    Flag.NOTHING: _l("Does not tell who knows the rest"),
    Flag.AGAINST: _l("Those who know the rest get it wrong: look at its key"),
    Flag.LURE: _l("A wrong option attracts more than the right one"),
    Flag.UNUSED: _l("A wrong option attracts nobody"),
}
Q = TypeVar("Q", bound=Asked)


def with_free_id(question: Q, taken: Collection[str]) -> Q:
    """The question under its own id, or under one like it that nobody has."""
    made, turn = question.id, 2
    while made in taken:
        made, turn = f"{question.id[: LONGEST_ID - 3]}-{turn}", turn + 1
    return replace(question, id=made)
