"""A course as plain, frozen data: what the reader makes out of a set of Markdown files.

Texts are Markdown sources by language under `texts`; `rendering.py` makes HTML of them. Quizzes are in `questions.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from courses.catalogue.earning import CertificateTerms, CompletionRules
from courses.catalogue.questions import Criterion, Opening, Question, Quiz, Task
from courses.catalogue.scenes import Scene

LANGUAGES = ("en", "ru", "kk", "ky", "tg", "tk", "uz", "fa", "ps")
GUIDE = "guide"  # the key of the guide's page: a lesson's has a slash, a module's ends with one


class Kind(StrEnum):
    """What a lesson asks of a learner."""

    READING = "reading"
    QUIZ = "quiz"
    TASK = "task"
    SCENARIO = "scenario"
    SESSION = "session"


class Level(StrEnum):
    """How much a course expects its learner to know already."""

    INTRODUCTORY = "introductory"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Admission(StrEnum):
    """How a learner gets a place: freely, with a code, or by a decision of the staff."""

    OPEN = "open"
    CODE = "code"
    APPROVAL = "approval"


class Status(StrEnum):
    """Whether the catalogue shows a course, and whether new learners may come."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Review:
    """Who read a translation against its original, and on which day."""

    name: str
    day: date


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson in one language, questions and rubric in the original's order; who checked it makes no other text.

    `borrowed`: the places of the body that are not translated and stand there in the course's own language;
    `borrowed_parts` names the same in a quiz ("gate/prompt", "gate/item/0").
    """

    path: str
    language: str
    title: str
    summary: str
    body: str
    line: int = field(compare=False)
    questions: tuple[Question, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    scenes: tuple[Scene, ...] = ()
    review: Review | None = field(default=None, compare=False)
    borrowed: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    borrowed_parts: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One step of a course; its key "module/lesson" never changes, because progress hangs on it."""

    key: str
    module: str
    slug: str
    position: int
    kind: Kind
    preview: bool
    language: str
    texts: Mapping[str, LessonText]
    quiz: Quiz | None = None
    task: Task | None = None
    opens: Opening | None = None

    def text(self, *languages: str) -> LessonText:
        """The text in the first of these languages that there is, else in the course's own."""
        return self.texts[first_of(self.texts, languages, self.language)]

    @property
    def title(self) -> str:
        """Its title in the course's language."""
        return self.texts[self.language].title

    @property
    def summary(self) -> str:
        """Its summary in the course's language."""
        return self.texts[self.language].summary


@dataclass(frozen=True, slots=True)
class HeadedText:
    """The heading and introduction of a module, or the guide for those who teach, in one language."""

    path: str
    language: str
    title: str
    summary: str
    body: str
    line: int = field(compare=False)
    review: Review | None = field(default=None, compare=False)
    borrowed: tuple[tuple[int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Module:
    """A chapter of a course."""

    slug: str
    position: int
    language: str
    texts: Mapping[str, HeadedText]
    lessons: tuple[Lesson, ...]
    opens: Opening | None = None

    def text(self, *languages: str) -> HeadedText:
        """The text in the first of these languages that there is, else in the course's own."""
        return self.texts[first_of(self.texts, languages, self.language)]

    @property
    def title(self) -> str:
        """Its title in the course's language."""
        return self.texts[self.language].title


@dataclass(frozen=True, slots=True)
class CourseText:
    """A course's page and promises in one language."""

    path: str
    language: str
    title: str
    summary: str
    outcomes: tuple[str, ...]
    certificate_title: str
    body: str
    line: int = field(compare=False)
    review: Review | None = field(default=None, compare=False)
    borrowed: tuple[tuple[int, int], ...] = field(default=(), compare=False)


AnyText = CourseText | HeadedText | LessonText


@dataclass(frozen=True, slots=True)
class Media:
    """A file beside the lessons; `path` is relative to the course, `digest` is SHA-256 in hex, sizes are in pixels."""

    path: str
    media_type: str
    digest: str
    size: int
    width: int | None
    height: int | None

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Course:
    """A whole course as its files describe it. `hours` is the whole effort; `moved` tells old keys of lessons.

    `origins`: for terms of a translated glossary, those of the original that they stand for.
    """

    slug: str
    language: str
    level: Level
    hours: int
    topics: tuple[str, ...]
    enrolment: Admission
    status: Status
    rules: CompletionRules
    certificate: CertificateTerms | None
    retired: tuple[str, ...]
    moved: Mapping[str, str]
    texts: Mapping[str, CourseText]
    modules: tuple[Module, ...]
    glossary: Mapping[str, Mapping[str, str]]
    media: Mapping[str, Media]
    guide: Mapping[str, HeadedText] = field(default_factory=dict)
    origins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def text(self, *languages: str) -> CourseText:
        """The text in the first of these languages that there is, else in the course's own."""
        return self.texts[first_of(self.texts, languages, self.language)]

    @property
    def title(self) -> str:
        """Its title in its own language."""
        return self.texts[self.language].title

    @property
    def summary(self) -> str:
        """Its summary in its own language."""
        return self.texts[self.language].summary

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What a learner can do afterwards, in the course's own language."""
        return self.texts[self.language].outcomes

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages its own page exists in, its own first."""
        return (self.language, *(code for code in LANGUAGES if code in self.texts and code != self.language))

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons in the order they are taken."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    def lesson(self, key: str) -> Lesson | None:
        """The lesson with this key "module/lesson", if there is one."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)


def first_of(texts: Mapping[str, object], wanted: tuple[str, ...], original: str) -> str:
    """The first wanted language that has a text, else the original."""
    return next((language for language in wanted if language in texts), original)
