"""Issue from the register: one, some or all, with an exception, after names were checked; take the register along."""

from collections.abc import Iterator

from flask import Response, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import clock, db, zones
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.i18n import ngettext
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.spreadsheets.service import CSV_TYPE, Cell, csv_of
from academy.web import limits
from academy.web.limits import Limit
from courses.certificates import batches, naming, queries, register_queries, register_words, service, standing_words
from courses.certificates.batches import Source
from courses.certificates.forms import ExceptionForm, IssueForm
from courses.certificates.service import Award
from courses.certificates.views.blueprint import INVALID, bp, page
from courses.certificates.views.register import register_page
from courses.certificates.views.scope import LARGEST_ID, Line, Scope, giving, line_of, lines_of, scope_of, title_of

MOST_PICKED = 100
AT_ONCE = 500
EXPORTS = Limit("certificates.exports", 20, 60 * 60)


@bp.post("/admin/certificates/issue")
@admins
def issue() -> ResponseReturnValue:
    """Let those who were picked, or everybody who is ready, be given certificates in the background."""
    courses = giving()
    scope = scope_of(courses, chosen=request.args.get("course", ""), exactly=True)
    form = IssueForm()
    if "everybody" in request.form:
        with db.glance() as session:
            chosen = register_queries.eligible(session, scope.live, scope.wanted)
    else:
        picked = [number for number in (form.members.data or []) if 0 < number < LARGEST_ID][:MOST_PICKED]
        with db.glance() as session:
            chosen = register_queries.present(session, scope.wanted, picked)
    if not chosen:
        form.members.errors = [_("Pick at least one person who is ready.")]
        return register_page(courses, scope, form)
    source = Source(course_slug=scope.live.slug, tier=scope.tier)
    batch = batches.start(db.session, source=source, member_ids=chosen, by=signed_in_actor(), now=clock.now())
    return redirect(url_for("certificates.batch", number=batch.id), code=303)


@bp.post("/admin/certificates/remind")
@admins
def remind() -> ResponseReturnValue:
    """Ask everybody who has not looked at how they are written to do so; whoever was asked lately is left in peace."""
    scope = scope_of(giving(), chosen=request.args.get("course", ""), exactly=True)
    now = clock.now()
    ids = register_queries.unchecked_ids(db.session, scope.wanted)
    asked = sum(
        naming.ask(db.session, member_ids=ids[start : start + AT_ONCE], now=now)
        for start in range(0, len(ids), AT_ONCE)
    )
    record(
        db.session,
        actor=signed_in_actor(),
        action="certificate.names_asked",
        now=now,
        subject=f"course:{scope.live.slug}",
        detail=str(asked),
    )
    said = ngettext(
        "%(num)s person was asked to check the name.", "%(num)s people were asked to check their names.", asked
    )
    flash(said if asked else _("Nobody had to be asked: all checked their names or were asked lately."), "done")
    return redirect(scope.url("certificates.register"), code=303)


@bp.post("/admin/certificates/register.csv")
@admins
def export() -> Response:
    """The people that the register shows, as a file."""
    scope = scope_of(giving(), chosen=request.args.get("course", ""), exactly=True)
    actor = signed_in_actor()
    limits.spend(EXPORTS, actor.id)
    with db.glance() as session:
        rows = list(_cells(session, scope))
    content = csv_of(_headings(), rows)
    subject, detail = f"course:{scope.live.slug}", f"{len(rows)} {scope.tier}"
    record(db.session, actor=actor, action="register.exported", now=clock.now(), subject=subject, detail=detail)
    response = make_response(content)
    response.mimetype = CSV_TYPE
    name = f"{scope.live.slug}-{scope.tier}-register.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _headings() -> list[str]:
    return [
        _("Name"),
        _("Name on the certificate"),
        _("The same name in another script"),
        _("Name checked"),
        _("Cohort"),
        _("State"),
        _("What is missing"),
        _("Code"),
        _("Date of issue"),
        _("Last day"),
    ]


def _cells(session: Session, scope: Scope) -> Iterator[list[Cell]]:
    after = 0
    while ids := register_queries.learner_ids(session, scope.wanted, after=after, most=AT_ONCE):
        after = ids[-1]
        for line in lines_of(queries.candidates(session, scope.live, scope.tier, ids), scope):
            yield _row(line)


def _row(line: Line) -> list[Cell]:
    who, held = line.candidate, line.candidate.certificate
    given: list[Cell] = ["", "", ""]
    if held is not None:
        given = [held.code, zones.home_day(held.issued_at).isoformat(), standing_words.last_day_iso(held)]
    return [
        who.display_name,
        who.legal_name,
        who.second_name,
        _("yes") if who.confirmed else _("no"),
        who.cohort.name if who.cohort else "",
        register_words.state_on_register(held, ready=not line.reasons, now=clock.now()),
        " ".join(line.reasons),
        *given,
    ]


@bp.route("/admin/certificates/exceptions/<slug>/<int:member_id>", methods=["GET", "POST"])
@admins
def exception(slug: str, member_id: int) -> ResponseReturnValue:
    """Give a certificate to somebody for whom something is open, for a written reason."""
    scope = scope_of(giving(), chosen=slug, exactly=True)
    found = queries.candidates(db.session, scope.live, scope.tier, [min(member_id, LARGEST_ID)])
    if not found:
        raise NotFound
    form, candidate = ExceptionForm(), found[0]
    if form.validate_on_submit():
        award = Award(scope.live, scope.tier, signed_in_actor(), clock.now(), form.reason.data or "")
        certificate = service.issue(db.session, candidate=candidate, award=award)
        flash(_("The certificate is issued. Its code is %(code)s.", code=certificate.code), "done")
        return redirect(url_for("certificates.record", code=certificate.code), code=303)
    status = INVALID if form.errors else 200
    back = scope.url("certificates.register")
    return page("exception", status, form=form, line=line_of(candidate, scope), title=title_of(scope), back=back)
