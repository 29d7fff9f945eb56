"""What comes back from translators, put in its place passage by passage, with a report of what could not be. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from courses.catalogue.passages.checking import fits
from courses.catalogue.passages.cutting import digest_of
from courses.catalogue.passages.pairing import State
from courses.translating.rewriting import Edit, rewritten
from courses.translating.sheets import Row, Sheet, Sheets
from courses.translating.xliff import FINISHED, UNTRANSLATED, Unit

ALIKE = 0.6
MOST_COMPARED = 4000


@dataclass
class Report:
    """What became of the passages of a file. Names of passages: file and row; `files`: what is to be written."""

    taken: int = 0
    same: int = 0
    empty: int = 0
    behind: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


@dataclass
class _Arrived:
    """What is to be done to one sheet."""

    sheet: Sheet
    words: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    still: set[str] = field(default_factory=set)


def arrive(sheets: Sheets, language: str, units: Iterable[Unit]) -> Report:
    """Work out what each file of a translation becomes with these passages."""
    report, places = Report(), dict[str, _Arrived]()
    for unit in units:
        sheet = places[unit.original].sheet if unit.original in places else sheets.sheet(unit.original, language)
        if sheet is None:
            report.unknown.append(_named(unit))
        else:
            _take(places.setdefault(unit.original, _Arrived(sheet)), unit, report)
    for arrived in places.values():
        if arrived.words or arrived.still:
            edit = Edit(arrived.words, arrived.made, frozenset(arrived.still))
            report.files[arrived.sheet.path] = rewritten(arrived.sheet, edit)
    return report


def _named(unit: Unit) -> str:
    return f"{unit.original[:120]} · {unit.name[:80]}"


def _take(arrived: _Arrived, unit: Unit, report: Report) -> None:
    row = _row_of({row.name: row for row in arrived.sheet.rows}, unit)
    if row is None:
        report.unknown.append(_named(unit))
        return
    text = unit.target.replace("\r\n", "\n").replace("\x00", "").replace("\ue000", "")
    words = text.strip("\n").rstrip() if row.several else " ".join(text.split())
    if not words or unit.state in UNTRANSLATED:
        report.empty += 1
    elif digest_of(words) == digest_of(row.pair.text) and row.pair.state is not State.MISSING:
        _confirm(arrived, row, unit, report)
    elif not (row.front or fits(arrived.sheet.beside.pieces, row.place, words, quiz=arrived.sheet.beside.quiz)):
        report.refused.append(_named(unit))
    else:
        report.taken += 1
        arrived.words[row.name], arrived.made[row.name] = words, digest_of(unit.source)
        if digest_of(unit.source) != row.pair.source.digest:
            report.behind.append(_named(unit))


def _confirm(arrived: _Arrived, row: Row, unit: Unit, report: Report) -> None:
    """The same words: a translator who calls them finished says that they fit the source that was sent."""
    wanted = row.pair.state in {State.STALE, State.UNSURE} and unit.state in FINISHED
    if wanted and digest_of(unit.source) == row.pair.source.digest:
        arrived.still.add(row.name)
        report.taken += 1
    else:
        report.same += 1


def _row_of(rows: Mapping[str, Row], unit: Unit) -> Row | None:
    """The row a passage belongs to: by its name, by its source's words, or by a source much like it."""
    if unit.name in rows:
        return rows[unit.name]
    source = digest_of(unit.source)
    same = next((row for row in rows.values() if row.pair.source.digest == source), None)
    if same is not None or len(unit.source) > MOST_COMPARED:
        return same
    likeness = {name: _likeness(row.pair.source.text, unit.source) for name, row in rows.items() if not row.front}
    best = max(likeness, key=lambda name: likeness[name], default="")
    return rows[best] if best and likeness[best] >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
