"""A draft as if it were published: read as far as it can be read, with one page of it rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from academy.i18n import reading_order
from courses.catalogue import rendering
from courses.catalogue.addresses import Addresses
from courses.catalogue.content import GUIDE, Course, CourseText, HeadedText, Lesson, Module, Status
from courses.catalogue.labels import labels_in
from courses.catalogue.library import LessonPage, LiveCourse, Measure, Shelf
from courses.catalogue.prose_pieces import words_in
from courses.catalogue.reader.course import Inspection, inspect_course
from courses.catalogue.reader.faults import Fault
from courses.catalogue.rendering import Page, minutes_for, texts_of

SECONDS = 2.0
GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file of a course is shown as: a page by its key ("" for the course), in the file's own language."""

    key: str
    language: str
    languages: tuple[str, ...]
    lesson: Lesson | None = None

    @property
    def kind(self) -> str | None:
        """What views there are of it: those of the kind of its lesson, of the guide, or of the course page (None)."""
        return GUIDE if self.key == GUIDE else self.lesson.kind if self.lesson else None


@dataclass(frozen=True)
class Drafted:
    """All files of a draft and what they say."""

    slug: str
    files: Mapping[str, bytes]

    @cached_property
    def inspection(self) -> Inspection:
        """What can be read, and all that is wrong."""
        return inspect_course(self.slug, self.files)

    @cached_property
    def course(self) -> Course:
        """The course as far as it can be read; what cannot be read goes by its name."""
        return mended(self.inspection.course)

    def faults(self, path: str) -> list[Fault]:
        """What is wrong with one file."""
        return [fault for fault in self.inspection.faults if fault.path == f"{self.slug}/{path}"]

    def subject(self, path: str) -> Subject | None:
        """What a file is shown as; None if it cannot be read, or is none that is shown."""
        course = self.course
        for key, texts in texts_of(course):
            for language, text in texts.items():
                if text.path == path:
                    return Subject(key, language, tuple(texts), course.lesson(key))
        return None

    def terms(self, path: str) -> Mapping[str, str]:
        """The terms of a glossary by its path; nothing for other files."""
        name, _, ending = path.partition(".")
        language = ending.removesuffix("md").strip(".") or self.course.language
        return self.course.glossary.get(language, {}) if name == GLOSSARY else {}

    def live(self, now: datetime) -> LiveCourse:
        """The draft in the place of an edition."""
        return LiveCourse(self.slug, Status.PUBLISHED, 0, 0, now, Shelf(self.course, self._measures(), 0, ""))

    def _measures(self) -> dict[tuple[str, str], Measure]:
        """About what each page weighs, without rendering it."""
        return {
            (key, language): Measure(minutes_for(words_in(text.body), language), len(text.body.encode()))
            for key, texts in texts_of(self.course)
            for language, text in texts.items()
        }


def mended(course: Course) -> Course:
    """A course whose page and modules have a text at least: their names, where nothing else can be read."""
    modules = tuple(_with_text(module) for module in course.modules)
    texts = dict(course.texts)
    texts.setdefault(course.language, CourseText("", course.language, course.slug, "", (), "", "", 1))
    return replace(course, texts=texts, modules=modules)


def _with_text(module: Module) -> Module:
    if module.language in module.texts:
        return module
    title = module.slug.replace("-", " ").capitalize()
    texts = {**module.texts, module.language: HeadedText("", module.language, title, "", "", 1)}
    return replace(module, texts=texts)


def rendered(live: LiveCourse, addresses: Addresses, subject: Subject, languages: tuple[str, ...]) -> LessonPage:
    """The page of a subject in the first of these languages that it has, and its true weight on the shelf.

    Raises CourseFaults if it takes longer than learners should wait.
    """
    language = next((each for each in languages if each in subject.languages), addresses.course.language)
    page = rendering.render_page(addresses, subject.key, language, labels=labels_in, seconds=SECONDS)
    _weigh(live, page)
    return LessonPage(language, Markup(page.html), page.extras, page.minutes, page.words)  # noqa: S704  sanitised


def _weigh(live: LiveCourse, page: Page) -> None:
    measures = live.shelf.measures
    if isinstance(measures, dict):
        measures[page.key, page.language] = Measure(page.minutes, page.size)


def languages_for(course: Course, code: str) -> tuple[str, ...]:
    """The languages in which a reader of this one gets the course, best first."""
    return (*reading_order(code), course.language)
