"""What another edition asks of learners, what moved, what went, which translations fall behind. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from courses.catalogue.content import Admission, Course, Kind, Lesson, Module
from courses.catalogue.questions import Due, Late, Opening
from courses.catalogue.rendering import texts_of
from courses.publishing.openings import in_titles, opens_later

WITHOUT_LIMIT = 10**6


class Asked(StrEnum):
    """A thing that a course asks of its learners; the words for it are in `words.py`."""

    LESSONS = "lessons"
    QUIZZES = "quizzes"
    TASKS = "tasks"
    SESSIONS = "sessions"
    PASS_MARK = "pass_mark"  # noqa: S105  no secret
    TASK_MARK = "task_mark"
    DUE = "due"
    LATE = "late"
    RESUBMIT = "resubmit"
    PEERS = "peers"
    ATTEMPTS = "attempts"
    MINUTES = "minutes"
    QUESTIONS = "questions"
    OPENS = "opens"
    NEW_QUIZ = "new_quiz"
    NEW_TASK = "new_task"
    NEW_LESSON = "new_lesson"
    GONE_QUIZ = "gone_quiz"
    GONE_TASK = "gone_task"
    GONE_LESSON = "gone_lesson"
    CERTIFICATE = "certificate"
    PARTICIPATION = "participation"
    VALID = "valid"
    ENROLMENT = "enrolment"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule before and after; `title` names the lesson it is about. A number that is None means: no limit, none."""

    asked: Asked
    stricter: bool
    before: int | str | Due | Opening | None = None
    after: int | str | Due | Opening | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """A lesson that is not where it was: `new` is where it went, '' if it is part of the course no longer."""

    lesson: Lesson
    new: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A translation whose original changed while it did not."""

    path: str
    language: str
    title: str


def rule_changes(old: Course, new: Course) -> list[RuleChange]:
    """Everything that becomes stricter or looser, the stricter first."""
    found = [*_completion(old, new), *_lessons(old, new), *_certificate(old, new), *_enrolment(old, new)]
    return sorted(found, key=lambda change: not change.stricter)


def _completion(old: Course, new: Course) -> Iterator[RuleChange]:
    for asked in (Asked.LESSONS, Asked.QUIZZES, Asked.TASKS, Asked.SESSIONS):
        before, after = getattr(old.rules, asked), getattr(new.rules, asked)
        if before != after:
            yield RuleChange(asked, after > before, before, after)


_ADDED = {Kind.QUIZ: (Asked.NEW_QUIZ, Asked.GONE_QUIZ), Kind.TASK: (Asked.NEW_TASK, Asked.GONE_TASK)}


def _lessons(old: Course, new: Course) -> Iterator[RuleChange]:
    for lesson in new.lessons:
        before = old_lesson(old, new, lesson.key)
        if before is None:
            yield RuleChange(_ADDED.get(lesson.kind, (Asked.NEW_LESSON, ""))[0], True, title=lesson.title)
        else:
            yield from _quiz(before, lesson)
            yield from _task(before, lesson)
            yield from _opens((old, before), (new, lesson))
    there = {module.slug: module for module in old.modules}
    for module in new.modules:
        yield from _opens((old, there.get(module.slug, module)), (new, module))
    for each in departures(old, new):
        if not each.new:
            asked = _ADDED.get(each.lesson.kind, ("", Asked.GONE_LESSON))[1]
            yield RuleChange(Asked(asked), False, title=each.lesson.title)


def _opens(before: tuple[Course, Module | Lesson], after: tuple[Course, Module | Lesson]) -> Iterator[RuleChange]:
    was, now = before[1].opens, after[1].opens
    if was != now:
        later = opens_later(was, now)
        yield RuleChange(Asked.OPENS, later, in_titles(was, before[0]), in_titles(now, after[0]), after[1].title)


def old_lesson(old: Course, new: Course, key: str) -> Lesson | None:
    """The lesson of the older course that goes by this key in the newer one."""
    return old.lesson(key) or next((old.lesson(was) for was, now in new.moved.items() if now == key), None)


def _quiz(before: Lesson, after: Lesson) -> Iterator[RuleChange]:
    if before.quiz is None or after.quiz is None:
        return
    old, new = before.quiz, after.quiz
    if old.pass_mark != new.pass_mark:
        yield RuleChange(
            Asked.PASS_MARK, (new.pass_mark or 0) > (old.pass_mark or 0), old.pass_mark, new.pass_mark, after.title
        )
    if old.attempts != new.attempts:
        fewer = (new.attempts or WITHOUT_LIMIT) < (old.attempts or WITHOUT_LIMIT)
        yield RuleChange(Asked.ATTEMPTS, fewer, old.attempts or None, new.attempts or None, after.title)
    if old.minutes != new.minutes:
        shorter = (new.minutes or WITHOUT_LIMIT) < (old.minutes or WITHOUT_LIMIT)
        yield RuleChange(Asked.MINUTES, shorter, old.minutes, new.minutes, after.title)
    if old.drawn != new.drawn:
        yield RuleChange(Asked.QUESTIONS, new.drawn > old.drawn, old.drawn, new.drawn, after.title)


def _task(before: Lesson, after: Lesson) -> Iterator[RuleChange]:
    if before.task is None or after.task is None:
        return
    old, new = before.task, after.task
    if old.pass_mark != new.pass_mark:
        yield RuleChange(Asked.TASK_MARK, new.pass_mark > old.pass_mark, old.pass_mark, new.pass_mark, after.title)
    if _when(old.due) != _when(new.due):
        yield RuleChange(Asked.DUE, _sooner(old.due, new.due), old.due, new.due, after.title)
    if old.due and new.due and old.due.late is not new.due.late:
        yield RuleChange(Asked.LATE, new.due.late is Late.REFUSE, old.due.late.value, new.due.late.value, after.title)
    if old.resubmit != new.resubmit:
        yield RuleChange(
            Asked.RESUBMIT, _limit(new.resubmit) < _limit(old.resubmit), old.resubmit, new.resubmit, after.title
        )
    was, now = (task.peers.readers if task.peers else 0 for task in (old, new))
    if was != now:
        yield RuleChange(Asked.PEERS, now > was, was, now, after.title)


def _when(due: Due | None) -> tuple[object, ...]:
    return (due.day, due.days, due.grace) if due else ()


def _sooner(old: Due | None, new: Due | None) -> bool:
    """Whether work is due sooner than it was; when the two cannot be compared, it may be."""
    if old is None or new is None:
        return new is not None
    if old.day and new.day:
        return new.day + timedelta(new.grace) < old.day + timedelta(old.grace)
    if old.days is not None and new.days is not None:
        return new.days + new.grace < old.days + old.grace
    return True


def _limit(times: int | None) -> int:
    return WITHOUT_LIMIT if times is None else times


def _certificate(old: Course, new: Course) -> Iterator[RuleChange]:
    if bool(old.certificate) != bool(new.certificate):
        yield RuleChange(Asked.CERTIFICATE, new.certificate is None)
    if not old.certificate or not new.certificate:
        return
    if old.certificate.participation != new.certificate.participation:
        yield RuleChange(Asked.PARTICIPATION, not new.certificate.participation)
    before, after = old.certificate.months or None, new.certificate.months or None
    if before != after:
        yield RuleChange(Asked.VALID, _limit(after) < _limit(before), before, after)


_OPENNESS = (Admission.OPEN, Admission.CODE, Admission.APPROVAL)


def _enrolment(old: Course, new: Course) -> Iterator[RuleChange]:
    before, after = old.enrolment, new.enrolment
    if before is not after:
        stricter = _OPENNESS.index(after) > _OPENNESS.index(before)
        yield RuleChange(Asked.ENROLMENT, stricter, before.value, after.value)


def departures(old: Course, new: Course) -> list[Departure]:
    """Every lesson of the older course that has another key in the newer one, or none."""
    keys = {lesson.key for lesson in new.lessons}
    gone = [lesson for lesson in old.lessons if lesson.key not in keys]
    return [Departure(lesson, new.moved.get(lesson.key, "")) for lesson in gone]


def stale(old: Course, new: Course) -> list[Stale]:
    """Translations that stay as they are although their original changes."""
    before = {key: texts for key, texts in texts_of(old)}  # noqa: C416  pairs, to be looked up
    found = []
    for key, texts in texts_of(new):
        was = before.get(key) or before.get(_old_key(new.moved, key), {})
        if (
            new.language not in texts
            or new.language not in was
            or _words(was[new.language]) == _words(texts[new.language])
        ):
            continue
        found += [
            Stale(text.path, language, text.title)
            for language, text in texts.items()
            if language != new.language and language in was and _words(was[language]) == _words(text)
        ]
    return found


def _old_key(moved: Mapping[str, str], key: str) -> str:
    return next((old for old, new in moved.items() if new == key), "")


def _words(text: object) -> tuple[object, ...]:
    """What readers read of a text, wherever its file stands."""
    return tuple(getattr(text, name, None) for name in ("title", "summary", "body", "questions", "rubric", "outcomes"))


def restored_keys(then: Course, now: Course) -> dict[str, tuple[str, ...] | dict[str, str]]:
    """What course.md must say when an older edition comes back, so that no record and no slug gets lost.

    Lessons that moved since move back; what was retired since stays retired unless it is there again.
    """
    there = {lesson.key for lesson in then.lessons}
    used = there | {module.slug for module in then.modules} | {key.partition("/")[2] for key in there}
    back = {new: old for old, new in now.moved.items() if old in there and new not in there}
    since = {lesson.key for lesson in now.lessons} - there - back.keys()
    retired = tuple(dict.fromkeys((*then.retired, *(key for key in (*now.retired, *sorted(since)) if key not in used))))
    moved = {**{old: new for old, new in then.moved.items() if old not in back}, **back}
    said: dict[str, tuple[str, ...] | dict[str, str]] = {}
    if retired != then.retired:
        said["retired"] = retired
    if moved != dict(then.moved):
        said["moved"] = moved
    return said
