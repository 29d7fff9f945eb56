"""All that changes between what learners read and the draft, as the page of publishing lists it."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import current_code, file_size, language_of, reading_order
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from courses.authoring.problems import problems
from courses.catalogue.content import GUIDE
from courses.catalogue.reader.faults import Fault
from courses.catalogue.staff import teaches
from courses.publishing import difference, impact, words
from courses.publishing.difference import FileChange, Gap, Line, State
from courses.publishing.rules import departures, rule_changes, stale
from courses.publishing.sides import Side
from courses.publishing.words import RuleWords, rule_words

MOST_LINES, MOST_IN_ALL = 120, 600


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in the list of what changes; `lines` are there where they are few enough to be shown at once."""

    path: str
    title: str
    old_path: str
    state: str
    tone: str
    facts: tuple[str, ...]
    url: str
    lines: tuple[Line | Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultRow:
    """Something that must be mended first, and where."""

    path: str
    line: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class DepartureRow:
    """A lesson that moves or ends, and what happens to what learners did there."""

    title: str
    moved: bool
    records: int
    to: str = ""


def file_rows(old: Side | None, new: Side) -> list[FileRow]:
    """Every file that differs between two sides."""
    before, left = old.files if old else {}, MOST_IN_ALL
    rows = []
    for change in difference.between(before, new.files, new.course.moved):
        row = _file_row(change, old, new, left)
        left -= len(row.lines)
        rows.append(row)
    return rows


def _file_row(change: FileChange, old: Side | None, new: Side, left: int) -> FileRow:
    was, now = (old.files.get(change.old) if old else None), new.files.get(change.new)
    state, tone = words.FILES[change.state]
    url = compare_url(new.course.slug, old.name if old else "0", new.name, change.path)
    renamed = change.old if change.state is State.RENAMED else ""
    side = new if change.new or old is None else old
    title = title_of_file(side, change.path)
    if not all(difference.is_text(content) for content in (was, now) if content is not None):
        size = file_size(len(now if now is not None else was or b""))
        return FileRow(change.path, title, renamed, str(state), tone, (size,), url)
    before, after = difference.text_of(was), difference.text_of(now)
    facts = tuple(words.lines_changed(*difference.counts(before, after)))
    shown = difference.lines(before, after) if change.state in {State.CHANGED, State.RENAMED} else []
    few = 0 < len(shown) <= min(MOST_LINES, left) and not change.same_bytes
    return FileRow(change.path, title, renamed, str(state), tone, facts, url, tuple(shown) if few else ())


def title_of_file(side: Side, path: str) -> str:
    """What a file is about, in its own words; '' where it has none."""
    found = side.key_of(path)
    if found is None:
        return ""
    key, language = found
    course = side.course
    if not key:
        title = course.texts[language].title
    elif key == GUIDE:
        title = course.guide[language].title
    elif key.endswith("/"):
        title = next(each.texts[language].title for each in course.modules if each.slug == key[:-1])
    else:
        lesson = course.lesson(key)
        title = lesson.texts[language].title if lesson else ""
    return (
        title
        if language == course.language
        else _("%(title)s (%(language)s)", title=title, language=language_of(language).own_name)
    )


def compare_url(slug: str, old: str, new: str, path: str = "") -> str:
    """Where two sides, or one file of both, stand side by side."""
    if not path:
        return url_for("publishing.compare", slug=slug, old=old, new=new)
    return url_for("publishing.compare_file", slug=slug, path=path, old=old, new=new)


def fault_rows(slug: str, faults: tuple[Fault, ...]) -> list[FaultRow]:
    """Everything that must be mended before the draft can be published, with links to the lines."""
    rows = []
    for fault, problem in zip(faults, problems(faults), strict=True):
        path = fault.path.partition("/")[2]
        rows.append(FaultRow(path, fault.line, problem.text, _text_url(slug, path, fault.line)))
    return rows


def _text_url(slug: str, path: str, line: int | None = None) -> str:
    """Where a file of the draft is written, or its page for those who only review."""
    if not teaches(signed_in_actor(), slug):
        return url_for("authoring.preview", slug=slug, path=path)
    return url_for("authoring.edit", slug=slug, path=path, line=line, _anchor="source" if line else None)


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom a new edition concerns and how."""

    figures: list[impact.Figure]
    stricter: list[RuleWords]
    looser: list[RuleWords]
    departures: list[DepartureRow]
    stale: list[tuple[str, str, str]]

    def rows(self, stricter: bool) -> list[tuple[str, str, str, str]]:
        """The rules that become stricter, or looser, as rows of a table."""
        found = self.stricter if stricter else self.looser
        return [(each.what, each.before, each.after, each.effect) for each in found]

    @property
    def anything(self) -> bool:
        """Whether there is anything to say."""
        return any((self.figures, self.stricter, self.looser, self.departures, self.stale))


def affected(session: Session, old: Side | None, new: Side) -> Affected:
    """What another edition does to learners, to what they did, and to translations."""
    if old is None:
        return Affected([], [], [], [], [])
    slug, languages = new.course.slug, reading_order(current_code())
    changes = rule_changes(old.course, new.course)
    gone = departures(old.course, new.course)
    records = impact.records_in(session, slug, [each.lesson.key for each in gone])
    return Affected(
        [*impact.figures_of(session, slug), *impact.changes_of(session, old.course, new.course)],
        [rule_words(each) for each in changes if each.stricter],
        [rule_words(each) for each in changes if not each.stricter],
        [
            DepartureRow(each.lesson.text(*languages).title, bool(each.new), records[each.lesson.key], each.new)
            for each in gone
        ],
        [
            (each.title, language_of(each.language).own_name, _text_url(slug, each.path))
            for each in stale(old.course, new.course)
        ],
    )
