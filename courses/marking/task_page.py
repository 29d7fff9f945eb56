"""The page of a learner's work beside its rubric, put together for whoever marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from markupsafe import Markup

from academy import clock, db
from academy.i18n import current_code, file_size, language_of, number, percent, reading_order
from academy.i18n import gettext as _
from academy.markdown import render_member_text
from academy.people.actor import signed_in_actor
from courses.catalogue import library
from courses.marking import queries, rules
from courses.marking.forms import MarkerForm, QualityForm
from courses.marking.tasks import TaskCase
from courses.tasks import peer_queries, words
from courses.tasks import queries as tasks
from courses.tasks import rules as worth
from courses.tasks.forms import MessageForm
from courses.tasks.models import Stage, Work, WorkMark, WorkReview
from courses.tasks.words import File, Rows


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """What a learner said of the work, as a trainer sees it."""

    id: int
    rows: Rows
    comment: Markup
    score: str
    helpful: int | None
    quality: str


def task_page(case: TaskCase, form: MarkerForm, problem: str = "", message: MessageForm | None = None) -> str:
    """The work on one side, what is looked at on the other."""
    languages, actor, work = reading_order(current_code()), signed_in_actor(), case.work
    marks = tasks.marks_of(db.session, work.id) if case.task.second_marker else ()
    claim = queries.claim_on(db.session, "tasks", work.id, clock.now()) if work.waits else None
    before = [mark.marker_id for mark in marks]
    may_decide = rules.may_decide(actor, work.course_slug, work.stage, before)
    talk = tasks.talk_under(db.session, work)
    return render_template(
        "courses/marking/task.html",
        case=case,
        form=form,
        message=message or MessageForm(formdata=None),
        problem=problem,
        lesson=case.lesson.text(*languages),
        course=case.live.course.text(*languages),
        brief=library.lesson_page(db.session, case.live, case.lesson.key, languages),
        lang=language_of(case.lesson.text(*languages).language),
        rubric=words.rubric_rows(case.rubric),
        state=words.state_words(work),
        written=render_member_text(work.text),
        files=_files(case),
        versions=_others(case, tasks.versions_of(db.session, work.member_id, work.course_slug, work.lesson_key)),
        claim=claim,
        mine=claim is not None and claim.member_id == actor.id,
        may_decide=may_decide,
        gave=actor.id in before,
        opinions=_opinions(case, marks, may_see=work.settled or (may_decide and work.stage == Stage.THIRD)),
        given=words.points_rows(work.points, case.rubric),
        comment=render_member_text(work.comment),
        reviews=_reviews(case),
        quality=QualityForm,
        talk=[words.spoken(each, of_learner=False, hidden=case.submitted.hidden) for each in talk],
        fresh=sum(1 for each in talk if each.of_learner and each.read_at is None),
    )


def _files(case: TaskCase) -> list[File]:
    if not case.task.takes_files:
        return []
    hidden, work = case.submitted.hidden, case.work
    return [
        File(
            each.id,
            _("File %(number)s", number=number(place)) if hidden else each.name,
            file_size(each.size),
            url_for("marking.task_file", number=work.id, upload=each.id),
        )
        for place, each in enumerate(tasks.files_of(db.session, [work.id]).get(work.id, ()), start=1)
    ]


def _others(case: TaskCase, versions: list[Work]) -> list[dict[str, str]]:
    """The other versions of the same work, each on a page of its own."""
    return [
        {
            "title": _("Version %(number)s", number=number(each.number)),
            "state": words.state_words(each)[0],
            "url": url_for("marking.task", number=each.id),
        }
        for each in versions
        if not each.is_draft and each.id != case.work.id
    ]


def _opinions(case: TaskCase, marks: Sequence[WorkMark], *, may_see: bool) -> list[dict[str, object]]:
    """What each of several markers gave; nobody sees it who is still to give their own."""
    if not may_see:
        return []
    return [
        {
            "title": _("Marker %(number)s: %(share)s", number=number(mark.place), share=percent(mark.score)),
            "rows": words.points_rows(mark.points, case.rubric),
            "comment": render_member_text(mark.comment),
        }
        for mark in marks
    ]


def _reviews(case: TaskCase) -> list[ReviewShown]:
    if case.task.peers is None:
        return []
    given = [review for review in peer_queries.of_work(db.session, case.work.id) if review.given]
    return [_review(case, review) for review in given]


def _review(case: TaskCase, review: WorkReview) -> ReviewShown:
    return ReviewShown(
        review.id,
        words.points_rows(review.points, case.rubric),
        render_member_text(review.comment),
        percent(worth.score(case.task, review.points)),
        review.helpful,
        review.quality,
    )
