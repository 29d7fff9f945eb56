"""One certificate for those who run the place: its facts and history, withdrawing and restoring it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from courses.certificates import queries, service, wording
from courses.certificates.forms import WithdrawForm
from courses.certificates.models import Certificate, EventKind, WithdrawClass
from courses.certificates.queries import Step
from courses.certificates.views.blueprint import INVALID, bp, certificate_or_404, page
from courses.progress.rules import Tier


@bp.get("/admin/certificates/<code>")
@admins
def record(code: str) -> ResponseReturnValue:
    """The facts and the history of one certificate."""
    return _record(certificate_or_404(code), WithdrawForm())


@bp.post("/admin/certificates/<code>/withdraw")
@admins
def withdraw(code: str) -> ResponseReturnValue:
    """Let a certificate no longer stand; the second of two admins is told that it is done already."""
    certificate, form = certificate_or_404(code), WithdrawForm()
    if not form.validate_on_submit():
        return _record(certificate, form, INVALID)
    reason = WithdrawClass(form.reason.data)
    words = form.words.data or ""
    service.withdraw(
        db.session, certificate=certificate, reason=reason, words=words, by=signed_in_actor(), now=clock.now()
    )
    flash(_("The certificate is withdrawn, and its holder is told."), "done")
    return redirect(url_for("certificates.record", code=certificate.code), code=303)


@bp.post("/admin/certificates/<code>/restore")
@admins
def restore(code: str) -> ResponseReturnValue:
    """Let a withdrawn certificate stand again."""
    certificate = certificate_or_404(code)
    service.restore(db.session, certificate=certificate, by=signed_in_actor(), now=clock.now())
    flash(_("The certificate is valid again, and its holder is told."), "done")
    return redirect(url_for("certificates.record", code=certificate.code), code=303)


def _record(certificate: Certificate, form: WithdrawForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "record",
        status,
        certificate=certificate,
        form=form,
        facts=_facts(certificate),
        withdrawal=wording.withdrawal(certificate),
        entries=[_entry(step) for step in queries.history(db.session, certificate.id)],
    )


def _facts(certificate: Certificate) -> list[tuple[str, object]]:
    return [
        (_("Name as printed"), certificate.holder_name or _("The holder's account was erased.")),
        (_("Course"), certificate.course_title),
        (_("Certificate"), str(wording.TIERS[Tier(certificate.tier)])),
        (_("Edition of the course"), i18n.number(certificate.edition)),
        (_("Cohort"), certificate.cohort_name or _("None")),
        (_("How it was checked"), [wording.hours(certificate), *wording.checked(certificate)]),
        (_("Name in public"), _("Shown") if certificate.shows_name else _("Kept back")),
    ]


def _entry(step: Step) -> dict[str, str]:
    kind = EventKind(step.event.kind)
    return {
        "title": str(wording.EVENTS[kind]),
        "when": wording.moment_and_name(step.event.at, step.by_name),
        "state": "done",
        "text": step.event.words,
    }
