"""Write a certificate anew under the same code, or let it count on."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, zones
from academy.i18n import gettext as _
from academy.i18n import long_date
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.web.forms import hang, said
from courses.catalogue import library
from courses.certificates import life, templates, validity
from courses.certificates.forms import ReissueForm, RenewalForm
from courses.certificates.models import Certificate
from courses.certificates.refusals import CannotBeIssued, CountsWithoutEnd, SameAsBefore
from courses.certificates.views.blueprint import INVALID, bp, certificate_or_404, page


@bp.route("/admin/certificates/<code>/name", methods=["GET", "POST"])
@admins
def reissue(code: str) -> ResponseReturnValue:
    """Another spelling of the name: the code stays, the document is a new one."""
    certificate = certificate_or_404(code)
    form = ReissueForm(data={"legal_name": certificate.holder_name, "second_name": certificate.second_name})
    if not form.validate_on_submit() or not _written(certificate, form):
        return page("reissue", INVALID if form.errors else 200, form=form, certificate=certificate)
    flash(_("The certificate is written anew, and its holder is told."), "done")
    return redirect(url_for("certificates.record", code=certificate.code), code=303)


def _written(certificate: Certificate, form: ReissueForm) -> bool:
    try:
        life.reissue(
            db.session,
            certificate=certificate,
            name=said(form.legal_name),
            second_name=said(form.second_name),
            words=said(form.words),
            by=signed_in_actor(),
            now=clock.now(),
        )
    except (CannotBeIssued, SameAsBefore) as refusal:
        hang(form.legal_name, refusal)
        return False
    return True


@bp.route("/admin/certificates/<code>/renewal", methods=["GET", "POST"])
@admins
def renew(code: str) -> ResponseReturnValue:
    """Let a certificate count for another period of its course."""
    certificate, form, now = certificate_or_404(code), RenewalForm(), clock.now()
    if certificate.expires_at is None:
        raise CountsWithoutEnd
    months = months_of(certificate)
    if form.validate_on_submit():
        by = signed_in_actor()
        life.renew(db.session, certificate=certificate, months=months, words=said(form.words), by=by, now=now)
        flash(_("The certificate is renewed, and its holder is told."), "done")
        return redirect(url_for("certificates.record", code=certificate.code), code=303)
    until = validity.renewed(certificate.expires_at, now, months, zones.home())
    return page(
        "renew",
        INVALID if form.errors else 200,
        form=form,
        certificate=certificate,
        last_day=long_date(validity.last_day_of(certificate.expires_at, zones.home())),
        until=long_date(validity.last_day_of(until, zones.home())) if until else "",
    )


def months_of(certificate: Certificate) -> int:
    """For how many months the course, or the template, lets certificates count now; 0: without end."""
    if certificate.course_slug is None:
        template = templates.by_number(db.session, certificate.template_id or 0)
        return template.months if template else 0
    live = library.live_course(db.session, certificate.course_slug)
    return live.course.certificate.months if live and live.course.certificate else 0
