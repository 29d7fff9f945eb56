"""Getting into a group and out of it again."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.guards import require, signed_in
from academy.web import limits
from academy.web.forms import said
from alumni.groups import inviting, rules, service
from alumni.groups.forms import JoinForm, LeaveForm
from alumni.groups.models import Entry
from alumni.groups.refusals import LastConvener, NotInvited
from alumni.groups.views.shared import INVALID, JOINING, Found, bp, find, find_inside, let_write, of_the_network, to


@bp.get("/<key>/join")
@signed_in
def join(key: str) -> ResponseReturnValue:
    """What joining means, and for groups that are entered by request, why somebody would like to."""
    found = find(key)
    return to("show", key=key) if found.standing.is_in else _page(found, _form(found))


@bp.post("/<key>/join")
@signed_in
def enter(key: str) -> ResponseReturnValue:
    """Join, or ask to."""
    limits.spend(JOINING, of_the_network().id)
    found = find(key, lock=True)
    form = _form(found)
    if not form.validate_on_submit():
        return _page(found, form), INVALID
    sentence = said(form.sentence) if "sentence" in form else ""
    if sentence:
        let_write(found.actor)
    is_in = service.join(
        db.session,
        group=found.group,
        standing=found.standing,
        member_id=found.actor.id,
        shown=bool(form.shown.data),
        sentence=sentence,
        now=clock.now(),
    )
    if is_in:
        flash(_("Welcome. You are in the group now."), "done")
    else:
        flash(_("You have asked. The conveners will answer, and you get a notice."), "done")
    return to("show", key=key)


def _form(found: Found) -> JoinForm:
    form = JoinForm()
    if found.group.entry == Entry.OPEN or found.standing.invited:
        form.at_once()
    elif found.group.entry == Entry.HIDDEN and not found.standing.is_in:
        raise NotInvited
    return form


def _page(found: Found, form: JoinForm) -> str:
    return render_template("alumni/groups/join.html", group=found.group, form=form, at_once="sentence" not in form)


@bp.post("/<key>/ask-no-longer")
@signed_in
def ask_no_longer(key: str) -> ResponseReturnValue:
    """Take a request back."""
    found = find(key, lock=True)
    service.withdraw_request(db.session, group=found.group, member_id=found.actor.id)
    flash(_("You ask no longer. What you wrote is removed."), "done")
    return to("show", key=key)


@bp.post("/<key>/decline")
@signed_in
def decline(key: str) -> ResponseReturnValue:
    """Say no to an invitation."""
    found = find(key, lock=True)
    require(found.standing.invited)
    inviting.decline(db.session, group=found.group, member_id=found.actor.id, now=clock.now())
    flash(_("You declined. Nobody is told, and no second invitation comes."), "done")
    return to("index")


@bp.post("/<key>/shown")
@signed_in
def shown(key: str) -> ResponseReturnValue:
    """Let fellow members see whoever asks in this group, or no longer."""
    found = find_inside(key, lock=True)
    wanted = request.form.get("shown") == "yes"
    service.show(db.session, group=found.group, member_id=found.actor.id, shown=wanted)
    if wanted:
        flash(_("Fellow members who may see your name find you in the list now."), "done")
    else:
        flash(_("Fellow members no longer find you in the list."), "done")
    return to("show", key=key)


@bp.route("/<key>/leave", methods=["GET", "POST"])
@signed_in
def leave(key: str) -> ResponseReturnValue:
    """Ask whether somebody really wants to go, then let them."""
    writes = request.method == "POST"
    found = find_inside(key, lock=writes)
    form, refusal = LeaveForm(), ""
    if writes:
        try:
            alone = bool(form.alone.data)
            service.leave(db.session, group=found.group, member_id=found.actor.id, alone=alone, now=clock.now())
        except LastConvener as error:
            refusal = str(error)
        else:
            flash(_("You left the group."), "done")
            return to("index")
    convenes = rules.may_convene(found.standing)
    page = render_template("alumni/groups/leave.html", group=found.group, form=form, convenes=convenes, refusal=refusal)
    return page, LastConvener.status if refusal else 200
