"""How learners read each other's work, for whoever looks after them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, number, reading_order
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, trainers
from courses.catalogue import library
from courses.catalogue.staff import teaches
from courses.marking import rules
from courses.marking.forms import QualityForm
from courses.marking.views import ID, bp
from courses.tasks import peer_queries, reviewing
from courses.tasks.models import Quality
from courses.tasks.peer_queries import Reader


@bp.get("/reviews/<slug>")
@trainers
def readers(slug: str) -> ResponseReturnValue:
    """Who reads how much, how helpful it is, and what does not count."""
    live = library.live_course(db.session, slug)
    if live is None:
        raise NotFound
    reveal(teaches(signed_in_actor(), slug))
    return render_template(
        "courses/marking/readers.html",
        course=live.course.text(*reading_order(current_code())),
        rows=[_row(each) for each in peer_queries.readers_in(db.session, slug)],
    )


def _row(reader: Reader) -> tuple[str, ...]:
    given = _("%(given)s of %(assigned)s", given=number(reader.given), assigned=number(reader.assigned))
    helpful = _("not rated yet") if reader.helpful is None else number(round(reader.helpful, 1))
    return reader.name, given, helpful, number(reader.poor)


@bp.post(f"/reviews/{ID}/quality")
@trainers
def judge_review(number: int) -> ResponseReturnValue:
    """Say that a review is good, or that it does not count."""
    found = peer_queries.by_number(db.session, number)
    if found is None:
        raise NotFound
    review, work = found
    actor, form = signed_in_actor(), QualityForm()
    reveal(rules.may_mark(actor, work.course_slug, work.member_id))
    if form.validate_on_submit():
        quality = Quality(form.quality.data)
        reviewing.judge(db.session, review=review, quality=quality, by=actor, now=clock.now())
        flash(_("Your opinion of the review is kept."), "done")
    return redirect(url_for("marking.task", number=work.id) + "#reviews", code=303)
