"""One certificate for those who run the place: its facts and history, withdrawing and restoring it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from courses.certificates import history, register_words, service, standing_words, validity, wishes, wording
from courses.certificates.forms import WithdrawForm
from courses.certificates.history import Step
from courses.certificates.kinds import Given, Wish
from courses.certificates.models import Certificate, EventKind, WithdrawClass
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
        entries=[_entry(step) for step in history.steps_of(db.session, certificate.id)],
        stands=validity.status_of(certificate, clock.now()).value,
        versions=_versions(certificate),
        waiting=[
            (str(register_words.WISHES[Wish(each.wish)]), url_for("certificates.answer", number=each.id))
            for each in wishes.of_certificate(db.session, certificate.id)
            if each.decided_at is None
        ],
    )


def _versions(certificate: Certificate) -> list[tuple[str, list[str]]]:
    """The editions of the document, when there was more than one: number, then name and moment of each."""
    found = history.versions_of(db.session, certificate.id)
    if len(found) < 2:  # noqa: PLR2004  the first alone replaced nothing
        return []
    return [
        (
            _("Document %(number)s", number=i18n.number(each.number)),
            [name for name in (each.holder_name, each.second_name) if name] + [i18n.date_and_time(each.made_at)],
        )
        for each in found
    ]


def _facts(certificate: Certificate) -> list[tuple[str, object]]:
    names = [name for name in (certificate.holder_name, certificate.second_name) if name]
    return [
        (_("Name as printed"), names or _("The holder's account was erased.")),
        *(_of_course(certificate) if certificate.course_slug else _of_template(certificate)),
        (_("Counts until"), standing_words.last_day(certificate) or _("Without end")),
        (_("Name in public"), _("Shown") if certificate.shows_name else _("Kept back")),
    ]


def _of_course(certificate: Certificate) -> list[tuple[str, object]]:
    return [
        (_("Course"), certificate.course_title),
        (_("Certificate"), str(wording.TIERS[Tier(certificate.tier)])),
        (_("Edition of the course"), i18n.number(certificate.edition)),
        (_("Cohort"), certificate.cohort_name or _("None")),
        (_("How it was checked"), [wording.hours(certificate), *wording.checked(certificate)]),
    ]


def _of_template(certificate: Certificate) -> list[tuple[str, object]]:
    given_for = str(standing_words.KINDS[Given(certificate.kind)])
    hours = [wording.hours(certificate)] if certificate.hours else []
    return [(_("Certificate"), certificate.course_title), (_("What it is given for"), [given_for, *hours])]


def _entry(step: Step) -> dict[str, str]:
    kind = EventKind(step.event.kind)
    return {
        "title": str(wording.EVENTS[kind]),
        "when": wording.moment_and_name(step.event.at, step.by_name),
        "state": "done",
        "text": step.event.words,
    }
