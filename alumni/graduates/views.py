"""Earlier graduates, for admins: the list, one of them, letters to them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.countries import named, names
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.i18n import ngettext
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.web.forms import hang
from academy.web.paging import row_number
from alumni.graduates import correcting, desk_queries, inviting, words
from alumni.graduates.desk_queries import Row
from alumni.graduates.forms import GraduateForm
from alumni.graduates.rules import may_be_invited, may_be_withdrawn

bp = Blueprint("graduates", __name__)
INVALID = 422
LONGEST_WORDS = 100


@bp.get("/admin/graduates/")
@admins
def index() -> ResponseReturnValue:
    """Everybody on the list, or those in one state or with some name."""
    state = request.args.get("state", "")
    state = state if state in words.STATES else ""
    typed = request.args.get("q", "")[:LONGEST_WORDS]
    after = request.args.get("after", type=row_number)
    found, is_more = desk_queries.page_of(db.session, state=state, words=typed, after=after)
    return render_template(
        "alumni/graduates/index.html",
        found=found,
        older=_older(found[-1], state, typed) if is_more else "",
        state=state,
        typed=typed,
        counts=desk_queries.counts(db.session),
        uninvited=desk_queries.uninvited(db.session),
        drafts=desk_queries.drafts(db.session),
        words=words,
    )


def _older(last: Row, state: str, typed: str) -> str:
    return url_for("graduates.index", after=last.graduate.id, state=state or None, q=typed or None)


@bp.route("/admin/graduates/add", methods=["GET", "POST"])
@admins
def add() -> ResponseReturnValue:
    """Write one person down by hand."""
    form = _form()
    if not form.validate_on_submit():
        return _page("add", form)
    try:
        number = correcting.add(db.session, facts=_facts(form), by=signed_in_actor(), now=clock.now())
    except correcting.AddressListed as error:
        hang(form.email, error)
        return _page("add", form)
    flash(_("Written down."), "done")
    return redirect(url_for("graduates.show", number=number), code=303)


@bp.get("/admin/graduates/<int(max=999999999999999):number>")
@admins
def show(number: int) -> ResponseReturnValue:
    """One person on the list, and what can be done."""
    row, now = _row(number), clock.now()
    one = row.graduate
    return render_template(
        "alumni/graduates/show.html",
        row=row,
        words=words,
        country=named(one.country),
        may_invite=may_be_invited(one.state, one.email, one.letters, one.invited_at, now),
        may_withdraw=may_be_withdrawn(one.state),
        expired=one.state == "invited" and one.expires_at is not None and one.expires_at < now,
    )


@bp.route("/admin/graduates/<int(max=999999999999999):number>/change", methods=["GET", "POST"])
@admins
def change(number: int) -> ResponseReturnValue:
    """Correct what is written about somebody."""
    row = _row(number)
    one, cohort = row.graduate, row.cohort
    form = _form(name=one.name, email=one.email, cohort=cohort.name, year=cohort.year, country=one.country)
    if not form.validate_on_submit():
        return _page("change", form, row=row)
    try:
        correcting.change(db.session, graduate=one, facts=_facts(form), by=signed_in_actor(), now=clock.now())
    except correcting.AddressListed as error:
        hang(form.email, error)
        return _page("change", form, row=row)
    flash(_("Saved."), "done")
    return redirect(url_for("graduates.show", number=number), code=303)


@bp.route("/admin/graduates/invite", methods=["GET", "POST"])
@admins
def invite_all() -> ResponseReturnValue:
    """Write to everybody who was never written to, after asking."""
    if request.method != "POST":
        return render_template("alumni/graduates/invite.html", people=desk_queries.uninvited(db.session))
    people = inviting.invite_all(db.session, by=signed_in_actor(), now=clock.now())
    flash(ngettext("%(num)s letter goes out.", "%(num)s letters go out.", people), "done")
    return redirect(url_for("graduates.index"), code=303)


@bp.post("/admin/graduates/<int(max=999999999999999):number>/invite")
@admins
def invite(number: int) -> ResponseReturnValue:
    """Write to one person, for the first time or again."""
    row = _row(number, locked=True)
    inviting.invite(db.session, graduate=row.graduate, by=signed_in_actor(), now=clock.now())
    flash(_("A letter goes out."), "done")
    return redirect(url_for("graduates.show", number=number), code=303)


@bp.route("/admin/graduates/<int(max=999999999999999):number>/withdraw", methods=["GET", "POST"])
@admins
def withdraw(number: int) -> ResponseReturnValue:
    """Take back an invitation or a standing, after asking."""
    row = _row(number, locked=request.method == "POST")
    if request.method != "POST":
        return render_template("alumni/graduates/withdraw.html", row=row)
    inviting.withdraw(db.session, graduate=row.graduate, by=signed_in_actor(), now=clock.now())
    flash(_("Taken back."), "done")
    return redirect(url_for("graduates.show", number=number), code=303)


def _row(number: int, *, locked: bool = False) -> Row:
    row = desk_queries.one(db.session, number, locked=locked)
    if row is None:
        raise NotFound
    return row


def _form(**values: object) -> GraduateForm:
    return GraduateForm(data=values, countries=named_countries(), this_year=clock.now().year)


def named_countries() -> list[tuple[str, str]]:
    """Codes and names of all countries in the reader's language, by name."""
    return sorted(names().items(), key=lambda pair: pair[1])


def _facts(form: GraduateForm) -> correcting.Facts:
    typed = (form.name.data, form.email.data, form.cohort.data, form.year.data, form.country.data)
    name, email, cohort, year, country = typed
    return correcting.Facts(name or "", email or "", cohort or "", year or 0, country or "")


def _page(name: str, form: GraduateForm, **values: object) -> ResponseReturnValue:
    text = render_template(f"alumni/graduates/{name}.html", form=form, **values)
    return text, INVALID if form.errors else 200
