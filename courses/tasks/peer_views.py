"""Reading others' work, and what others said of one's own."""

from dataclasses import dataclass

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from academy import db
from academy.errors import NotFound
from academy.i18n import file_size, ngettext, number
from academy.i18n import gettext as _
from academy.markdown import render_member_text
from academy.people.guards import signed_in
from academy.uploads import serving
from courses.catalogue.questions import Criterion
from courses.lessons.outline import lesson_url
from courses.lessons.panels import LessonContext
from courses.tasks import panel, peer_queries, queries, reviewing, rules, words
from courses.tasks.forms import HelpfulForm, ReviewForm, rubric_form
from courses.tasks.models import Quality, Work, WorkReview
from courses.tasks.reviewing import Opinion, ReviewClosed
from courses.tasks.views import bp, context_of

NUMBER = "<int(max=9007199254740991):number>"


@dataclass(frozen=True, slots=True)
class Reading:
    """A work that whoever is here was given to read."""

    context: LessonContext
    review: WorkReview
    work: Work

    @property
    def rubric(self) -> tuple[Criterion, ...]:
        """What is looked at, in the reader's language."""
        return tuple(words.rubric_of(self.context, self.work))


@bp.post("/reviews")
@signed_in
def find_reviews(slug: str, module: str, lesson: str) -> ResponseReturnValue:
    """Ask for works of others to read."""
    context = context_of(slug, module, lesson)
    peers, versions = panel.task_of(context).peers, _versions(context)
    work = rules.newest([each for each in versions if not each.is_draft])
    if peers is None or work is None:
        raise NotFound
    found = reviewing.assign(db.session, work=work, peers=peers, now=context.now)
    if found:
        flash(ngettext("You have %(num)s more work to read.", "You have %(num)s more works to read.", found), "done")
    else:
        flash(_("There is no other work to read yet. Please come back when others have handed in."), "info")
    return _back(context)


def _versions(context: LessonContext) -> list[Work]:
    return queries.versions_of(db.session, context.actor.id, context.live.slug, context.lesson.key)


@bp.get(f"/reviews/{NUMBER}")
@signed_in
def review(slug: str, module: str, lesson: str, number: int) -> ResponseReturnValue:
    """Read somebody's work, without learning whose it is."""
    reading = _reading(slug, module, lesson, number)
    form = rubric_form(reading.rubric, ReviewForm)
    form.fill(reading.review.points, reading.rubric)
    form.comment.data = reading.review.comment
    return _page(reading, form)


@bp.post(f"/reviews/{NUMBER}")
@signed_in
def give_review(slug: str, module: str, lesson: str, number: int) -> ResponseReturnValue:
    """Say what one thinks of it."""
    reading = _reading(slug, module, lesson, number)
    context, form = reading.context, rubric_form(reading.rubric, ReviewForm)
    if not form.complete():
        return _page(reading, form), 422
    url = lesson_url(slug, context.lesson)
    opinion = Opinion(form.points(reading.rubric), form.comment.data or "")
    try:
        reviewing.give(
            db.session, review=reading.review, opinion=opinion, lesson=context.lesson.title, url=url, now=context.now
        )
    except ReviewClosed as refusal:
        return _page(reading, form, str(refusal)), refusal.status
    flash(_("Thank you. The author will see what you wrote, but not who you are."), "done")
    return _back(context)


@bp.get(f"/reviews/{NUMBER}/files/<int(max=9007199254740991):upload>")
@signed_in
def review_file(slug: str, module: str, lesson: str, number: int, upload: int) -> ResponseReturnValue:
    """A file of a work one was given to read, under a name that says nothing."""
    reading = _reading(slug, module, lesson, number)
    for place, each in enumerate(queries.files_of(db.session, [reading.work.id]).get(reading.work.id, ()), start=1):
        if each.id == upload:
            return serving.attachment(each, f"file-{place}")
    raise NotFound


@bp.post(f"/reviews/{NUMBER}/helpful")
@signed_in
def rate(slug: str, module: str, lesson: str, number: int) -> ResponseReturnValue:
    """Say how much a review of one's own work helped."""
    context, form = context_of(slug, module, lesson), HelpfulForm()
    peers = panel.task_of(context).peers
    found = peer_queries.of_author(db.session, number, context.actor.id)
    if found is None or peers is None or not _is_here(context, found[1]):
        raise NotFound
    shelf = peer_queries.shelf_of(db.session, context.actor.id, slug, context.lesson.key)
    if not shelf.may_read(peers.readers, context.now):
        raise NotFound
    if form.validate_on_submit():
        reviewing.rate(db.session, review=found[0], helpful=form.helpful.data)
        flash(_("Thank you. Your trainer sees which reviews help."), "done")
    return redirect(f"{lesson_url(slug, context.lesson)}#reviews", code=303)


def _reading(slug: str, module: str, lesson: str, number: int) -> Reading:
    context = context_of(slug, module, lesson)
    found = peer_queries.assigned(db.session, number, context.actor.id)
    if found is None or not _is_here(context, found[1]):
        raise NotFound
    return Reading(context, *found)


def _is_here(context: LessonContext, work: Work) -> bool:
    return (work.course_slug, work.lesson_key) == (context.live.slug, context.lesson.key)


def _page(reading: Reading, form: ReviewForm, problem: str = "") -> str:
    context, work = reading.context, reading.work
    files = queries.files_of(db.session, [work.id]).get(work.id, ())
    return render_template(
        "courses/tasks/review.html",
        context=context,
        course=context.live.course.text(*context.languages),
        text=context.lesson.text(*context.languages),
        back=lesson_url(context.live.slug, context.lesson),
        form=form,
        problem=problem,
        review=reading.review,
        closed=reading.review.quality != Quality.OPEN,
        written=render_member_text(work.text),
        files=[
            words.File(
                each.id,
                _("File %(number)s", number=number(place)),
                file_size(each.size),
                panel.url(context, "review_file", number=reading.review.id, upload=each.id),
            )
            for place, each in enumerate(files, start=1)
        ],
    )


def _back(context: LessonContext) -> Response:
    return redirect(f"{lesson_url(context.live.slug, context.lesson)}#reviews", code=303)
