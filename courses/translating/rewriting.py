"""What a file of a translation becomes: words in their places, what it remembers of its source, who signed it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from courses.authoring import front
from courses.authoring.front import Value
from courses.catalogue.passages import memory
from courses.catalogue.passages.completing import composed
from courses.catalogue.passages.cutting import digest_of
from courses.catalogue.passages.pairing import Pairing, State
from courses.catalogue.reader import reviews
from courses.catalogue.reader.front_matter import Node
from courses.catalogue.reader.translations import bare
from courses.translating.sheets import Row, Sheet

EMPTY = "---\n---\n"


@dataclass(frozen=True)
class Edit:
    """What somebody did to rows, by their names.

    `words`: typed, '' takes a translation away; `made`: the digest of the source they were made from, where it is not
    the one there now; `still` fit the source as it is; `left_out` and `taken_in` are not needed, or needed after all.
    `leftovers`: those without a source that may go, by their place.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    still: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    taken_in: frozenset[str] = frozenset()
    leftovers: frozenset[int] = frozenset()


def rewritten(sheet: Sheet, edit: Edit, signed: str = "") -> str:
    """The whole file after an edit; `signed` puts a name to it, without one it loses the name it had."""
    rows = [_after(row, edit) for row in sheet.rows]
    text = sheet.head if sheet.here else EMPTY
    keys: dict[str, Value | None] = dict(_front(sheet, rows))
    keys[reviews.KEY] = signed or None
    keys[memory.KEY] = list(dict.fromkeys(filter(None, map(_remembered, rows)))) or None
    head = front.with_keys(text, {key: value for key, value in keys.items() if value is not None or _has(sheet, key)})
    return head.rstrip("\n") + "\n" + _body(sheet, rows, edit)


def _has(sheet: Sheet, key: str) -> bool:
    return sheet.here is not None and key in (sheet.here.keys or {})


@dataclass(frozen=True, slots=True)
class _After:
    """A row as it will be: its state, its words, the digest of the source they were made from."""

    row: Row
    state: State
    words: str
    made_from: str


def _after(row: Row, edit: Edit) -> _After:
    pair, name = row.pair, row.name
    typed = edit.words.get(name)
    if typed is not None:
        made = edit.made.get(name, pair.source.digest)
        state = State.DONE if made == pair.source.digest else State.STALE
        return _After(row, state, typed, made) if typed else _After(row, State.MISSING, "", "")
    if name in edit.left_out:
        return _After(row, State.LEFT_OUT, "", "")
    if name in edit.taken_in and pair.state is State.LEFT_OUT:
        return _After(row, State.MISSING, "", "")
    if name in edit.still and pair.target is not None:
        return _After(row, State.DONE, pair.target.text, pair.source.digest)
    return _After(row, pair.state, pair.text, pair.made_from)


def _remembered(after: _After) -> str:
    source = after.row.pair.source.digest
    match after.state:
        case State.MISSING:
            return memory.entry(source)
        case State.LEFT_OUT:
            return memory.entry(source, memory.NOWHERE)
        case State.UNSURE:
            return ""
        case _:
            return memory.entry(after.made_from, digest_of(after.words))


def _body(sheet: Sheet, rows: Iterable[_After], edit: Edit) -> str:
    inside = [after for after in rows if not after.row.front]
    pairs = tuple(
        replace(
            after.row.pair, target=None if after.state is State.LEFT_OUT else after.row.pair.target, state=after.state
        )
        for after in inside
    )
    words = {after.row.place: after.words for after in inside if after.words and after.words != after.row.pair.text}
    kept = tuple(each for place, each in enumerate(sheet.beside.body.leftovers) if place not in edit.leftovers)
    return composed(sheet.beside.pieces, Pairing(pairs, kept), words, quiz=sheet.beside.quiz).body


def _front(sheet: Sheet, rows: Iterable[_After]) -> dict[str, Value]:
    """The keys of the front matter whose words changed, whole: a list is written anew when one item of it changes."""
    texts = {after.row.name: after.words or after.row.pair.source.text for after in rows if after.row.front}
    before = {row.name: row.pair.target.text if row.pair.target else None for row in sheet.rows if row.front}
    changed = {name.partition("/")[0] for name, text in texts.items() if text != before[name]}
    there, here = sheet.there.keys or {}, (sheet.here.keys or {}) if sheet.here else {}
    made: dict[str, Value] = {} if sheet.here or "kind" not in there else {"kind": str(there["kind"].value)}
    makers = {"outcomes": _outcomes, "certificate": _certificate, "rubric": _rubric}
    for key in ("title", "summary", *makers):
        if key in changed:
            made[key] = makers[key](texts, there, here) if key in makers else texts[key]
    return made


def _outcomes(texts: Mapping[str, str], _there: Mapping[str, Node], here: Mapping[str, Node]) -> Value:
    made = [text for name, text in texts.items() if name.startswith("outcomes/")]
    known = bare(here["outcomes"]) if "outcomes" in here else []
    return made + [str(each) for each in (known if isinstance(known, list) else [])[len(made) :]]


def _certificate(texts: Mapping[str, str], _there: Mapping[str, Node], here: Mapping[str, Node]) -> Value:
    known = bare(here["certificate"]) if "certificate" in here else {}
    return {**(known if isinstance(known, dict) else {}), "title": texts["certificate/title"]}


def _rubric(texts: Mapping[str, str], there: Mapping[str, Node], _here: Mapping[str, Node]) -> Value:
    criteria = bare(there["rubric"])
    return [_translated(each, f"rubric/{each['id']}", texts) for each in criteria] if isinstance(criteria, list) else []


def _translated(thing: Mapping[str, Value], name: str, texts: Mapping[str, str]) -> Value:
    """A criterion or a level in translated words; ids and points stay."""
    made: dict[str, Value] = {key: texts.get(f"{name}/{key}", value) for key, value in thing.items()}
    levels = thing.get("levels")
    if isinstance(levels, list):
        made["levels"] = [
            _translated(each, f"{name}/levels/{each['points']}", texts) for each in levels if isinstance(each, dict)
        ]
    return made
