"""The front page for visitors; my learning for members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import get_day_names
from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, zones
from academy.i18n import current_code, current_locale, duration, long_date, reading_order
from academy.i18n import gettext as _
from academy.notices import queries as notices
from academy.notices.kinds import sentences_of
from academy.notices.models import Notice
from academy.people.actor import Actor, current_actor
from academy.people.guards import public, signed_in
from academy.web.doors import ask as ask_doors
from academy.web.whole_pages import whole_page
from courses.catalogue import library, words
from courses.catalogue.content import Lesson, Module
from courses.catalogue.library import LiveCourse
from courses.catalogue.rules import published, seed_of
from courses.certificates import queries as certificates
from courses.home.soon import DueSoon, deadlines
from courses.home.week import days_studied
from courses.lessons.outline import LONGEST_THREAD, lesson_url
from courses.lessons.words import opening_next
from courses.progress.queries import Standing, standings_of_member
from courses.progress.rules import Done, checklist, finished, next_lesson
from courses.release.gates import Gate, gates_for

bp = Blueprint("home", __name__)
SHOWN_COURSES = 3
MOST_TODOS = 3
MOST_NEWS = 3
LONGEST_DAY = 5  # letters that stand under a lozenge on a small phone; Dari abbreviates no day


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson to open: its title, its address, how long it takes."""

    title: str
    url: str
    minutes: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The lozenges of a short course, or of the module at hand of a long one, and how far the whole course is."""

    states: tuple[str, ...]
    done: int
    total: int
    module: str = ""


@dataclass(frozen=True, slots=True)
class MyCourse:
    """One of my courses: how far I am, and the next step in it."""

    title: str
    url: str
    seed: int
    thread: Thread
    facts: list[str]
    complete: bool
    following: Step | None
    opening: str = ""


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    """What this place is; for members, their own learning."""
    actor = current_actor()
    if actor is not None:
        return _my_learning(actor)
    languages = reading_order(current_code())
    courses = published(library.live_courses(db.session))
    return whole_page(
        tuple(live.version for live in courses),
        lambda: render_template(
            "courses/home/front.html",
            cards=[words.card(live, languages) for live in courses[:SHOWN_COURSES]],
            preview=_preview(courses[0], languages) if courses else None,
        ),
    )


def _preview(live: LiveCourse, languages: tuple[str, ...]) -> Step | None:
    """The lesson of a course that everyone may read."""
    found = next((lesson for lesson in live.course.lessons if lesson.preview), None)
    return _step(live, found, languages) if found else None


def _thread(live: LiveCourse, done: Mapping[str, Done], following: Lesson | None, languages: tuple[str, ...]) -> Thread:
    current = following.key if following else ""
    module = _module_at_hand(live, following)
    drawn = [lesson.key for lesson in module.lessons] if module else live.lessons
    states = ["done" if finished(done.get(key)) else "now" if key == current else "todo" for key in drawn]
    over = sum(1 for key in live.lessons if finished(done.get(key)))
    return Thread(tuple(states), over, len(live.lessons), module.text(*languages).title if module else "")


def _module_at_hand(live: LiveCourse, following: Lesson | None) -> Module | None:
    """The module whose thread stands for a course that is too long for one."""
    if following is None or len(live.lessons) <= LONGEST_THREAD:
        return None
    return next(module for module in live.course.modules if module.slug == following.module)


def _step(live: LiveCourse, lesson: Lesson, languages: tuple[str, ...]) -> Step:
    minutes = live.shelf.measure(lesson.key, languages).minutes
    return Step(lesson.text(*languages).title, lesson_url(live.slug, lesson), duration(minutes) if minutes else "")


@bp.get("/my/")
@signed_in
def mine() -> ResponseReturnValue:
    """My learning lives at the root; its older address leads there."""
    return redirect(url_for("home.front"), code=302)


def _my_learning(actor: Actor) -> ResponseReturnValue:
    languages = reading_order(current_code())
    standings = standings_of_member(db.session, actor.id)
    courses = library.live_courses(db.session)
    active = {slug: each for slug, each in standings.items() if each.active and slug in courses}
    newest_first = sorted(active, key=lambda slug: active[slug].latest, reverse=True)
    places, now = [(courses[slug], active[slug]) for slug in newest_first], clock.now()
    gates = gates_for(db.session, actor, places, now)
    mine_now = [_my_course(live, standing, gates[live.slug], languages) for live, standing in places]
    soon = deadlines(actor.id, places, gates, now)
    open_ones = [course for course in mine_now if course.following and not course.complete]
    fresh = [live for live in published(courses) if live.slug not in active][:SHOWN_COURSES]
    holds, doors = ask_doors(db.session, actor, zones.home_day(now), certificates.HOLDS_SOME, "certificates")
    return render_template(
        "courses/home/my_learning.html",
        now=next(iter(open_ones), None),
        waiting=[course for course in mine_now if course.opening and not course.complete],
        todos=open_ones[1 : 1 + MOST_TODOS],
        soon=[_soon(each, languages) for each in soon],
        courses=mine_now,
        studied=tuple((day.weekday(), studied) for day, studied in _days(standings)),
        today=now.astimezone(zones.current()).weekday(),
        week=_week,
        news=_news(actor),
        doors=doors,
        certificates=certificates.own(db.session, actor.id) if holds else [],
        fresh=tuple(live.version for live in fresh),
        fresh_cards=lambda: [words.card(live, languages) for live in fresh],
    )


def _news(actor: Actor) -> list[tuple[Notice, str]]:
    """What was told and not read yet; nobody is asked for it where nothing is."""
    unread = notices.newest_unread(db.session, actor.id, MOST_NEWS) if actor.unread else ()
    return list(zip(unread, sentences_of(db.session, actor.id, unread), strict=True))


def _soon(due: DueSoon, languages: tuple[str, ...]) -> dict[str, str]:
    day = long_date(due.at)
    return {
        "title": due.lesson.text(*languages).title,
        "url": lesson_url(due.live.slug, due.lesson),
        "words": _("Still open; it was due on %(day)s", day=day) if due.past else _("Due on %(day)s", day=day),
        "tone": "due",
    }


def _my_course(live: LiveCourse, standing: Standing, gate: Gate, languages: tuple[str, ...]) -> MyCourse:
    course, done = live.course, standing.done
    following = next_lesson(course, done, gate.closed)
    return MyCourse(
        title=course.text(*languages).title,
        url=url_for("lessons.index", slug=live.slug),
        seed=seed_of(live.slug),
        thread=_thread(live, done, following, languages),
        facts=live.shelf.kept(("my facts", current_code()), lambda: [words.lesson_count(course), words.hours(course)]),
        complete=checklist(course, done, standing.earned).complete,
        following=_step(live, following, languages) if following else None,
        opening="" if following else opening_next(live, gate, languages),
    )


def _days(standings: Mapping[str, Standing]) -> list[tuple[date, bool]]:
    return days_studied(standings.values(), clock.now(), zones.current(), begins=current_locale().first_week_day)


def _week(studied: Sequence[tuple[int, bool]], today: int) -> list[dict[str, object]]:
    names = get_day_names("wide", locale=current_locale())
    short = get_day_names("abbreviated", locale=current_locale())
    if max(map(len, short.values())) > LONGEST_DAY:
        short = get_day_names("narrow", locale=current_locale())
    return [{"short": short[day], "name": names[day], "done": done, "today": day == today} for day, done in studied]
