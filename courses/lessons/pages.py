"""The course page and the lesson page, put together for whoever reads them."""

from collections.abc import Callable
from datetime import datetime

from flask import render_template

from academy import db
from academy.errors import NotFound
from academy.i18n import language_of
from academy.people.actor import Actor
from courses.catalogue import library
from courses.catalogue.content import Lesson
from courses.catalogue.library import LessonPage
from courses.catalogue.rules import seed_of
from courses.lessons import changes, dues, words
from courses.lessons.contents import chapters, contents
from courses.lessons.outline import Outline, lesson_url, outline_of
from courses.lessons.panels import LessonContext
from courses.lessons.reading import Seat
from courses.progress.rules import checklist, next_lesson


def course_page(seat: Seat, actor: Actor | None) -> str:
    """What the course is and, for a learner, how far they are."""
    return drawn_course(seat, actor, library.lesson_page(db.session, seat.live, "", seat.languages))


def drawn_course(seat: Seat, actor: Actor | None, page: LessonPage | None) -> str:
    """The course page with this text."""
    live, languages, done = seat.live, seat.languages, seat.done
    following = next_lesson(live.course, done, seat.gate.closed)
    outline = outline_of(live, done, languages, following.key if following and seat.standing else "")
    earned = seat.standing.earned if seat.standing else frozenset()
    ticks = checklist(live.course, done, earned, seat.gate.closed)
    return render_template(
        "courses/lessons/index.html",
        seat=seat,
        live=live,
        text=live.course.text(*languages),
        page=page,
        lang=language_of(page.language) if page else None,
        outline=outline,
        threads=_threads(outline),
        chapters=chapters(live, outline, languages, may_study=seat.may_study, gate=seat.gate),
        seed=seed_of(live.slug),
        facts=words.course_facts,
        rules=words.rules_of,
        items=words.checklist_rows(live, ticks, languages, _days(seat, actor), seat.gate) if seat.standing else [],
        complete=ticks.complete,
        following=following,
        opening=words.opening_next(live, seat.gate, languages) if following is None else "",
        preview=words.preview_of(live),
        changed=changes.since(db.session, live, seat.standing, complete=ticks.complete),
    )


def _days(seat: Seat, actor: Actor | None) -> Callable[[str], dues.Day | None]:
    standing = seat.standing
    if actor is None or standing is None:
        return lambda _key: None
    return lambda key: dues.day_of(seat.live, key, actor.id, standing)


def _threads(outline: Outline) -> list[dict[str, object]]:
    return [{"title": part.title, "done": part.states, "total": part.total, "now": None} for part in outline.modules]


def lesson_page(seat: Seat, lesson: Lesson) -> str:
    """A lesson to read."""
    page = library.lesson_page(db.session, seat.live, lesson.key, seat.languages)
    if page is None:
        raise NotFound
    return drawn_lesson(seat, lesson, page)


def drawn_lesson(seat: Seat, lesson: Lesson, page: LessonPage) -> str:
    """A lesson to read with this text."""
    live, languages = seat.live, seat.languages
    outline = outline_of(live, seat.done, languages, lesson.key)
    return render_template(
        "courses/lessons/show.html",
        seat=seat,
        live=live,
        course=live.course.text(*languages),
        lesson=lesson,
        text=lesson.text(*languages),
        page=page,
        lang=language_of(page.language),
        outline=outline,
        contents=contents(live, outline, languages, lesson.key, seat.gate),
        state=seat.done.get(lesson.key),
        changed=changes.of_lesson(db.session, live, lesson, seat.done.get(lesson.key)),
    )


def context_of(seat: Seat, lesson: Lesson, actor: Actor, now: datetime) -> LessonContext:
    """A lesson that asks for more than reading, for the feature that shows it."""
    page = library.lesson_page(db.session, seat.live, lesson.key, seat.languages)
    if page is None:
        raise NotFound
    outline = outline_of(seat.live, seat.done, seat.languages, lesson.key)
    return LessonContext(actor, seat.live, lesson, page, seat.standing, seat.languages, outline, now, seat.gate)


def closed_page(seat: Seat, lesson: Lesson) -> str:
    """What stands in the place of a lesson that is not open yet: when it opens, why then, what can be done first."""
    live, languages, closed = seat.live, seat.languages, seat.gate.closed[lesson.key]
    outline = outline_of(live, seat.done, languages, lesson.key)
    following = next_lesson(live.course, seat.done, seat.gate.closed)
    return render_template(
        "courses/lessons/closed.html",
        live=live,
        course=live.course.text(*languages),
        lesson=lesson,
        text=lesson.text(*languages),
        contents=contents(live, outline, languages, lesson.key, seat.gate),
        outline=outline,
        when=words.opens(closed),
        why=words.why_then(closed),
        first=words.to_do_first(live, closed, seat.gate, languages),
        following=following.text(*languages) if following else None,
        following_url=lesson_url(live.slug, following) if following else "",
    )
