"""The library: find a course's live edition and its rendered pages. Editions never change, so a process keeps them."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar, cast

from markupsafe import Markup
from sqlalchemy import Row, Select, Table, bindparam, select
from sqlalchemy.orm import Session

from academy.db import rows
from academy.kept import keep
from courses.catalogue.content import Course, Lesson, Review, Status
from courses.catalogue.models import CourseRecord, Edition, EditionFile, EditionPage, StoredFile
from courses.catalogue.reader.course import read_course

MOST_SHELVES, MOST_PAGES = 200, 400
V = TypeVar("V")


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
    edition_id: int
    digest: str

    @cached_property
    def lessons(self) -> Mapping[str, Lesson]:
        """Every lesson by its key, in order."""
        return {lesson.key: lesson for lesson in self.course.lessons}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of every lesson in the order of the course, by its key."""
        return {key: place for place, key in enumerate(self.lessons)}

    @cached_property
    def _worked_out(self) -> dict[Hashable, Any]:
        return {}

    def kept(self, name: Hashable, work_out: Callable[[], V]) -> V:
        """What follows from this edition alone, worked out once under a name that says all it depends on."""
        if name not in self._worked_out:
            self._worked_out[name] = work_out()
        return cast("V", self._worked_out[name])

    def measure(self, key: str, languages: Sequence[str]) -> Measure:
        """The weight of a page in the language it is shown in to a reader of these."""
        return self.measures.get((key, self.language_of(key, languages)), Measure(0, 0))

    def language_of(self, key: str, languages: Sequence[str]) -> str:
        """The first of these languages that a page exists in, else the course's own."""
        return next((each for each in languages if (key, each) in self.measures), self.course.language)


@dataclass(frozen=True, slots=True)
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

    @property
    def lessons(self) -> Mapping[str, Lesson]:
        """Every lesson by its key, in order."""
        return self.shelf.lessons

    @property
    def version(self) -> tuple[int, str, Status]:
        """What changes whenever this course looks different to a visitor."""
        return (self.edition_id, self.shelf.digest, self.status)

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

    @property
    def unreviewed(self) -> bool:
        """Whether it is a translation that nobody put their name to yet."""
        return bool(self.extras.get("unreviewed"))

    @property
    def review(self) -> Review | None:
        """Who checked this translation, and when."""
        said = self.extras.get("review")
        return Review(said["name"], date.fromisoformat(said["day"])) if said else None


_shelves: dict[tuple[int, str], Shelf] = {}
_pages: dict[tuple[int, str, str, str], LessonPage] = {}

_course, _edition, _page, _file, _stored = (
    cast("Table", model.__table__) for model in (CourseRecord, Edition, EditionPage, EditionFile, StoredFile)
)
_LIVE = select(
    _course.c.slug,
    _course.c.status,
    _edition.c.id.label("edition_id"),
    _edition.c.number,
    _edition.c.digest,
    _edition.c.published_at,
)
_LIVE_ONES = _LIVE.join(_edition, _edition.c.id == _course.c.edition_id).order_by(_course.c.slug)
_LIVE_ONE = _LIVE_ONES.where(_course.c.slug == bindparam("slug"))
_NUMBERED = _LIVE.join(_edition, _edition.c.course_slug == _course.c.slug).where(
    _course.c.slug == bindparam("slug"), _edition.c.number == bindparam("number")
)
_FILES = (
    select(_file.c.path, _stored.c.content)
    .join(_stored, _stored.c.digest == _file.c.digest)
    .where(_file.c.edition_id == bindparam("edition_id"))
)
_MEASURES = select(_page.c.key, _page.c.language, _page.c.minutes, _page.c.size).where(
    _page.c.edition_id == bindparam("edition_id")
)
_PAGE = select(_page.c.html, _page.c.extras, _page.c.minutes, _page.c.words).where(
    _page.c.edition_id == bindparam("edition_id"),
    _page.c.key == bindparam("key"),
    _page.c.language == bindparam("language"),
)


def live_course(session: Session, slug: str) -> LiveCourse | None:
    """The course with its live edition, whatever its status; None if there is none."""
    return _one(session, _LIVE_ONE, slug=slug)


def edition(session: Session, slug: str, number: int) -> LiveCourse | None:
    """The course with the edition of this number."""
    return _one(session, _NUMBERED, slug=slug, number=number)


def live_courses(session: Session) -> dict[str, LiveCourse]:
    """Every course that has an edition, by slug, in the order of their slugs."""
    return {row.slug: _live(session, row) for row in rows(session, _LIVE_ONES).all()}


def files_of(session: Session, edition_id: int) -> dict[str, bytes]:
    """Every file of an edition by its path, byte for byte."""
    return {row.path: row.content for row in session.execute(_FILES, {"edition_id": edition_id})}


def lesson_page(session: Session, live: LiveCourse, key: str, languages: Sequence[str]) -> LessonPage | None:
    """The page with this key ("" for the course, "module/" for a module) in the best language for its reader."""
    shelf = live.shelf
    language = shelf.language_of(key, languages)
    name = (shelf.edition_id, shelf.digest, key, language)
    kept = _pages.get(name)
    if kept is None:
        row = rows(session, _PAGE, {"edition_id": shelf.edition_id, "key": key, "language": language}).one_or_none()
        if row is None:
            return None
        kept = LessonPage(language, Markup(row.html), row.extras, row.minutes, row.words)  # noqa: S704  sanitised
        keep(_pages, name, kept, MOST_PAGES)
    return kept


def quiz_words(session: Session, live: LiveCourse, key: str, languages: Sequence[str]) -> dict[str, QuestionHtml]:
    """Every question of a quiz by its id, rendered; empty when the lesson has none."""
    page = lesson_page(session, live, key, languages)
    return questions_on(page) if page else {}


def questions_on(page: LessonPage) -> dict[str, QuestionHtml]:
    """Every question of a rendered page by its id."""
    questions = page.extras.get("questions", {})
    return {question_id: _question_html(parts) for question_id, parts in questions.items()}


def _question_html(parts: Mapping[str, Any]) -> QuestionHtml:
    def safe(texts: Iterable[str]) -> tuple[Markup, ...]:
        return tuple(Markup(text) for text in texts)  # noqa: S704  sanitised when published

    prompt, detail, explanation = safe((parts["prompt"], parts["detail"], parts["explanation"]))
    return QuestionHtml(prompt, detail, explanation, safe(parts["items"]), safe(parts["feedback"]))


def _one(session: Session, query: Select[*tuple[Any, ...]], **parameters: object) -> LiveCourse | None:
    row = rows(session, query, parameters).one_or_none()
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
        course = read_course(slug, files_of(session, edition_id))
        kept = Shelf(course, measures, edition_id, digest)
        keep(_shelves, key, kept, MOST_SHELVES)
    return kept
