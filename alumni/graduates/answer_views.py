"""What opens behind the link of an invitation: yes with an account, yes with a new one, or not me."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.i18n import gettext as _
from academy.people import accounts, invited, passwords, tries
from academy.people.actor import current_actor
from academy.people.guards import public
from academy.people.views.blueprint import good_password
from academy.web import limits
from academy.web.forms import hang, said
from alumni.graduates import inviting
from alumni.graduates.forms import AccountForm
from alumni.graduates.models import INVITED, WAITING, EarlierGraduate
from alumni.graduates.views import INVALID, bp


@bp.get("/alumni/invited/<token>")
@public
def answer(token: str) -> ResponseReturnValue:
    """Ask whether it is them; nothing happens before a button is pressed."""
    return _page(token, AccountForm())


@bp.post("/alumni/invited/<token>/yes")
@public
def confirm(token: str) -> ResponseReturnValue:
    """Somebody with an account says yes."""
    actor, now = current_actor(), clock.now()
    if actor is None:
        return redirect(url_for("people.sign_in", next=url_for("graduates.answer", token=token)), code=303)
    graduate, _cohort = inviting.by_token(db.session, token, now)
    if inviting.confirm(db.session, graduate=graduate, member=actor, now=now):
        flash(_("Welcome back. You are among the graduates now."), "done")
    return redirect(url_for("graduates.answer", token=token), code=303)


@bp.post("/alumni/invited/<token>/account")
@public
def account(token: str) -> ResponseReturnValue:
    """Somebody without an account says yes and gets one; the letter has shown that the address is theirs."""
    form, now = AccountForm(), clock.now()
    with db.glance() as brief:
        address = inviting.by_token(brief, token, now)[0].email
    if not form.validate_on_submit() or not good_password(form.password, said(form.display_name), address):
        return _page(token, form)
    limits.spend(tries.REGISTER, limits.client())
    hashed = passwords.hashed(said(form.password))
    wish = accounts.Wish(address, hashed, said(form.display_name), i18n.current_code())
    graduate, _cohort = inviting.by_token(db.session, token, now)
    if graduate.state not in {INVITED, WAITING}:
        return redirect(url_for("graduates.answer", token=token), code=303)
    try:
        actor = invited.open_account(db.session, wish=wish, now=now)
    except accounts.AddressTaken:
        hang(form.display_name, _("There is an account with your address already. Sign in, then say yes here."))
        return _page(token, form)
    inviting.confirm(db.session, graduate=graduate, member=actor, now=now)
    flash(_("Your account is ready, and you are among the graduates. Sign in with your new password."), "done")
    return redirect(url_for("people.sign_in"), code=303)


@bp.post("/alumni/invited/<token>/no")
@public
def refuse(token: str) -> ResponseReturnValue:
    """It is not them: their address is forgotten."""
    now = clock.now()
    graduate, _cohort = inviting.by_token(db.session, token, now)
    inviting.refuse(db.session, graduate=graduate, now=now)
    return redirect(url_for("graduates.answer", token=token), code=303)


def _page(token: str, form: AccountForm) -> ResponseReturnValue:
    with db.glance() as brief:
        graduate, cohort = inviting.by_token(brief, token, clock.now())
    text = render_template(
        "alumni/graduates/answer.html",
        token=token,
        form=form,
        state=graduate.state,
        cohort=cohort,
        actor=current_actor(),
        asked=_is_open(graduate),
        here=url_for("graduates.answer", token=token),
        address=graduate.email,
    )
    return text, INVALID if form.errors else 200


def _is_open(graduate: EarlierGraduate) -> bool:
    return graduate.state in {INVITED, WAITING}
