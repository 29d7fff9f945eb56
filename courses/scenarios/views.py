"""Choosing what happens next, going back, and all scenes on one page."""

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from courses.lessons import pages
from courses.lessons.outline import lesson_url
from courses.lessons.panels import LessonContext
from courses.lessons.reading import open_lesson_in, take_seat
from courses.progress.service import record_reading
from courses.scenarios import panel, service
from courses.scenarios.forms import StepForm
from courses.scenarios.rules import Walk
from courses.scenarios.service import ElsewhereAlready, Stage

bp = Blueprint("scenarios", __name__, url_prefix="/courses/<slug>/<module>/<lesson>")


@bp.get("/whole")
@signed_in
def whole(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """All scenes of a scenario on one page."""
    context = _context(slug, module, lesson)
    panel.scenes_of(context)
    return panel.whole(context)


@bp.post("/choose")
@signed_in
def choose(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Go on to another scene; at an end the lesson is done."""
    context, form = _context(slug, module, lesson), StepForm()
    stage = _stage(context)
    place, target = (form.place.data, form.target.data) if form.validate_on_submit() else (None, "")
    try:
        way = service.choose(db.session, stage=stage, place=place, target=target or "", now=context.now)
    except ElsewhereAlready as refusal:
        flash(str(refusal), "info")
    else:
        _note_end(context, way)
    return _back_to(context)


@bp.post("/return")
@signed_in
def return_to(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Stand again in an earlier scene."""
    context, form = _context(slug, module, lesson), StepForm()
    stage = _stage(context)
    place = (form.place.data or 0) if form.validate_on_submit() else 0
    service.go_back(db.session, stage=stage, place=place, now=context.now)
    return _back_to(context)


def _context(slug: str, module: str, lesson: str) -> LessonContext:
    actor = signed_in_actor()
    seat = take_seat(slug, actor)
    require(seat.may_study)
    return pages.context_of(seat, open_lesson_in(seat, module, lesson), actor, clock.now())


def _stage(context: LessonContext) -> Stage:
    return Stage(context.actor.id, context.live.slug, context.lesson.key, panel.scenes_of(context))


def _note_end(context: LessonContext, way: Walk) -> None:
    standing = context.standing
    if way.ended and standing is not None and standing.active:
        record_reading(
            db.session,
            live=context.live,
            standing=standing,
            member_id=context.actor.id,
            lesson_key=context.lesson.key,
            now=context.now,
        )


def _back_to(context: LessonContext) -> ResponseReturnValue:
    return redirect(f"{lesson_url(context.live.slug, context.lesson)}#now", code=303)
