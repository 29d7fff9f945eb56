"""Change translations: every change is a step of the draft, made on the file as it is at that moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from courses.authoring import queries as drafts
from courses.authoring import service as authoring
from courses.authoring import texts
from courses.authoring.models import StepKind
from courses.catalogue import stored
from courses.catalogue.passages.checking import fits
from courses.catalogue.passages.cutting import digest_of
from courses.catalogue.passages.pairing import State
from courses.catalogue.reader.documents import LARGEST
from courses.translating.rewriting import Edit, rewritten
from courses.translating.sheets import Files, Row, Sheet, Sheets


class NotReady(DomainError):
    """A name stands for a whole translation."""

    status = 409
    sentence = _l("Passages are missing or behind their source. Finish them first, then sign.")


class NothingThere(DomainError):
    """The file cannot be read, or is gone."""

    status = 409
    sentence = _l("This file cannot be read now. Mend it in the editor first.")


class ChangedMeanwhile(DomainError):
    """Somebody saved one of the files in the same moment."""

    status = 409
    sentence = _l(
        "Somebody changed one of these translations in the same moment. Nothing was written. Please try again."
    )


class TooLarge(DomainError):
    """A file of a course has its limit."""

    status = 422
    sentence = _l("With these words the file would be larger than a course may hold. Divide the lesson into two.")


@dataclass(frozen=True)
class Typed:
    """What a form sent for one row: the words, and the digests of the source and of the words that it had shown."""

    words: str
    source: str
    shown: str


@dataclass(frozen=True)
class Outcome:
    """What saving did.

    `disputed`: rows that somebody else changed; `unfit`: words that would break the structure; `lost`: what was typed
    for passages that are no longer there. Of these three nothing was saved.
    """

    sheet: Sheet
    changed: bool
    disputed: frozenset[str] = frozenset()
    unfit: frozenset[str] = frozenset()
    lost: Mapping[str, str] | None = None
    unsigned: bool = False

    @property
    def whole(self) -> bool:
        """Whether everything that was typed is saved."""
        return not (self.disputed or self.unfit or self.lost)


@dataclass(frozen=True)
class Place:
    """Which file of which course, in which language, and who works on it now."""

    slug: str
    original: str
    source: str
    language: str
    by: int
    now: datetime


def save(session: Session, place: Place, *, typed: Mapping[str, Typed], acts: Edit) -> Outcome:
    """Keep what was typed, each passage by itself; raise NothingThere, TooLarge."""
    sheet = _sheet(session, place)
    rows = {row.name: row for row in sheet.rows}
    wanted = {name: _tidied(rows[name], each) for name, each in typed.items() if name in rows}
    changed = {name: each for name, each in wanted.items() if _is_changed(rows[name], each)}
    disputed = frozenset(name for name, each in changed.items() if _is_disputed(rows[name], each))
    unfit = frozenset(name for name, each in changed.items() if each.words and not _fits(sheet, rows[name], each.words))
    good = {name: each.words for name, each in changed.items() if name not in disputed | unfit}
    made = {name: changed[name].source for name in good}
    still = frozenset(
        name for name in acts.still if name in rows and rows[name].pair.source.digest == wanted[name].source
    )
    edit = replace(acts, words=good, made=made, still=still)
    after = _write(session, place, sheet, edit) if _does_something(sheet, edit) else sheet
    lost = {name: each.words for name, each in typed.items() if name not in rows and each.words.strip()}
    return Outcome(after, after is not sheet, disputed, unfit, lost, bool(sheet.signed) and not after.signed)


def sign(session: Session, place: Place, *, by: Actor) -> None:
    """Put one's own name to a translation; raise NotReady while a passage is missing or behind its source."""
    sheet = _sheet(session, place)
    if sheet.here is None or sheet.counts[State.MISSING] or sheet.counts[State.STALE]:
        raise NotReady
    unsure = frozenset(row.name for row in sheet.rows if row.pair.state is State.UNSURE)
    signed = f"{by.display_name}, {place.now.date().isoformat()}"
    _write(session, place, sheet, Edit(still=unsure), signed=signed)
    subject = f"course:{place.slug}"
    record(session, actor=by, action="translation.signed", now=place.now, subject=subject, detail=sheet.path)


def sheet_now(session: Session, place: Place) -> Sheet:
    """The file beside its source as both are in the draft; raise NothingThere."""
    wanted = f"{place.source.removesuffix('.md')}.{place.language}.md"
    found = {path: drafts.file_of(session, place.slug, path) for path in (place.source, wanted)}
    files = {path: kept.content for path, kept in found.items() if kept is not None}
    sheet = Sheets(files, place.original).sheet(place.source, place.language)
    if sheet is None or (sheet.path in files and (sheet.here is None or sheet.here.keys is None)):
        raise NothingThere
    return sheet


def _sheet(session: Session, place: Place) -> Sheet:
    authoring.begin(session, slug=place.slug, now=place.now)
    return sheet_now(session, place)


def _tidied(row: Row, typed: Typed) -> Typed:
    words = texts.unified(typed.words).replace("\x00", "").replace("\ue000", "")
    words = words.strip("\n").rstrip() if row.several else " ".join(words.split())
    return Typed(words, typed.source or row.pair.source.digest, typed.shown or digest_of(""))


def _is_changed(row: Row, typed: Typed) -> bool:
    """Whether somebody typed: a form that shows what was there before others changed it changes nothing."""
    there = row.pair.text if row.several else " ".join(row.pair.text.split())
    if typed.words == there.strip("\n").rstrip():
        return False
    return typed.shown in {digest_of(there), ""} or digest_of(typed.words) != typed.shown


def _is_disputed(row: Row, typed: Typed) -> bool:
    there = digest_of(row.pair.text)
    return there not in {typed.shown, digest_of(typed.words)}


def _fits(sheet: Sheet, row: Row, words: str) -> bool:
    return row.front or fits(sheet.beside.pieces, row.place, words, quiz=sheet.beside.quiz)


def _does_something(sheet: Sheet, edit: Edit) -> bool:
    return bool(
        edit.words or edit.still or edit.left_out or edit.taken_in or (edit.leftovers and sheet.beside.body.leftovers)
    )


def _write(session: Session, place: Place, sheet: Sheet, edit: Edit, signed: str = "") -> Sheet:
    there = drafts.file_of(session, place.slug, sheet.path)
    text = texts.written(rewritten(sheet, edit, signed), there.content if there else b"")
    if len(text.encode()) > LARGEST:
        raise TooLarge
    base = there.digest if there else ""
    authoring.save(session, slug=place.slug, path=sheet.path, text=text, base=base, by=place.by, now=place.now)
    return sheet_now(session, place)


def noted_as_made(sheets: Iterable[Sheet], *, behind: bool = False) -> tuple[dict[str, str], int]:
    """What files become when passages nobody knows the source of are noted to fit it as it is; how many these are."""
    found, count = dict[str, str](), 0
    wanted = {State.UNSURE, State.STALE} if behind else {State.UNSURE}
    for sheet in sheets:
        unsure = frozenset(row.name for row in sheet.rows if row.pair.state in wanted)
        if unsure and sheet.here is not None:
            found[sheet.path] = rewritten(sheet, Edit(still=unsure), sheet.signed)
            count += len(unsure)
    return found, count


def in_manner_of(text: str, like: bytes) -> bytes:
    """A text as the bytes of a file, with the line ends and the byte order mark of the file it replaces."""
    return texts.written(text, like).encode()


def write_all(
    session: Session, *, slug: str, about: str, made: Mapping[str, str], of: Files, by: int, now: datetime
) -> bool:
    """Write files of translations, worked out from these files of the course, as one step; whether it changed anything.

    Raises ChangedMeanwhile when one of them is another now.
    """
    draft = authoring.begin(session, slug=slug, now=now)
    there = drafts.digests_of(session, slug)
    if any(there.get(path) != (stored.digest_of(of[path]) if path in of else None) for path in made):
        raise ChangedMeanwhile
    contents: dict[str, bytes | None] = {path: in_manner_of(text, of.get(path, b"")) for path, text in made.items()}
    if any(len(content) > LARGEST for content in contents.values() if content):
        raise TooLarge
    kind = StepKind.TRANSLATED
    return authoring.apply(session, draft=draft, kind=kind, about=about, contents=contents, by=by, now=now) is not None
