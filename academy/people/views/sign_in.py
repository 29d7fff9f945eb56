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
from academy.people.forms import CodeForm, ProveForm, SignInForm, hang, said
from academy.people.guards import public, signed_in
from academy.people.models import ACTIVE, SUSPENDED, Member
from academy.people.views.blueprint import bp, device, glanced_row, page
from academy.web import limits, redirects

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
        member = _recognised(form, clock.now())
        if member is not None:
            return _first_step_done(form, member, clock.now())
    if request.args.get("erased"):  # said here: the browser has just dropped the cookie that would carry it
        flash(_("Your account and what was in it are erased. Go well."), "done")
    return page("sign_in", form, wanted=request.args.get("next"))


def _recognised(form: SignInForm, now: datetime) -> Member | None:
    key, password = key_of(said(form.email)), said(form.password)
    device_number = known_devices.number_for(key)
    if not device_number:
        limits.spend(tries.SIGN_IN_NETWORK, limits.client())
    limits.spend(tries.SIGN_IN_ACCOUNT, key, device_number)
    with db.glance() as brief:
        member = queries.member_by_key(brief, key)
    fits = passwords.fits(password, member.password_hash if member else "")
    if member is not None and fits and member.state == ACTIVE:
        if not device_number:
            limits.give_back(tries.SIGN_IN_NETWORK, limits.client())
        limits.forget(tries.SIGN_IN_ACCOUNT, key, device_number)
        return member
    _note_failure(member, now)
    hang(form.password, SHUT_OUT if member and fits and member.state == SUSPENDED else WRONG)
    return None


def _note_failure(member: Member | None, now: datetime) -> None:
    # In a transaction of its own: the refusal rolls the request's back.
    with db.the_database().transaction() as brief:
        subject = f"member:{member.id}" if member else ""
        record(brief, actor=None, action="sign-in.refused", now=now, subject=subject, result="refused")


def _first_step_done(form: SignInForm, member: Member, now: datetime) -> ResponseReturnValue:
    renewed = passwords.hashed(said(form.password)) if passwords.is_dated(member.password_hash) else ""
    row = db.session.get_one(Member, member.id)
    if renewed:
        row.password_hash = renewed
    if row.totp_seed is None:
        return _enter(row, keep=form.keep.data, now=now, weak=_too_short_for_staff(row, said(form.password)))
    token = links.issue(db.session, member_id=row.id, purpose=links.SECOND_STEP, now=now)
    session[HALFWAY] = {"token": token, "keep": bool(form.keep.data)}
    return redirect(url_for("people.sign_in_code", next=request.args.get("next")), code=303)


def _too_short_for_staff(member: Member, password: str) -> bool:
    return len(password) < password_rules.SHORTEST_FOR_STAFF and queries.has_role(db.session, member.id)


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
    return _enter(member, keep=keep, now=now, second=True)


def _begin_again() -> ResponseReturnValue:
    session.pop(HALFWAY, None)
    flash(_("That took too long. Please begin again."), "warning")
    return redirect(url_for("people.sign_in", next=request.args.get("next")), code=303)


def _enter(
    member: Member, *, keep: bool, now: datetime, second: bool = False, weak: bool = False
) -> ResponseReturnValue:
    actor = queries.as_actor(db.session, member)
    staff = actor.is_staff
    token = presence.begin(
        db.session, member=member, now=now, device=device(), keep=keep, second_factor=second, staff=staff
    )
    record(db.session, actor=actor, action="sign-in", now=now, subject=f"member:{member.id}")
    if staff and not member.is_demo and not known_devices.number_for(member.email_key):
        letters.send(db.session, to=member, template="new_sign_in", now=now, link=public_url("people.sessions"))
    presence.remember(token, keep=keep and not staff)
    if weak:
        flash(str(password_rules.TOO_SHORT_FOR_STAFF), "warning")
    response = make_response(redirect(url_for("people.password") if weak else _wanted(), code=303))
    known_devices.mark(response, member.email_key)
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
