"""The course page, the lesson pages, and the button that marks a lesson as done."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import Forbidden, NotFound, SignInNeeded
from academy.i18n import gettext as _
from academy.people.actor import current_actor, signed_in_actor
from academy.people.guards import public, require, signed_in
from academy.web.whole_pages import whole_page
from courses.catalogue import library
from courses.catalogue.content import Kind, Lesson
from courses.lessons import changes, pages
from courses.lessons.outline import lesson_url
from courses.lessons.panels import panel_of
from courses.lessons.reading import Retired, Seat, lesson_in, open_lesson_in, take_seat
from courses.progress import service
from courses.publishing import queries as publishing

bp = Blueprint("lessons", __name__, url_prefix="/courses/<slug>")


@bp.get("/")
@public
def index(slug: str) -> ResponseReturnValue:
    """The course page: promise, outline, rules, and for a learner what is left."""
    actor = current_actor()
    seat = take_seat(slug, actor)
    return whole_page(seat.live.version, lambda: pages.course_page(seat, actor))


@bp.get("/<module>/<lesson>/")
@public
def show(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """A lesson. Previews are open to everyone; the rest needs a place in the course."""
    actor = current_actor()
    seat = take_seat(slug, actor)
    try:
        found = lesson_in(seat.live, module, lesson)
    except Retired as refusal:
        return render_template(
            "courses/lessons/retired.html", live=seat.live, text=seat.live.course.text(*seat.languages)
        ), refusal.status
    if not seat.may_study and not found.preview:
        return _ask_to_enrol(slug)
    if found.key in seat.gate.closed:
        return pages.closed_page(seat, found)
    panel = panel_of(found.kind)
    if panel is not None and actor is not None and seat.may_study:
        return panel(pages.context_of(seat, found, actor, clock.now()))
    return whole_page(seat.live.version, lambda: pages.lesson_page(seat, found))


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
    found = open_lesson_in(seat, module, lesson)
    standing = seat.standing
    if standing is None or not standing.active or found.kind is not Kind.READING:
        raise Forbidden
    service.record_reading(
        db.session, live=seat.live, standing=standing, member_id=actor.id, lesson_key=found.key, now=clock.now()
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
    earlier = library.edition(db.session, slug, int(number)) if number.isdecimal() and len(number) < 9 else None  # noqa: PLR2004
    if earlier is None or earlier.edition_number > seat.live.edition_number:
        raise NotFound
    return render_template(
        "courses/lessons/changes.html",
        live=seat.live,
        text=seat.live.course.text(*seat.languages),
        earlier=earlier,
        notes=publishing.notes_since(db.session, slug, earlier.edition_number, seat.live.edition_number),
        lessons=changes.without_text(changes.between(earlier, seat.live, seat.languages), seat.gate.closed),
    )
