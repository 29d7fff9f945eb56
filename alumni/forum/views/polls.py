"""Polls: asking one under a topic, and voting."""

from dataclasses import replace

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from academy import clock, db, zones
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from academy.web.forms import hang
from academy.web.paging import row_number
from alumni.forum.polls import service
from alumni.forum.polls.forms import PollForm
from alumni.forum.polls.refusals import HasPoll
from alumni.forum.topics import tries
from alumni.forum.views.addresses import topic_path
from alumni.forum.views.blueprint import INVALID, NUMBER, Found, bp, page, topic_or_404


@bp.route(f"/polls/{NUMBER}", methods=["GET", "POST"])
@signed_in
def ask(number: int) -> ResponseReturnValue:
    """Put a poll under the first post of a topic: whoever began it, and those who keep order."""
    found, form, now = topic_or_404(number), PollForm(), clock.now()
    thread = found.thread
    mine = thread.begun_by == found.asker.member_id and found.rights.reply
    require(not thread.gone and (mine or found.rights.keep_order))
    if request.method != "POST":
        return _shown(found, form, 200)
    asked = form.asked(zones.current(), now)
    if asked is None:
        return _shown(found, form)
    try:
        service.ask(db.session, topic_id=number, asked=replace(asked, secret=asked.secret or thread.behind_doors))
    except HasPoll as refusal:
        hang(form.question, refusal)
        return _shown(found, form)
    flash(_("The poll is open."), "done")
    return redirect(_poll_of(found), code=303)


def _shown(found: Found, form: PollForm, status: int = INVALID) -> ResponseReturnValue:
    return page("poll", status, found=found, form=form, back=_poll_of(found))


@bp.post(f"/polls/{NUMBER}/vote")
@signed_in
def vote(number: int) -> ResponseReturnValue:
    """Vote, or choose anew in an open poll."""
    tries.spend(tries.MARKS, signed_in_actor().id)
    found, now = topic_or_404(number), clock.now()
    require(found.rights.reply)
    chosen = set(request.form.getlist("option", type=row_number))
    service.vote(db.session, topic_id=number, by=found.asker.member_id, options=chosen, now=now)
    flash(_("Your vote is counted."), "done")
    return redirect(_poll_of(found), code=303)


def _poll_of(found: Found) -> str:
    thread = found.thread
    return f"{topic_path(thread.id, thread.title, behind_doors=thread.behind_doors)}#poll"
