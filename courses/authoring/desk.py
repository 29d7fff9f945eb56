"""What lies on the editor's desk beside a file: its languages, and what its text can lead to or show."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from academy.i18n import Language, language_of
from academy.i18n import gettext as _
from courses.authoring.drafted import Drafted
from courses.catalogue.content import LANGUAGES, Course, Kind, Media
from courses.catalogue.reader.bodies import without_language
from courses.catalogue.reader.media import is_twin
from courses.catalogue.rendering import texts_of


@dataclass(frozen=True, slots=True)
class Target:
    """Something a text may lead to: its words, and its address as this file writes it."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A file of the same thing in one language."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """A file and what belongs to it."""

    slug: str
    path: str
    title: str
    course: str
    language: Language
    tabs: tuple[Tab, ...]
    forms: tuple[Target, ...]
    lessons: tuple[Target, ...]
    pictures: tuple[Target, ...]


def desk_of(drafted: Drafted, path: str) -> Desk:
    """The desk for one file of a draft."""
    course, language = drafted.course, language_in(path) or drafted.course.language
    return Desk(
        slug=drafted.slug,
        path=path,
        title=_title(course, path) or path,
        course=course.title or drafted.slug,
        language=language_of(language),
        tabs=_tabs(drafted, path),
        forms=tuple(_forms(drafted, path)),
        lessons=_lessons(course, path, language),
        pictures=tuple(Target(media.name, _relative(media.path, path)) for media in _pictures(drafted)),
    )


def language_in(path: str) -> str:
    """The language code in a file's name; '' if it is an original."""
    code = path.removesuffix(".md").rpartition(".")[2]
    return code if code in LANGUAGES else ""


def _title(course: Course, path: str) -> str:
    found = (text.title for _key, texts in texts_of(course) for text in texts.values() if text.path == path)
    return next(found, "")


def _tabs(drafted: Drafted, path: str) -> tuple[Tab, ...]:
    original = without_language(path)
    same = [each for each in drafted.files if each.endswith(".md") and without_language(each) == original]
    if len(same) == 1:
        return ()
    named = [(language_in(each) or drafted.course.language, each) for each in sorted(same, key=language_in)]
    return tuple(
        Tab(language_of(code).own_name, url_for("authoring.edit", slug=drafted.slug, path=each), each == path)
        for code, each in named
    )


def _forms(drafted: Drafted, path: str) -> Iterator[Target]:
    """The forms that write parts of this file, for those who would rather not touch its text."""
    subject = drafted.subject(path)
    if subject is not None:
        yield Target(_("Title and settings"), url_for("authoring.settings", slug=drafted.slug, path=path))
    if subject is not None and subject.lesson is not None and subject.lesson.kind is Kind.QUIZ:
        yield Target(_("Questions one by one"), url_for("authoring.questions", slug=drafted.slug, path=path))


def _lessons(course: Course, path: str, language: str) -> tuple[Target, ...]:
    originals = [(lesson.text(language).title, lesson.texts[course.language].path) for lesson in course.lessons]
    return tuple(Target(title, _relative(target, path)) for title, target in originals)


def _pictures(drafted: Drafted) -> list[Media]:
    pictures = (media for media in drafted.course.media.values() if media.media_type.startswith("image/"))
    return [media for media in pictures if not is_twin(media.path, drafted.files)]


def _relative(target: str, path: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(path) or ".")
