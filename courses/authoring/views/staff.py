"""The people of a course: its owners see and say who has which part."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, reveal, trainers
from academy.web import limits
from academy.web.forms import hang, said
from academy.web.limits import Limit
from academy.web.paging import row_number
from courses.authoring import queries, staffing
from courses.authoring.drafted import Drafted
from courses.authoring.forms import PartForm
from courses.authoring.views.blueprint import bp
from courses.catalogue import library
from courses.catalogue.staff import is_staff_of, owns

TRIES = Limit("authoring.parts", 30, 60 * 60)


@bp.get("/<slug>/people")
@trainers
def people(slug: str) -> ResponseReturnValue:
    """Who has which part in the course."""
    _owner(slug)
    return _page(slug, PartForm())


@bp.post("/<slug>/people")
@trainers
def give_part(slug: str) -> ResponseReturnValue:
    """Give somebody a part."""
    actor, form = _owner(slug), PartForm()
    limits.spend(TRIES, actor.id)
    if form.validate_on_submit() and _given(slug, actor, form):
        return redirect(url_for("authoring.people", slug=slug), code=303)
    return _page(slug, form), 422


def _given(slug: str, actor: Actor, form: PartForm) -> bool:
    try:
        name = staffing.give(
            db.session,
            slug=slug,
            title=_title(slug),
            email=said(form.email),
            name=said(form.role),
            by=actor,
            url=url_for("teaching.index"),
            now=clock.now(),
        )
    except staffing.NobodyThere as error:
        hang(form.email, error)
        return False
    flash(_("%(name)s has this part now, and was told.", name=name), "done")
    return True


@bp.post("/<slug>/people/take")
@trainers
def take_part(slug: str) -> ResponseReturnValue:
    """Take a part back."""
    actor, member_id = _owner(slug), request.form.get("member", type=row_number) or 0
    name = request.form.get("role", "")
    staffing.take(db.session, slug=slug, member_id=member_id, name=name, by=actor, now=clock.now())
    flash(_("Taken back."), "done")
    return redirect(url_for("authoring.people", slug=slug), code=303)


def _owner(slug: str) -> Actor:
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    require(owns(actor, slug))
    with db.glance() as session:
        reveal(slug in queries.known(session, [slug]))
    return actor


def _title(slug: str) -> str:
    live = library.live_course(db.session, slug)
    return live.course.title if live else Drafted(slug, queries.files_of(db.session, slug)).course.title


def _page(slug: str, form: PartForm) -> str:
    listed = staffing.parts(db.session, slug)
    return render_template("courses/authoring/people.html", slug=slug, title=_title(slug), parts=listed, form=form)
