"""The answer to somebody who asks for a certificate of service."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people import queries as people
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.web.forms import REQUIRED, hang, said
from academy.web.paging import ROW
from courses.certificates import register_words, service_wishes, templates
from courses.certificates.kinds import Decision
from courses.certificates.refusals import CannotBeIssued
from courses.certificates.service_wishes import ServiceWish
from courses.certificates.template_forms import ServiceAnswerForm
from courses.certificates.views.blueprint import INVALID, bp, page


def waiting_rows() -> list[dict[str, object]]:
    """Everybody who waits for a certificate of service, as rows of a list (two queries)."""
    found = service_wishes.open_ones(db.session)
    names = people.names_of(db.session, [each.member_id for each in found])
    return [
        {
            "title": names.get(each.member_id, ""),
            "url": url_for("certificates.answer_service", number=each.id),
            "facts": [_hours(each), i18n.long_date(each.made_at)],
        }
        for each in found
    ]


def _hours(wish: ServiceWish) -> str:
    return i18n.ngettext("%(num)s hour", "%(num)s hours", wish.hours)


@bp.route(f"/admin/certificates/requests/service/<{ROW}:number>", methods=["GET", "POST"])
@admins
def answer_service(number: int) -> ResponseReturnValue:
    """Give the certificate by a template, or say no and why."""
    wish = service_wishes.by_number(db.session, number)
    if wish is None:
        raise NotFound
    form = _form(wish)
    if request.method == "POST" and _answered(wish, form):
        flash(_("Answered, and the person is told."), "done")
        return redirect(url_for("certificates.all_wishes"), code=303)
    return page(
        "answer_service",
        INVALID if form.errors else 200,
        form=form,
        wish=wish,
        hours=_hours(wish),
        person=people.names_of(db.session, [wish.member_id]).get(wish.member_id, ""),
        is_open=wish.decision == Decision.OPEN,
        state=register_words.decided(Decision(wish.decision)),
    )


def _form(wish: ServiceWish) -> ServiceAnswerForm:
    form, languages = ServiceAnswerForm(), i18n.reading_order(i18n.current_code())
    found = service_wishes.templates_for(db.session, wish.member_id)
    form.offer([(str(each.id), templates.title_of(each, *languages)) for each in found])
    return form


def _answered(wish: ServiceWish, form: ServiceAnswerForm) -> bool:
    return _refused(wish, form) if "refuse" in request.form else _granted(wish, form)


def _refused(wish: ServiceWish, form: ServiceAnswerForm) -> bool:
    if not form.answer.validate(form):
        return False
    if not said(form.answer).strip():
        hang(form.answer, REQUIRED)
        return False
    by, now = signed_in_actor(), clock.now()
    service_wishes.refuse(db.session, wish=wish, answer=said(form.answer), by=by, now=now)
    return True


def _granted(wish: ServiceWish, form: ServiceAnswerForm) -> bool:
    template = templates.by_number(db.session, int(said(form.template))) if form.validate() else None
    if template is None:
        return False
    by, now = signed_in_actor(), clock.now()
    try:
        service_wishes.grant(db.session, wish=wish, template=template, answer=said(form.answer), by=by, now=now)
    except CannotBeIssued as refusal:
        hang(form.template, refusal)
        return False
    return True
