"""The queue of work that waits for marks."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import clock, db
from academy.i18n import current_code, reading_order
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import trainers
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.cohorts import queries as cohorts
from courses.marking import queries, queue, rules, service
from courses.marking.forms import NarrowForm
from courses.marking.queries import Desk
from courses.tasks import queries as tasks

bp = Blueprint("marking", __name__, url_prefix="/teach/marking")
ID = "<int(max=9007199254740991):number>"


def desk_of(actor: Actor) -> Desk:
    """The queue of whoever asks."""
    return Desk(actor.id, rules.courses_to_mark(actor), rules.courses_owned(actor))


@bp.get("")
@trainers
def index() -> ResponseReturnValue:
    """Everything that waits for marks in the courses one trains, the oldest first."""
    actor, after, now = signed_in_actor(), request.args.get("after", ""), clock.now()
    desk, courses, languages = desk_of(actor), library.live_courses(db.session), reading_order(current_code())
    form = narrowing(db.session, desk, courses)
    found = queries.waiting(db.session, desk, now=now, wanted=form.wanted(), after=queue.place_of(after))
    following, narrowed, offered = queue.following(found), form.arguments(), form.offered()
    return render_template(
        "courses/marking/index.html",
        rows=queue.rows(found, courses, languages, actor.id, narrowed),
        form=form,
        fields=[field for field in (form.course, form.lesson, form.cohort, form.late) if field.name in offered],
        narrowed=narrowed,
        questions=_questions(desk, courses, languages) if not after else [],
        following=queue.queue_url(narrowed, following) if following else "",
        first=queue.queue_url(narrowed) if after else "",
        courses=_marked(desk, courses, languages),
    )


def narrowing(session: Session, desk: Desk, courses: Mapping[str, LiveCourse]) -> NarrowForm:
    """What the queue is narrowed to, out of the address; lessons and cohorts are offered once a course is chosen."""
    form, languages = NarrowForm(request.args), reading_order(current_code())
    mine = dict(_marked(desk, courses, languages))
    chosen = courses.get(form.course.data or "") if form.course.data in mine else None
    there = cohorts.cohorts(session, chosen.slug) if chosen else []
    form.offer(
        {
            "course": list(mine.items()),
            "lesson": queue.markable(chosen, languages) if chosen else [],
            "cohort": [(str(each.cohort.id), each.cohort.name) for each in there],
            "late": [("late", _("Late work"))],
        }
    )
    return form


def _marked(desk: Desk, courses: Mapping[str, LiveCourse], languages: tuple[str, ...]) -> list[tuple[str, str]]:
    mine = courses if desk.course_slugs is None else [slug for slug in courses if slug in desk.course_slugs]
    return [(slug, courses[slug].course.text(*languages).title) for slug in mine]


def _questions(desk: Desk, courses: Mapping[str, LiveCourse], languages: tuple[str, ...]) -> list[dict[str, object]]:
    asked = tasks.unread_questions(db.session, desk.course_slugs, not_of=desk.member_id)
    return [
        {
            "title": _title(courses.get(row.course_slug), row.lesson_key, languages),
            "url": url_for("marking.task", number=row.id) + "#talk",
            "name": row.learner or _("Name hidden"),
            "when": row.written_at,
        }
        for row in asked
    ]


def _title(live: LiveCourse | None, key: str, languages: tuple[str, ...]) -> str:
    lesson = live.lessons.get(key) if live else None
    return lesson.text(*languages).title if lesson else key


@bp.post("/next")
@trainers
def take_next() -> ResponseReturnValue:
    """Take the oldest piece of work that nobody is at."""
    return go_on()


def go_on() -> ResponseReturnValue:
    """To the next piece of work of the queue as it was narrowed, or to the empty queue."""
    desk, now = desk_of(signed_in_actor()), clock.now()
    form = narrowing(db.session, desk, library.live_courses(db.session))
    taken = service.take_next(db.session, desk, wanted=form.wanted(), now=now)
    if taken is None:
        flash(_("Nothing is left that nobody is marking."), "info")
        return redirect(queue.queue_url(form.arguments()), code=303)
    return redirect(queue.address(taken, form.arguments()), code=303)


def back_to_queue() -> ResponseReturnValue:
    """To the queue, narrowed as it was."""
    form = narrowing(db.session, desk_of(signed_in_actor()), library.live_courses(db.session))
    return redirect(queue.queue_url(form.arguments()), code=303)
