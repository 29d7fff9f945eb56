"""Cohorts, for those who run the place: list, make, change, who is in one."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.web import desk
from academy.web.forms import hang
from academy.web.paging import ROW, row_number
from courses.cohorts import queries, service
from courses.cohorts.forms import CohortForm, NewCohortForm
from courses.cohorts.models import Cohort
from courses.cohorts.words import course_titles

bp = Blueprint("cohorts", __name__)
INVALID = 422


def init_app(app: Flask) -> None:
    """Put cohorts on the desk, and let members take away and erase what is known of them here."""
    del app
    desk.add(desk.Card(_l("Cohorts"), _l("Intakes of a course, and who is in them."), "cohorts.index", 30))
    data_rights.add_provider("cohorts", queries.known_of)
    data_rights.add_eraser(service.forget)


@bp.get("/admin/cohorts/")
@admins
def index() -> ResponseReturnValue:
    """Every cohort, the newest intake first, or those of one course."""
    titles = course_titles(db.session)
    course = request.args.get("course", "")
    course = course if course in titles else ""
    found = queries.cohorts_after(db.session, request.args.get("after", type=row_number), course or None)
    older = url_for("cohorts.index", course=course or None, after=found.rows[-1].cohort.id) if found.more else ""
    return render_template("courses/cohorts/index.html", found=found, titles=titles, course=course, older=older)


@bp.route("/admin/cohorts/new", methods=["GET", "POST"])
@admins
def make() -> ResponseReturnValue:
    """Make a cohort for a course."""
    form = NewCohortForm(data={"course": request.args.get("course", "")})
    form.offer(list(course_titles(db.session).items()))
    cohort = _made(form) if form.validate_on_submit() else None
    if cohort is None:
        return _page("make", form)
    _note("cohort.made", cohort.id, cohort.course_slug)
    flash(_("The cohort “%(name)s” is there. Now add its people.", name=cohort.name), "done")
    return redirect(url_for("cohorts.show", cohort_id=cohort.id), code=303)


def _made(form: NewCohortForm) -> Cohort | None:
    try:
        return service.make(db.session, course_slug=form.course.data, now=clock.now(), **form.facts())
    except service.NameTaken as error:
        hang(form.name, error)
        return None


@bp.get(f"/admin/cohorts/<{ROW}:cohort_id>")
@admins
def show(cohort_id: int) -> ResponseReturnValue:
    """One cohort: its facts and its people."""
    cohort = cohort_or_404(cohort_id)
    found = queries.members_after(db.session, cohort_id, request.args.get("after", type=row_number))
    following = url_for("cohorts.show", cohort_id=cohort_id, after=found.rows[-1].id) if found.more else ""
    return render_template(
        "courses/cohorts/show.html",
        cohort=cohort,
        course=course_titles(db.session).get(cohort.course_slug, cohort.course_slug),
        people=queries.size_of(db.session, cohort_id),
        found=found,
        following=following,
    )


@bp.route(f"/admin/cohorts/<{ROW}:cohort_id>/change", methods=["GET", "POST"])
@admins
def change(cohort_id: int) -> ResponseReturnValue:
    """Correct a cohort's name or dates."""
    cohort = cohort_or_404(cohort_id)
    form, named = CohortForm(obj=cohort), cohort.name
    if not form.validate_on_submit() or not _changed(cohort, form):
        return _page("change", form, cohort_id=cohort_id, named=named)
    _note("cohort.changed", cohort_id)
    flash(_("Saved."), "done")
    return redirect(url_for("cohorts.show", cohort_id=cohort_id), code=303)


def _changed(cohort: Cohort, form: CohortForm) -> bool:
    try:
        service.change(db.session, cohort=cohort, **form.facts())
    except service.NameTaken as error:
        hang(form.name, error)
        return False
    return True


@bp.route(f"/admin/cohorts/<{ROW}:cohort_id>/people/<{ROW}:member_id>/remove", methods=["GET", "POST"])
@admins
def remove(cohort_id: int, member_id: int) -> ResponseReturnValue:
    """Take somebody out of a cohort, after asking."""
    cohort = cohort_or_404(cohort_id)
    if request.method == "POST":
        if service.remove_member(db.session, cohort_id=cohort_id, member_id=member_id):
            _note("cohort.person_removed", cohort_id, f"member:{member_id}")
        flash(_("Removed from the cohort."), "done")
        return redirect(url_for("cohorts.show", cohort_id=cohort_id), code=303)
    person = queries.person_in(db.session, cohort_id, member_id)
    if person is None:
        raise NotFound
    return render_template("courses/cohorts/remove.html", cohort=cohort, person=person)


def cohort_or_404(cohort_id: int) -> Cohort:
    """The cohort with this number, or NotFound."""
    cohort = queries.cohort_by_id(db.session, cohort_id)
    if cohort is None:
        raise NotFound
    return cohort


def _page(name: str, form: CohortForm, **values: object) -> ResponseReturnValue:
    text = render_template(f"courses/cohorts/{name}.html", form=form, **values)
    return text, INVALID if form.errors else 200


def _note(action: str, cohort_id: int, detail: str = "") -> None:
    subject = f"cohort:{cohort_id}"
    record(db.session, actor=signed_in_actor(), action=action, now=clock.now(), subject=subject, detail=detail)
