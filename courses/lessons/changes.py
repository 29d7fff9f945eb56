"""What changed in a course between two editions, for those who learned from the earlier one.

Quizzes are never compared in public: their sources hold the answers.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from academy.i18n import language_of
from courses.catalogue import library, moves
from courses.catalogue.content import Kind, Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.prose_pieces import plain
from courses.progress.queries import Standing
from courses.progress.rules import Done, finished

BEGINNING = re.compile(r"(?:#{1,6}|!!![ \t]*\w+|\[\^[^\]]{1,100}\]:)[ \t]+")
PICTURE = re.compile(r"!\[([^\]]{0,1500})\]\([^)\n]{0,800}\)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that stayed, came or went (`state`: same, new, gone)."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangedLesson:
    """A lesson that is new, gone or different (`state`), with its passages where they may be shown."""

    title: str
    state: str
    lesson: Lesson
    language: str
    passages: tuple[Passage, ...] = ()

    @property
    def direction(self) -> str:
        """Which way its text runs."""
        return language_of(self.language).direction


def since(session: Session, live: LiveCourse, standing: Standing | None, *, complete: bool) -> int:
    """The newest edition a finished learner knew, if the live one says something else; 0: nothing to tell."""
    if standing is None or not complete or not standing.done:
        return 0
    knew = max(done.edition for done in standing.done.values())
    if knew >= live.edition_number:
        return 0
    earlier = library.edition(session, live.slug, knew)
    return knew if earlier and between(earlier, live, (live.course.language,)) else 0


def of_lesson(session: Session, live: LiveCourse, lesson: Lesson, done: Done | None) -> int:
    """The edition in which somebody did this lesson, when its text is another now; else 0."""
    if done is None or not finished(done) or done.edition >= live.edition_number:
        return 0
    earlier = library.edition(session, live.slug, done.edition)
    before = moves.lesson_then(session, earlier, lesson.key) if earlier else None
    return done.edition if before and before.texts != lesson.texts else 0


def between(earlier: LiveCourse, later: LiveCourse, languages: Sequence[str]) -> list[ChangedLesson]:
    """Every lesson that differs, in the order of the later edition, those that went last."""
    came = {new: old for old, new in later.course.moved.items()}
    found = [
        _compare(earlier.lessons.get(key) or earlier.lessons.get(came.get(key, "")), lesson, languages)
        for key, lesson in later.lessons.items()
    ]
    gone = [
        ChangedLesson(text.title, "gone", lesson, text.language)
        for key, lesson, text in ((key, each, each.text(*languages)) for key, each in earlier.lessons.items())
        if key not in later.lessons and key not in later.course.moved
    ]
    return [each for each in found if each is not None] + gone


def without_text(lessons: Sequence[ChangedLesson], closed: Collection[str]) -> list[ChangedLesson]:
    """The same, with nothing of the text of lessons that are closed to whoever reads it."""
    return [replace(each, passages=()) if each.lesson.key in closed else each for each in lessons]


def _compare(before: Lesson | None, after: Lesson, languages: Sequence[str]) -> ChangedLesson | None:
    text = after.text(*languages)
    if before is None:
        return ChangedLesson(text.title, "new", after, text.language)
    old = before.text(*languages)
    if after.kind is Kind.QUIZ:
        same = (before.quiz, old.body) == (after.quiz, text.body)
        return None if same else ChangedLesson(text.title, "changed", after, text.language)
    if (old.title, old.summary, old.body) == (text.title, text.summary, text.body):
        return None
    return ChangedLesson(text.title, "changed", after, text.language, passages(old.body, text.body))


def passages(before: str, after: str) -> tuple[Passage, ...]:
    """The paragraphs of both texts in order: what went, what came, and one line of what stayed around them."""
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Passage] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.extend(Passage("same", readable(text)) for text in _edges(old[a:b]))
        else:
            found.extend(_told("gone", old[a:b], new[c:d]))
            found.extend(_told("new", new[c:d], old[a:b]))
    return tuple(found)


def _told(state: str, texts: list[str], others: list[str]) -> list[Passage]:
    """The paragraphs as they are read; with their marks where nothing else differs, as when a link leads elsewhere."""
    marks = list(map(readable, texts)) == list(map(readable, others))
    return [Passage(state, text if marks else readable(text)) for text in texts]


def readable(text: str) -> str:
    """A paragraph without the marks of Markdown; of a picture, what stands in its place for those who cannot see it."""
    lines = (plain(PICTURE.sub(r"\1", BEGINNING.sub("", line.strip()))) for line in text.splitlines())
    return "\n".join(line for line in lines if line) or text


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _edges(kept: list[str]) -> list[str]:
    return kept if len(kept) <= 2 else [kept[0], kept[-1]]  # noqa: PLR2004  the neighbours of a change
