"""What changed in a course between two editions, for those who learned from the earlier one.

Quizzes are never compared in public: their sources hold the answers.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

from courses.catalogue import library, moves
from courses.catalogue.content import Kind, Lesson
from courses.catalogue.library import LiveCourse
from courses.progress.queries import Standing
from courses.progress.rules import Done, finished


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
    passages: tuple[Passage, ...] = ()


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
        ChangedLesson(lesson.text(*languages).title, "gone", lesson)
        for key, lesson in earlier.lessons.items()
        if key not in later.lessons and key not in later.course.moved
    ]
    return [each for each in found if each is not None] + gone


def without_text(lessons: Sequence[ChangedLesson], closed: Collection[str]) -> list[ChangedLesson]:
    """The same, with nothing of the text of lessons that are closed to whoever reads it."""
    return [replace(each, passages=()) if each.lesson.key in closed else each for each in lessons]


def _compare(before: Lesson | None, after: Lesson, languages: Sequence[str]) -> ChangedLesson | None:
    text = after.text(*languages)
    if before is None:
        return ChangedLesson(text.title, "new", after)
    old = before.text(*languages)
    if after.kind is Kind.QUIZ:
        same = (before.quiz, old.body) == (after.quiz, text.body)
        return None if same else ChangedLesson(text.title, "changed", after)
    if (old.title, old.summary, old.body) == (text.title, text.summary, text.body):
        return None
    return ChangedLesson(text.title, "changed", after, passages(old.body, text.body))


def passages(before: str, after: str) -> tuple[Passage, ...]:
    """The paragraphs of both texts in order: what went, what came, and one line of what stayed around them."""
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Passage] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.extend(Passage("same", text) for text in _edges(old[a:b]))
        else:
            found.extend(Passage("gone", text) for text in old[a:b])
            found.extend(Passage("new", text) for text in new[c:d])
    return tuple(found)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _edges(kept: list[str]) -> list[str]:
    return kept if len(kept) <= 2 else [kept[0], kept[-1]]  # noqa: PLR2004  the neighbours of a change
