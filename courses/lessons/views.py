"""The course page, the lesson pages, and the button that marks a lesson as done."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound, SignInNeeded
from academy.i18n import gettext as _
from academy.i18n import language_of
from academy.people.actor import current_actor, signed_in_actor
from academy.people.guards import public, require, signed_in
from courses.catalogue import library
from courses.catalogue.content import Lesson
from courses.catalogue.rules import seed_of
from courses.lessons import changes, words
from courses.lessons.contents import contents
from courses.lessons.outline import lesson_url, outline_of
from courses.lessons.panels import LessonContext, panel_of
from courses.lessons.reading import Seat, lesson_in, take_seat
from courses.progress import service
from courses.progress.models import LessonState
from courses.progress.queries import earned_by
from courses.progress.rules import READ, checklist, next_lesson

bp = Blueprint("lessons", __name__, url_prefix="/courses/<slug>")


@bp.get("/")
@public
def index(slug: str) -> ResponseReturnValue:
    """The course page: promise, outline, rules, and for a learner what is left."""
    actor = current_actor()
    seat = take_seat(slug, actor)
    page = library.lesson_page(db.session, seat.live, "", seat.languages)
    earned = earned_by(db.session, actor.id, slug) if actor and seat.standing else frozenset()
    done = seat.standing.done if seat.standing else {}
    ticks = checklist(seat.live.course, done, earned)
    following = next_lesson(seat.live.course, done)
    outline = outline_of(seat.live, done, seat.languages, following.key if following and seat.standing else "")
    return render_template(
        "courses/lessons/index.html",
        seat=seat,
        live=seat.live,
        text=seat.live.course.text(*seat.languages),
        page=page,
        outline=outline,
        threads=[{"title": p.title, "done": p.states, "total": p.total, "now": None} for p in outline.modules],
        seed=seed_of(slug),
        facts=words.course_facts(seat.live, seat.languages),
        rules=words.rules_of(seat.live.course),
        items=words.checklist_rows(seat.live, ticks, seat.languages) if seat.standing else [],
        complete=ticks.complete,
        following=following,
        preview=words.preview_of(seat.live),
        changed=changes.since(db.session, seat.live, seat.standing, complete=ticks.complete),
        lang=language_of(page.language) if page else None,
    )


@bp.get("/<module>/<lesson>/")
@public
def show(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """A lesson. Previews are open to everyone; the rest needs a place in the course."""
    actor = current_actor()
    seat = take_seat(slug, actor)
    found = lesson_in(seat.live, module, lesson)
    if not seat.may_study and not found.preview:
        return _ask_to_enrol(slug)
    page = library.lesson_page(db.session, seat.live, found.key, seat.languages)
    if page is None:
        raise NotFound
    done = seat.standing.done if seat.standing else {}
    outline = outline_of(seat.live, done, seat.languages, found.key)
    panel = panel_of(found.kind)
    if panel is not None and actor is not None and seat.may_study:
        context = LessonContext(actor, seat.live, found, page, seat.standing, seat.languages, outline, clock.now())
        return panel(context)
    return render_template(
        "courses/lessons/show.html",
        seat=seat,
        live=seat.live,
        course=seat.live.course.text(*seat.languages),
        lesson=found,
        text=found.text(*seat.languages),
        page=page,
        lang=language_of(page.language),
        outline=outline,
        contents=contents(seat.live, outline, seat.languages, found.key),
        state=done.get(found.key),
        changed=changes.of_lesson(db.session, seat.live, found, done.get(found.key)),
    )


def _ask_to_enrol(slug: str) -> ResponseReturnValue:
    if current_actor() is None:
        raise SignInNeeded
    flash(_("This lesson is for learners of the course. Enrol, and it opens."), "info")
    return redirect(url_for("lessons.index", slug=slug), code=303)


@bp.post("/<module>/<lesson>/done")
@signed_in
def done(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Mark a lesson as read and go on to the next one."""
    actor = signed_in_actor()
    seat = take_seat(slug, actor)
    found = lesson_in(seat.live, module, lesson)
    require(seat.standing is not None and seat.standing.active and found.kind in READ)
    service.record_result(
        db.session,
        member_id=actor.id,
        course_slug=slug,
        lesson_key=found.key,
        state=LessonState.DONE,
        score=None,
        edition=seat.live.edition_number,
        now=clock.now(),
    )
    return redirect(_after(seat, found), code=303)


def _after(seat: Seat, lesson: Lesson) -> str:
    keys = list(seat.live.lessons)
    place = keys.index(lesson.key) + 1
    if place == len(keys):
        flash(_("That was the last lesson. Here is what is left for your certificate."), "done")
        return url_for("lessons.index", slug=seat.live.slug)
    return lesson_url(seat.live.slug, seat.live.lessons[keys[place]])


@bp.get("/changes")
@signed_in
def what_changed(slug: str) -> ResponseReturnValue:
    """What changed in the lessons between an earlier edition and the one that is live."""
    seat = take_seat(slug, signed_in_actor())
    require(seat.may_study or seat.standing is not None)
    number = request.args.get("since", "")
    earlier = library.edition(db.session, slug, int(number)) if number.isdigit() and len(number) < 9 else None  # noqa: PLR2004
    if earlier is None or earlier.edition_number > seat.live.edition_number:
        raise NotFound
    return render_template(
        "courses/lessons/changes.html",
        live=seat.live,
        text=seat.live.course.text(*seat.languages),
        earlier=earlier,
        lessons=changes.between(earlier, seat.live, seat.languages),
    )
