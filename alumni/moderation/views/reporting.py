"""Reporting something, in two clicks from where it stands."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web import limits
from academy.web.limits import Limit
from alumni.moderation import service
from alumni.moderation.forms import ReportForm
from alumni.moderation.service import Complaint
from alumni.moderation.subjects import Subject, subject_of
from alumni.moderation.views.blueprint import INVALID, bp, page
from alumni.moderation.words import REASON_MEANINGS, REASONS

REPORTS = Limit("reports", 20, 24 * 60 * 60)


@bp.route("/moderation/report/<kind>/<number>", methods=["GET", "POST"])
@signed_in
def report(kind: str, number: str) -> ResponseReturnValue:
    """Say what is wrong with something."""
    form, actor = ReportForm(), signed_in_actor()
    subject, found = _subject(kind, number)
    if form.validate_on_submit() and form.is_complete():
        limits.spend(REPORTS, actor.id)
        complaint = Complaint(actor.id, str(form.reason.data), (form.words.data or "").strip())
        service.report(db.session, subject=subject, number=found, complaint=complaint, now=clock.now())
        flash(_("Thank you. The moderators look at it; nobody else learns that you told them."), "done")
        return redirect(url_for("moderation.mine"), code=303)
    reasons = [(name, label, REASON_MEANINGS[name]) for name, label in REASONS.items()]
    with db.glance() as session:
        back = subject.page(session, found)
    return page("report", INVALID if form.errors else 200, form=form, label=subject.label, reasons=reasons, back=back)


def _subject(kind: str, name: str) -> tuple[Subject, int]:
    """The subject and the number of the thing, if whoever asks may know of it and it is not their own."""
    subject, actor = subject_of(kind), signed_in_actor()
    if subject is None:
        raise NotFound
    with db.glance() as session:
        number = subject.find(session, actor, name)
        if number is None or not subject.may_report(session, actor, number):
            raise NotFound
        reveal(subject.owner(session, number) != actor.id)
    return subject, number
