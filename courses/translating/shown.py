"""Sheets and languages as the pages show them: words, chips, what changed in a source, terms that occur."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import long_date
from courses.catalogue.passages.cutting import Passage, Shape, digest_of
from courses.catalogue.passages.pairing import State
from courses.catalogue.reader.bodies import MENTION
from courses.publishing.difference import Gap, Line, lines
from courses.translating import queries
from courses.translating.sheets import Row, Sheet, Sheets
from courses.translating.words import LOSSES, STATES, part_of

Terms = Mapping[str, str]
MOST_TERMS = 6
BREAKS = re.compile(r"  \n|\n[ \t]*(?:\n|:|\{)")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a sheet. `words` stand in the field; `was` tells the form's next sender what it showed."""

    number: int
    name: str
    part: str
    chip: tuple[str, str]
    source: str
    words: str
    was: str
    state: State
    several: bool
    losses: list[str]
    terms: list[tuple[str, str]]
    changes: list[Line | Gap]
    gone: bool
    error: str = ""
    theirs: str = ""

    @property
    def can_be_left_out(self) -> bool:
        """Whether a text is whole without it: a paragraph may be said elsewhere, a heading or an option may not."""
        alone = "/" not in self.name and not MENTION.search(self.source)
        return self.several and alone and self.state is State.MISSING

    @property
    def lines(self) -> int:
        """How high its field is."""
        longest = max(self.source, self.words, key=len)
        return min(24, 1 + longest.count("\n") + len(longest) // 60)


@dataclass(frozen=True)
class Refusals:
    """What could not be saved: the words by the row's name, why, and what others wrote there."""

    words: Mapping[str, str]
    errors: Mapping[str, str]


NONE = Refusals({}, {})


def rows_of(session: Session, slug: str, sheet: Sheet, terms: tuple[Terms, Terms], refused: Refusals) -> list[ShownRow]:
    """All rows of a sheet, for those that are behind with what changed in the source since."""
    wanted = {row.pair.made_from for row in sheet.rows if row.pair.state is State.STALE}
    before = queries.earlier_words(session, slug, sheet.source, wanted)
    return [
        _shown(number, row, before.get(row.pair.made_from, ""), terms, refused)
        for number, row in enumerate(sheet.rows, start=1)
    ]


def _shown(number: int, row: Row, before: str, terms: tuple[Terms, Terms], refused: Refusals) -> ShownRow:
    pair, name = row.pair, row.name
    words, tone = STATES[pair.state]
    stale = pair.state is State.STALE
    error = refused.errors.get(name, "")
    return ShownRow(
        number=number,
        name=name,
        part=part_of(row),
        chip=(str(words), tone),
        source=_flowing(pair.source, pair.source.text),
        words=refused.words.get(name, pair.text),
        was=was_of(row),
        state=pair.state,
        several=row.several,
        losses=[str(LOSSES[loss]) for loss in row.losses],
        terms=_terms_in(pair.source.text, *terms),
        changes=lines(_flowing(pair.source, before), _flowing(pair.source, pair.source.text))
        if stale and before
        else [],
        gone=stale and not before,
        error=error,
        theirs=pair.text if error and name in refused.words else "",
    )


def _flowing(passage: Passage, text: str) -> str:
    """Running text without the line breaks of its file; lists, tables and the like keep theirs."""
    running = passage.shape in {Shape.PARAGRAPH, Shape.FOOTNOTE} and not BREAKS.search(text)
    return " ".join(text.split()) if running else text


def was_of(row: Row) -> str:
    """What a form says it showed: the source's words and the translation's, both by their digests."""
    return f"{row.pair.source.digest}:{digest_of(row.pair.text)}"


def _terms_in(text: str, there: Terms, here: Terms) -> list[tuple[str, str]]:
    """The glossary's terms that a source uses, each as the translation's glossary has it, else with its meaning."""
    found = [term for term in there if re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text)]
    ours, theirs = list(here), list(there)
    matched = ours if len(ours) == len(theirs) else []
    return [(term, matched[theirs.index(term)] if matched else there[term]) for term in found[:MOST_TERMS]]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A file in the list of a language."""

    title: str
    kind: str
    url: str
    counts: Mapping[State, int]
    words_left: int
    begun: bool
    readable: bool
    signed: str
    shown: bool


def url_of(slug: str, language: str) -> str:
    """Where a language of a course is looked after."""
    return url_for("translating.language", slug=slug, code=language)


def state_of(row: Row) -> dict[str, object]:
    """How a row stands, for the script that saved it."""
    words, tone = STATES[row.pair.state]
    return {"was": was_of(row), "state": str(words), "tone": tone, "losses": [str(LOSSES[loss]) for loss in row.losses]}


def sheet_rows(slug: str, language: str, sheets: Iterable[Sheet]) -> list[SheetRow]:
    """The files of a course in one language."""
    return [
        SheetRow(
            sheet.title,
            _kind(sheet.source),
            url_for("translating.sheet", slug=slug, code=language, path=sheet.source),
            sheet.counts,
            sheet.words_left,
            sheet.here is not None,
            sheet.here is None or sheet.here.keys is not None,
            _signature(sheet),
            sheet.here is not None and sheet.beside.begun,
        )
        for sheet in sheets
    ]


def _kind(source: str) -> str:
    """What a file is when it is no lesson: a module may have the title of its first lesson."""
    if source == "course.md":
        return _("Course page")
    return _("Module") if source.endswith("/module.md") else ""


def _signature(sheet: Sheet) -> str:
    name, _, day = sheet.signed.rpartition(", ")
    return f"{name} · {long_date(date.fromisoformat(day))}" if sheet.vouched and name else ""


def terms_of(sheets: Sheets, glossaries: Mapping[str, Terms], language: str) -> tuple[Terms, Terms]:
    """The glossary of the source and that of a language."""
    return glossaries.get(sheets.original, {}), glossaries.get(language, {})
