"""Signing in, with a second step for those who have one, and signing out."""

from datetime import datetime

from flask import flash, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.errors import TooMany
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import public_url
from academy.people import (
    known_devices,
    letters,
    links,
    password_rules,
    passwords,
    presence,
    queries,
    second_factor,
    tries,
)
from academy.people.actor import current_actor, signed_in_actor
from academy.people.addresses import key_of
from academy.people.forms import CodeForm, ProveForm, SignInForm
from academy.people.guards import public, signed_in
from academy.people.models import ACTIVE, SUSPENDED, Member
from academy.people.queries import Known
from academy.people.views.blueprint import bp, device, glanced_row, page
from academy.web import limits, redirects
from academy.web.forms import hang, said
from academy.web.limits import Try

HALFWAY = "halfway"
WRONG = _l(
    "Address and password do not go together. If you registered just now, open the link in the letter we sent first."
)
SHUT_OUT = _l("This account is suspended. Write to the coordinator of this place.")


@bp.route("/account/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password; the answer is the same whether or not there is such an account."""
    if current_actor() is not None:
        return redirect(_wanted(), code=303)
    form = SignInForm()
    if form.validate_on_submit():
        known = _recognised(form, clock.now())
        if known is not None:
            return _first_step_done(form, known, clock.now())
    if request.args.get("erased"):  # said here: the browser has just dropped the cookie that would carry it
        flash(_("Your account and what was in it are erased. Go well."), "done")
    return page("sign_in", form, wanted=request.args.get("next"))


def _recognised(form: SignInForm, now: datetime) -> Known | None:
    key, password = key_of(said(form.email)), said(form.password)
    device_number = known_devices.number_for(key)
    of_account = Try(tries.SIGN_IN_ACCOUNT, (key, device_number))
    of_network = () if device_number else (Try(tries.SIGN_IN_NETWORK, (limits.client(),)),)
    limits.spend_each(*of_network, of_account)
    with db.glance() as brief:
        known = queries.known(brief, email_key=key)
    fits = passwords.fits(password, known.password_hash if known else "")
    if known is not None and fits and known.state == ACTIVE:
        limits.excuse(given_back=of_network, forgotten=[of_account])
        return known
    _note_failure(known, now)
    hang(form.password, SHUT_OUT if known and fits and known.state == SUSPENDED else WRONG)
    return None


def _note_failure(known: Known | None, now: datetime) -> None:
    # In a transaction of its own: the refusal rolls the request's back.
    with db.the_database().transaction() as brief:
        subject = f"member:{known.actor.id}" if known else ""
        record(brief, actor=None, action="sign-in.refused", now=now, subject=subject, result="refused")


def _first_step_done(form: SignInForm, known: Known, now: datetime) -> ResponseReturnValue:
    password = said(form.password)
    renewed = passwords.hashed(password) if passwords.is_dated(known.password_hash) else ""
    if renewed:
        db.session.get_one(Member, known.actor.id).password_hash = renewed
    if not known.has_second_factor:
        weak = known.actor.is_staff and len(password) < password_rules.SHORTEST_FOR_STAFF
        return _enter(known, keep=form.keep.data, now=now, weak=weak)
    token = links.issue(db.session, member_id=known.actor.id, purpose=links.SECOND_STEP, now=now)
    session[HALFWAY] = {"token": token, "keep": bool(form.keep.data)}
    return redirect(url_for("people.sign_in_code", next=request.args.get("next")), code=303)


@bp.route("/account/sign-in/code", methods=["GET", "POST"])
@public
def sign_in_code() -> ResponseReturnValue:
    """Ask for the second factor of whoever knew the password."""
    halfway = session.get(HALFWAY)
    if halfway is None or current_actor() is not None:
        return redirect(url_for("people.sign_in", next=request.args.get("next")), code=303)
    form = CodeForm()
    if form.validate_on_submit():
        entered = _second_step(form, halfway["token"], keep=halfway["keep"], now=clock.now())
        if entered is not None:
            return entered
    return page("sign_in_code", form)


def _second_step(form: CodeForm, token: str, *, keep: bool, now: datetime) -> ResponseReturnValue | None:
    try:
        with db.glance() as brief:
            member_id = links.look_up(brief, token=token, purposes={links.SECOND_STEP}, now=now).member_id
    except links.LinkGone:
        return _begin_again()
    limits.spend(tries.SECOND_STEP, member_id)
    member = db.session.get_one(Member, member_id)
    try:
        second_factor.accept(db.session, member=member, code=said(form.code), now=now)
    except second_factor.WrongCode as wrong:
        hang(form.code, wrong.sentence)
        return None
    links.use(db.session, token=token, purposes={links.SECOND_STEP}, now=now)
    db.after_commit(lambda: limits.forget(tries.SECOND_STEP, member_id))
    known = queries.known(db.session, member_id=member_id)
    return _enter(known, keep=keep, now=now, second=True) if known else _begin_again()


def _begin_again() -> ResponseReturnValue:
    session.pop(HALFWAY, None)
    flash(_("That took too long. Please begin again."), "warning")
    return redirect(url_for("people.sign_in", next=request.args.get("next")), code=303)


def _enter(known: Known, *, keep: bool, now: datetime, second: bool = False, weak: bool = False) -> ResponseReturnValue:
    actor, staff = known.actor, known.actor.is_staff
    token = presence.begin(
        db.session, member_id=actor.id, now=now, device=device(), keep=keep, second_factor=second, staff=staff
    )
    record(db.session, actor=actor, action="sign-in", now=now, subject=f"member:{actor.id}")
    if staff and not known.is_demo and not known_devices.number_for(known.email_key):
        member = db.session.get_one(Member, actor.id)
        letters.send(db.session, to=member, template="new_sign_in", now=now, link=public_url("people.sessions"))
    presence.remember(token, keep=keep and not staff)
    if weak:
        flash(str(password_rules.TOO_SHORT_FOR_STAFF), "warning")
    response = make_response(redirect(url_for("people.password") if weak else _wanted(), code=303))
    known_devices.mark(response, known.email_key)
    return response


def _wanted() -> str:
    return redirects.safe(request.args.get("next"), "/")


@bp.post("/account/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the sign-in at hand, on the server too, and let the browser forget what it kept."""
    actor = current_actor()
    if actor is not None:
        presence.end(db.session, member_id=actor.id, sign_in_id=actor.sign_in_id)
        record(db.session, actor=actor, action="sign-out", now=clock.now(), subject=f"member:{actor.id}")
    presence.forget()
    flash(_("You are signed out."), "done")
    response = make_response(redirect(url_for("people.sign_in"), code=303))
    # Not "cookies": the session's own is replaced right here, and the others keep the language and the known device.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.route("/account/prove", methods=["GET", "POST"])
@signed_in
def prove() -> ResponseReturnValue:
    """Ask for the password once more before something that matters."""
    form = ProveForm()
    if form.validate_on_submit():
        if knows_password(said(form.password)):
            presence.note_proof(db.session, sign_in_id=signed_in_actor().sign_in_id, now=clock.now())
            return redirect(redirects.safe(request.args.get("next"), url_for("people.account")), code=303)
        hang(form.password, _("This is not your password."))
    return page("prove", form)


def knows_password(password: str) -> bool:
    """Whether whoever sits here knows the password of the account; counts the tries, raises TooMany."""
    actor = signed_in_actor()
    try:
        limits.spend(tries.PROOF, actor.id)
    except TooMany:
        # Somebody guesses at a device that was left open: it is signed out.
        with db.the_database().transaction() as brief:
            presence.end(brief, member_id=actor.id, sign_in_id=actor.sign_in_id)
        raise
    fits = passwords.fits(password, glanced_row().password_hash)
    if fits:
        limits.forget(tries.PROOF, actor.id)
    return fits
