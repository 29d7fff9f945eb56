"""The comments that whoever marks in a course uses again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, reading_order
from academy.i18n import gettext as _
from academy.markdown import render_member_text
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, trainers
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import marks
from courses.marking import queries, service
from courses.marking.forms import CommentForm
from courses.marking.views import ID, bp


@bp.get("/comments/<slug>")
@trainers
def comments(slug: str) -> ResponseReturnValue:
    """Every comment that is kept for a course."""
    return _page(_course(slug), CommentForm(formdata=None))


@bp.post("/comments/<slug>")
@trainers
def keep_comment(slug: str) -> ResponseReturnValue:
    """Keep one more."""
    live, form = _course(slug), CommentForm()
    if not form.validate_on_submit():
        return _page(live, form), 422
    by, now = signed_in_actor().id, clock.now()
    service.keep_comment(db.session, course_slug=slug, text=form.text.data or "", by=by, now=now)
    flash(_("The comment is kept."), "done")
    return redirect(url_for("marking.comments", slug=slug), code=303)


@bp.post(f"/comments/<slug>/{ID}/remove")
@trainers
def drop_comment(slug: str, number: int) -> ResponseReturnValue:
    """Keep one no longer; works it was used in are not changed."""
    _course(slug)
    found = queries.comment(db.session, slug, number)
    if found is None:
        raise NotFound
    db.session.delete(found)
    flash(_("The comment is removed. Works it was used in keep it."), "done")
    return redirect(url_for("marking.comments", slug=slug), code=303)


def _course(slug: str) -> LiveCourse:
    live = library.live_course(db.session, slug)
    if live is None:
        raise NotFound
    reveal(marks(signed_in_actor(), slug))
    return live


def _page(live: LiveCourse, form: CommentForm) -> str:
    kept = queries.comments_of(db.session, live.slug)
    return render_template(
        "courses/marking/comments.html",
        form=form,
        slug=live.slug,
        course=live.course.text(*reading_order(current_code())),
        comments=[{"id": each.id, "html": render_member_text(each.text)} for each in kept],
    )
