"""Registering, confirming the address, and getting in again with a forgotten password."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.i18n import gettext as _
from academy.people import accounts, links, password_rules, passwords, queries, tries
from academy.people.actor import current_actor
from academy.people.addresses import key_of
from academy.people.forms import ForgottenForm, RegisterForm, ResetForm
from academy.people.guards import public
from academy.people.models import Member
from academy.people.views.blueprint import bp, good_password, page
from academy.web import limits
from academy.web.forms import Form, said

BY_LETTER = frozenset({links.RESET, links.INVITATION})


@bp.route("/account/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """Ask for a name, an address and a password; what follows is in the letter, whoever has the address."""
    if current_actor() is not None:
        return redirect(url_for("people.account"), code=303)
    form = RegisterForm()
    if form.validate_on_submit() and good_password(form.password, said(form.display_name), said(form.email)):
        limits.spend(tries.REGISTER, limits.client())
        limits.spend(tries.LETTERS, key_of(said(form.email)))
        _register(form)
        return redirect(url_for("people.register_sent"), code=303)
    return page("register", form)


def _register(form: RegisterForm) -> None:
    wish = accounts.Wish(
        email=said(form.email),
        password_hash=passwords.hashed(said(form.password)),
        display_name=said(form.display_name),
        language=i18n.current_code(),
    )
    accounts.register(db.session, wish=wish, now=clock.now())


@bp.get("/account/register/sent")
@public
def register_sent() -> ResponseReturnValue:
    """Say that a letter is on its way."""
    return page("register_sent")


@bp.route("/account/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    """Open the account whose letter this link came from; the page acts only when its button is pressed."""
    form, now = Form(), clock.now()
    if form.validate_on_submit():
        accounts.confirm(db.session, token=token, now=now)
        flash(_("Your address is confirmed. You can sign in now."), "done")
        return redirect(url_for("people.sign_in"), code=303)
    links.look_up(db.session, token=token, purposes={links.CONFIRM}, now=now)
    return page("confirm", form)


@bp.route("/account/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Send a letter to the address, and say the same whether or not it has an account."""
    form = ForgottenForm()
    if form.validate_on_submit():
        limits.spend(tries.RESETS, limits.client())
        limits.spend(tries.LETTERS, key_of(said(form.email)))
        accounts.ask_for_reset(db.session, email=said(form.email), language=i18n.current_code(), now=clock.now())
        return redirect(url_for("people.forgotten_sent"), code=303)
    return page("forgotten", form)


@bp.get("/account/forgotten/sent")
@public
def forgotten_sent() -> ResponseReturnValue:
    """Say that a letter is on its way."""
    return page("forgotten_sent")


@bp.route("/account/reset/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password by a link from a letter; a second factor stays as it is."""
    now, form = clock.now(), ResetForm()
    with db.glance() as brief:
        link = links.look_up(brief, token=token, purposes=BY_LETTER, now=now)
        member = brief.get_one(Member, link.member_id)
        staff = queries.has_role(brief, member.id)
    if form.validate_on_submit() and good_password(form.password, member.display_name, member.email, staff=staff):
        password_hash = passwords.hashed(said(form.password))
        accounts.reset_password(db.session, token=token, password_hash=password_hash, now=now)
        # Whoever opened the letter may try again at once.
        db.after_commit(lambda: limits.forget(tries.SIGN_IN_ACCOUNT, member.email_key, ""))
        flash(_("Your new password is set. You can sign in with it now."), "done")
        return redirect(url_for("people.sign_in"), code=303)
    return page("reset", form, shortest=password_rules.SHORTEST_FOR_STAFF if staff else password_rules.SHORTEST)
