"""The library: find a course's live edition and its rendered pages. Editions never change, so a process keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from courses.catalogue.content import Course, Lesson, Status
from courses.catalogue.models import CourseRecord, Edition, EditionFile, EditionPage, StoredFile
from courses.catalogue.reader.course import read_course

MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class Measure:
    """What one rendered page weighs: reading time in minutes, size in bytes."""

    minutes: int
    size: int


@dataclass(frozen=True)
class Shelf:
    """What an edition says, read once per process."""

    course: Course
    measures: Mapping[tuple[str, str], Measure]

    def measure(self, key: str, languages: Sequence[str]) -> Measure:
        """The weight of a lesson in the first of these languages it exists in."""
        found = (self.measures.get((key, language)) for language in (*languages, self.course.language))
        return next((each for each in found if each), Measure(0, 0))


@dataclass(frozen=True)
class LiveCourse:
    """A course with one of its editions: the one readers see, unless another was asked for by number."""

    slug: str
    status: Status
    edition_id: int
    edition_number: int
    published_at: datetime
    shelf: Shelf

    @property
    def course(self) -> Course:
        """The course as this edition describes it."""
        return self.shelf.course

    @cached_property
    def lessons(self) -> Mapping[str, Lesson]:
        """Every lesson by its key, in order."""
        return {lesson.key: lesson for lesson in self.course.lessons}

    def minutes(self, languages: Sequence[str]) -> int:
        """Reading time of all lessons in minutes."""
        return sum(self.shelf.measure(key, languages).minutes for key in self.lessons)

    def size(self, languages: Sequence[str]) -> int:
        """Bytes of all lessons' texts and the pictures of the course."""
        pictures = sum(media.size for media in self.course.media.values())
        return pictures + sum(self.shelf.measure(key, languages).size for key in self.lessons)


@dataclass(frozen=True, slots=True)
class QuestionHtml:
    """A question's words, rendered. `items` and `feedback` stand in the order of the file."""

    prompt: Markup
    detail: Markup
    explanation: Markup
    items: tuple[Markup, ...]
    feedback: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson as it is shown: rendered text in the best language there is for its reader."""

    language: str
    html: Markup
    extras: Mapping[str, Any]
    minutes: int
    words: int


_shelves: dict[tuple[int, str], Shelf] = {}
_lock = Lock()

_LIVE = select(
    CourseRecord.slug,
    CourseRecord.status,
    Edition.id.label("edition_id"),
    Edition.number,
    Edition.digest,
    Edition.published_at,
)
_LIVE_ONES = _LIVE.join(Edition, Edition.id == CourseRecord.edition_id)
_LIVE_ONE = _LIVE_ONES.where(CourseRecord.slug == bindparam("slug"))
_NUMBERED = _LIVE.join(Edition, Edition.course_slug == CourseRecord.slug).where(
    CourseRecord.slug == bindparam("slug"), Edition.number == bindparam("number")
)
_FILES = (
    select(EditionFile.path, StoredFile.content)
    .join(StoredFile, StoredFile.digest == EditionFile.digest)
    .where(EditionFile.edition_id == bindparam("edition_id"))
)
_MEASURES = select(EditionPage.key, EditionPage.language, EditionPage.minutes, EditionPage.size).where(
    EditionPage.edition_id == bindparam("edition_id")
)
_PAGES = select(
    EditionPage.language, EditionPage.html, EditionPage.extras, EditionPage.minutes, EditionPage.words
).where(EditionPage.edition_id == bindparam("edition_id"), EditionPage.key == bindparam("key"))


def live_course(session: Session, slug: str) -> LiveCourse | None:
    """The course with its live edition, whatever its status; None if there is none."""
    return _one(session, _LIVE_ONE, slug=slug)


def edition(session: Session, slug: str, number: int) -> LiveCourse | None:
    """The course with the edition of this number."""
    return _one(session, _NUMBERED, slug=slug, number=number)


def live_courses(session: Session) -> dict[str, LiveCourse]:
    """Every course that has an edition, by slug, in the order of their slugs."""
    rows = session.execute(_LIVE_ONES.order_by(CourseRecord.slug)).all()
    return {row.slug: _live(session, row) for row in rows}


def files_of(session: Session, edition_id: int) -> dict[str, bytes]:
    """Every file of an edition by its path, byte for byte."""
    return {row.path: row.content for row in session.execute(_FILES, {"edition_id": edition_id})}


def lesson_page(session: Session, edition_id: int, key: str, languages: Iterable[str]) -> LessonPage | None:
    """The page with this key in the first language that it exists in."""
    rows = {row.language: row for row in session.execute(_PAGES, {"edition_id": edition_id, "key": key})}
    if not rows:
        return None
    best = next((rows[language] for language in languages if language in rows), next(iter(rows.values())))
    return LessonPage(best.language, Markup(best.html), best.extras, best.minutes, best.words)  # noqa: S704  sanitised when published


def quiz_words(session: Session, edition_id: int, key: str, languages: Iterable[str]) -> dict[str, QuestionHtml]:
    """Every question of a quiz by its id, rendered; empty when the lesson has none."""
    page = lesson_page(session, edition_id, key, languages)
    questions = page.extras.get("questions", {}) if page else {}
    return {question_id: _question_html(parts) for question_id, parts in questions.items()}


def _question_html(parts: Mapping[str, Any]) -> QuestionHtml:
    def safe(texts: Iterable[str]) -> tuple[Markup, ...]:
        return tuple(Markup(text) for text in texts)  # noqa: S704  sanitised when published

    prompt, detail, explanation = safe((parts["prompt"], parts["detail"], parts["explanation"]))
    return QuestionHtml(prompt, detail, explanation, safe(parts["items"]), safe(parts["feedback"]))


def _one(session: Session, query: Select[*tuple[Any, ...]], **parameters: object) -> LiveCourse | None:
    row = session.execute(query, parameters).one_or_none()
    return _live(session, row) if row else None


def _live(session: Session, row: Row[*tuple[Any, ...]]) -> LiveCourse:
    shelf = _shelf(session, row.slug, row.edition_id, row.digest)
    return LiveCourse(row.slug, Status(row.status), row.edition_id, row.number, row.published_at, shelf)


def _shelf(session: Session, slug: str, edition_id: int, digest: str) -> Shelf:
    key = (edition_id, digest)  # the digest too: after a restore the same number may mean other files
    kept = _shelves.get(key)
    if kept is None:
        measures = {
            (row.key, row.language): Measure(row.minutes, row.size)
            for row in session.execute(_MEASURES, {"edition_id": edition_id})
        }
        kept = Shelf(read_course(slug, files_of(session, edition_id)), measures)
        with _lock:
            if len(_shelves) >= MOST_KEPT:
                _shelves.pop(next(iter(_shelves)))
            _shelves[key] = kept
    return kept
