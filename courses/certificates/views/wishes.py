"""What holders ask for, and the list from which it is answered."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people import queries as people
from academy.people.actor import signed_in_actor
from academy.people.guards import admins, reveal, signed_in
from academy.web.forms import REQUIRED, hang, said
from courses.certificates import life, naming, register_words, rules, standing_words, wishes
from courses.certificates.forms import AnswerForm, RenewalWishForm, WrongNameForm
from courses.certificates.kinds import Decision, Wish
from courses.certificates.models import Certificate
from courses.certificates.refusals import AskedAlready, CannotBeIssued, SameAsBefore
from courses.certificates.views.anew import months_of
from courses.certificates.views.blueprint import INVALID, bp, certificate_or_404, page
from courses.certificates.views.scope import LARGEST_ID, number
from courses.certificates.views.service import waiting_rows
from courses.certificates.wishes import Asked


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody asks for, in the list."""

    title: str
    url: str
    text: str
    facts: tuple[str, ...]
    at_once: bool
    """Whether it can be granted as it stands, in one step."""
    values: dict[str, str]
    """What is sent to do so."""


@bp.route("/my/certificates/<code>/wrong-name", methods=["GET", "POST"])
@signed_in
def wrong_name(code: str) -> ResponseReturnValue:
    """Say that the name on a certificate is wrong, and how it is written."""
    certificate = _own(code)
    form = WrongNameForm(data={"legal_name": certificate.holder_name, "second_name": certificate.second_name})
    if not form.validate_on_submit() or not _differs(certificate, form) or not _asked(certificate, form, Wish.NAME):
        return page("wrong_name", INVALID if form.errors else 200, form=form, certificate=certificate)
    return _thanked()


@bp.route("/my/certificates/<code>/renewal", methods=["GET", "POST"])
@signed_in
def ask_renewal(code: str) -> ResponseReturnValue:
    """Ask that a certificate counts on."""
    certificate, form = _own(code), RenewalWishForm()
    if not form.validate_on_submit() or not _asked(certificate, form, Wish.RENEWAL):
        last_day = standing_words.last_day(certificate)
        status = INVALID if form.errors else 200
        return page("ask_renewal", status, form=form, certificate=certificate, last_day=last_day)
    return _thanked()


@bp.get("/my/certificates/requests")
@signed_in
def my_wishes() -> ResponseReturnValue:
    """What I asked for, and what became of it."""
    found = wishes.own_after(db.session, signed_in_actor().id, number("before"))
    shown = found[: wishes.PAGE]
    return page(
        "my_wishes",
        wishes=[_mine(each) for each in shown],
        more=url_for("certificates.my_wishes", before=shown[-1].request.id) if len(found) > wishes.PAGE else "",
        first=url_for("certificates.my_wishes") if number("before") else "",
    )


def _mine(asked: Asked) -> dict[str, object]:
    return {
        "title": _(
            "%(wish)s: %(name)s",
            wish=str(register_words.WISHES[Wish(asked.request.wish)]),
            name=asked.certificate.course_title,
        ),
        "text": asked.request.answer,
        "facts": [
            i18n.long_date(asked.request.made_at),
            *filter(None, (asked.request.name, asked.request.second_name)),
        ],
        "state": register_words.decided(Decision(asked.request.decision)),
    }


def _own(code: str) -> Certificate:
    certificate = certificate_or_404(code)
    reveal(rules.is_holder(signed_in_actor(), certificate))
    return certificate


def _thanked() -> ResponseReturnValue:
    flash(_("The academy has your request. You will be told as soon as it is decided."), "done")
    return redirect(url_for("certificates.my_wishes"), code=303)


def _differs(certificate: Certificate, form: WrongNameForm) -> bool:
    differs = (said(form.legal_name), said(form.second_name)) != (certificate.holder_name, certificate.second_name)
    if not differs:
        hang(form.legal_name, _("This is how it is written already. Please write it as it should be."))
    return differs


def _asked(certificate: Certificate, form: WrongNameForm | RenewalWishForm, wish: Wish) -> bool:
    named = form if isinstance(form, WrongNameForm) else None
    try:
        wishes.ask(
            db.session,
            certificate=certificate,
            wish=wish,
            now=clock.now(),
            name=said(named.legal_name) if named else "",
            second_name=said(named.second_name) if named else "",
            words=said(form.words),
        )
    except AskedAlready as refusal:
        hang(form.words, refusal)
        return False
    return True


@bp.get("/admin/certificates/requests/")
@admins
def all_wishes() -> ResponseReturnValue:
    """What waits for an answer, the oldest first."""
    found = wishes.open_after(db.session, number("after"))
    shown = found[: wishes.PAGE]
    names = people.names_of(db.session, [each.request.member_id for each in shown])
    return page(
        "wishes",
        wishes=[_shown(each, names.get(each.request.member_id, "")) for each in shown],
        service=[] if number("after") else waiting_rows(),
        more=url_for("certificates.all_wishes", after=shown[-1].request.id) if len(found) > wishes.PAGE else "",
        first=url_for("certificates.all_wishes") if number("after") else "",
    )


def _shown(asked: Asked, name: str) -> Shown:
    wish, held = Wish(asked.request.wish), asked.certificate
    new = " / ".join(filter(None, (asked.request.name, asked.request.second_name)))
    return Shown(
        title=_("%(wish)s: %(name)s", wish=str(register_words.WISHES[wish]), name=name),
        url=url_for("certificates.answer", number=asked.request.id),
        text=_("“%(old)s” is to become “%(new)s”.", old=_spelled(held), new=new) if wish is Wish.NAME else "",
        facts=(held.course_title, held.code, i18n.long_date(asked.request.made_at), asked.request.words),
        at_once=held.valid,
        values={"legal_name": asked.request.name, "second_name": asked.request.second_name},
    )


def _spelled(certificate: Certificate) -> str:
    return " / ".join(filter(None, (certificate.holder_name, certificate.second_name)))


@bp.route("/admin/certificates/requests/<int:number>", methods=["GET", "POST"])
@admins
def answer(number: int) -> ResponseReturnValue:
    """Grant a request, in one step or with another spelling, or say no and why."""
    asked = wishes.by_number(db.session, min(number, LARGEST_ID))
    if asked is None:
        raise NotFound
    form = AnswerForm(data={"legal_name": asked.request.name, "second_name": asked.request.second_name})
    if request.method == "POST" and _answered(asked, form):
        flash(_("Answered, and the holder is told."), "done")
        return redirect(url_for("certificates.all_wishes"), code=303)
    return page(
        "answer",
        INVALID if form.errors else 200,
        form=form,
        asked=asked,
        old=_spelled(asked.certificate),
        wish=str(register_words.WISHES[Wish(asked.request.wish)]),
        is_open=asked.request.decision == Decision.OPEN,
        last_day=standing_words.last_day(asked.certificate),
    )


def _answered(asked: Asked, form: AnswerForm) -> bool:
    if "refuse" in request.form:
        return _refused(asked, form)
    if asked.request.wish == Wish.NAME and not form.validate():
        return False
    now, by = clock.now(), signed_in_actor()
    try:
        _grant(asked, form)
    except (CannotBeIssued, SameAsBefore) as refusal:
        hang(form.legal_name, refusal)
        return False
    wishes.close(db.session, asked=asked, decision=Decision.DONE, answer=said(form.answer), by=by, now=now, tell=False)
    return True


def _refused(asked: Asked, form: AnswerForm) -> bool:
    if not form.answer.validate(form):
        return False
    if not said(form.answer).strip():
        hang(form.answer, REQUIRED)
        return False
    now, by = clock.now(), signed_in_actor()
    wishes.close(
        db.session, asked=asked, decision=Decision.REFUSED, answer=said(form.answer), by=by, now=now, tell=True
    )
    return True


def _grant(asked: Asked, form: AnswerForm) -> None:
    held, now, by, words = asked.certificate, clock.now(), signed_in_actor(), asked.request.words
    if asked.request.wish == Wish.RENEWAL:
        life.renew(db.session, certificate=held, months=months_of(held), words=words, by=by, now=now)
        return
    name, second = said(form.legal_name), said(form.second_name)
    life.reissue(db.session, certificate=held, name=name, second_name=second, words=words, by=by, now=now)
    member = people.member(db.session, asked.request.member_id)
    if member is not None:
        naming.confirm(db.session, member=member, name=name, second_name=second, by=by, now=now)
