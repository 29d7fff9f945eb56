"""The second factor of one's own account."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.current import the_settings
from academy.errors import Forbidden
from academy.i18n import gettext as _
from academy.people import letters, presence, queries, tries
from academy.people import second_factor as factor
from academy.people.actor import Actor, signed_in_actor
from academy.people.forms import CodeForm
from academy.people.guards import signed_in
from academy.people.models import Member
from academy.people.proof import proved
from academy.people.views.blueprint import bp, own_row, page, renew_sign_in
from academy.web import limits
from academy.web.forms import hang, said
from academy.web.squares import drawing


@bp.route("/account/second-factor", methods=["GET", "POST"])
@signed_in
@proved
def second_factor() -> ResponseReturnValue:
    """Show how the second factor stands; set it up when there is none yet."""
    actor, form = signed_in_actor(), CodeForm()
    sent = form.validate_on_submit()
    if sent:
        limits.spend(tries.SECOND_STEP, actor.id)
    member = own_row()
    if member.totp_seed is not None:
        return page("second_factor_on", codes_left=queries.recovery_codes_left(db.session, member.id))
    codes = _set_up(form, member, actor) if sent else None
    return page("recovery_codes", codes=codes) if codes else _offer(form, member, actor)


def _seed_on_offer(member: Member, actor: Actor) -> str:
    return factor.candidate_seed(member, presence.token_hash_of(db.session, actor.sign_in_id))


def _offer(form: CodeForm, member: Member, actor: Actor) -> ResponseReturnValue:
    seed = _seed_on_offer(member, actor)
    address = factor.address_of(seed, account=member.email, site=the_settings().name)
    return page("second_factor_off", form, drawing=drawing(address), seed=_in_groups(seed), demanded=actor.is_staff)


def _set_up(form: CodeForm, member: Member, actor: Actor) -> list[str] | None:
    now, seed = clock.now(), _seed_on_offer(member, actor)
    try:
        codes = factor.set_up(db.session, member=member, seed=seed, code=said(form.code), now=now)
    except factor.WrongCode as wrong:
        hang(form.code, wrong.sentence)
        return None
    presence.note_proof(db.session, sign_in_id=actor.sign_in_id, now=now, second_factor=True)
    presence.end_all(db.session, member_id=member.id, but=actor.sign_in_id)
    renew_sign_in()
    letters.send(db.session, to=member, template="second_factor_on", now=now)
    record(db.session, actor=actor, action="second-factor.on", now=now, subject=f"member:{member.id}")
    return codes


@bp.post("/account/second-factor/codes")
@signed_in
@proved
def renew_codes() -> ResponseReturnValue:
    """Show ten new recovery codes, once."""
    member, actor = own_row(), signed_in_actor()
    if member.totp_seed is None:
        raise Forbidden
    codes = factor.renew_recovery_codes(db.session, member=member)
    record(db.session, actor=actor, action="recovery-codes.new", now=clock.now(), subject=f"member:{actor.id}")
    return page("recovery_codes", codes=codes)


@bp.post("/account/second-factor/off")
@signed_in
@proved
def second_factor_off() -> ResponseReturnValue:
    """Turn the second factor off; whoever has a role keeps it."""
    actor = signed_in_actor()
    if actor.is_staff and not actor.exempt_from_second_factor:
        raise Forbidden(_("Whoever has a role here keeps a second factor."))
    member, now = own_row(), clock.now()
    factor.remove(db.session, member=member)
    letters.send(db.session, to=member, template="second_factor_off", now=now)
    record(db.session, actor=actor, action="second-factor.off", now=now, subject=f"member:{actor.id}")
    flash(_("The second factor is off."), "done")
    return redirect(url_for("people.account"), code=303)


def _in_groups(seed: str) -> str:
    return " ".join(seed[at : at + 4] for at in range(0, len(seed), 4))
