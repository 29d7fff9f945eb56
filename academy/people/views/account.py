"""The hub of one's own account: names, address, password, how pages and letters suit."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people import accounts, links, passwords, tries
from academy.people.actor import signed_in_actor
from academy.people.addresses import key_of
from academy.people.forms import AddressForm, NameForm, PasswordForm, PreferencesForm
from academy.people.guards import public, signed_in
from academy.people.proof import proved
from academy.people.views.blueprint import bp, glanced_row, good_password, own_row, page, renew_sign_in
from academy.people.views.sign_in import knows_password
from academy.web import limits
from academy.web.forms import Form, hang, said


@bp.route("/account/", methods=["GET", "POST"])
@signed_in
def account() -> ResponseReturnValue:
    """Everything about one's account, and the few preferences at once."""
    member = own_row()
    form = PreferencesForm(obj=member)
    if form.validate_on_submit():
        member.language, member.theme, member.time_zone = form.language.data, form.theme.data or "", form.time_zone.data
        flash(_("Saved."), "done")
        return redirect(url_for("people.account"), code=303)
    return page("account", form, member=member)


@bp.route("/account/name", methods=["GET", "POST"])
@signed_in
def name() -> ResponseReturnValue:
    """Change the name others see, and the name for certificates."""
    member = own_row()
    form = NameForm(obj=member)
    if form.validate_on_submit():
        accounts.rename(
            db.session,
            member=member,
            display_name=said(form.display_name),
            legal_name=said(form.legal_name),
            actor=signed_in_actor(),
            now=clock.now(),
        )
        flash(_("Your names are saved."), "done")
        return redirect(url_for("people.account"), code=303)
    return page("name", form)


@bp.route("/account/email", methods=["GET", "POST"])
@signed_in
@proved
def email() -> ResponseReturnValue:
    """Ask for a new address; it counts once the letter sent there was opened."""
    form = AddressForm()
    if form.validate_on_submit():
        limits.spend(tries.NEW_ADDRESS, signed_in_actor().id)
        limits.spend(tries.LETTERS, key_of(said(form.email)))
        accounts.ask_for_address(db.session, member=own_row(), email=said(form.email), now=clock.now())
        flash(_("We sent a letter to the new address. It counts once you open the link in it."), "info")
        return redirect(url_for("people.account"), code=303)
    return page("email", form, member=own_row())


@bp.route("/account/email/confirm/<token>", methods=["GET", "POST"])
@public
def confirm_address(token: str) -> ResponseReturnValue:
    """Let the new address count; the page acts only when its button is pressed."""
    form, now = Form(), clock.now()
    if form.validate_on_submit():
        accounts.change_address(db.session, token=token, now=now)
        flash(_("Your new address counts from now on."), "done")
        return redirect(url_for("people.sign_in"), code=303)
    links.look_up(db.session, token=token, purposes={links.NEW_ADDRESS}, now=now)
    return page("confirm_address", form)


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    """Change the password; all other devices are signed out."""
    form = PasswordForm()
    if form.validate_on_submit() and _both_are_good(form):
        password_hash = passwords.hashed(said(form.password))
        accounts.change_password(
            db.session, member=own_row(), password_hash=password_hash, actor=signed_in_actor(), now=clock.now()
        )
        renew_sign_in()
        flash(_("Your new password is set, and all other devices are signed out."), "done")
        return redirect(url_for("people.account"), code=303)
    return page("password", form)


def _both_are_good(form: PasswordForm) -> bool:
    if not knows_password(said(form.current)):
        hang(form.current, _("This is not your password."))
        return False
    member, actor = glanced_row(), signed_in_actor()
    return good_password(form.password, member.display_name, member.email, member.legal_name, staff=actor.is_staff)
