"""Who looks after a group, as its members decide it."""

from flask import flash
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.guards import signed_in
from alumni.groups import conveners
from alumni.groups.views.people import member_or_404
from alumni.groups.views.shared import NUMBER, bp, find_inside, find_to_convene, to


@bp.post(f"/<key>/members/<{NUMBER}>/convener")
@signed_in
def make_convener(key: str, number: int) -> ResponseReturnValue:
    """Let another member look after the group too."""
    found = find_to_convene(key, lock=True)
    membership = member_or_404(found, number)
    conveners.make(db.session, group=found.group, membership=membership, by=found.actor, now=clock.now())
    flash(_("They look after the group too now, and are told."), "done")
    return to("members", key=key)


@bp.post("/<key>/step-down")
@signed_in
def step_down(key: str) -> ResponseReturnValue:
    """Look after the group no longer, but stay in it."""
    found = find_to_convene(key, lock=True)
    conveners.step_down(db.session, group=found.group, member_id=found.actor.id)
    flash(_("You are a member like the others now."), "done")
    return to("show", key=key)


@bp.post("/<key>/offer")
@signed_in
def offer(key: str) -> ResponseReturnValue:
    """Offer to look after a group that nobody looks after."""
    found = find_inside(key, lock=True)
    conveners.offer(db.session, group=found.group, member_id=found.actor.id, now=clock.now())
    flash(_("Thank you. A moderator reads your offer."), "done")
    return to("show", key=key)
