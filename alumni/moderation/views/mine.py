"""What a member reported, what was decided about them, and their one appeal."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people import queries as people
from academy.people.actor import signed_in_actor
from academy.people.guards import public, reveal, signed_in
from academy.web.paging import row_number
from alumni.moderation import appeals, letters, lists, queries, showing
from alumni.moderation.deciding import case_locked
from alumni.moderation.forms import AppealForm
from alumni.moderation.models import Case
from alumni.moderation.views.blueprint import INVALID, NUMBER, bp, page


@bp.get("/my/moderation")
@signed_in
def mine() -> ResponseReturnValue:
    """My reports, and the decisions about me."""
    actor, now = signed_in_actor(), clock.now()
    before = request.args.get("before", 0, type=row_number)
    found = lists.own_reports(db.session, actor.id, before)
    shown = found[: lists.PAGE]
    return page(
        "mine",
        reports=[showing.own_report(each) for each in shown],
        decisions=[] if before else [showing.about_me(each) for each in lists.decisions_about(db.session, actor.id)],
        silenced_until=queries.silenced_until(db.session, actor.id, now),
        more=url_for("moderation.mine", before=shown[-1].report.id) if len(found) > lists.PAGE else "",
        first=url_for("moderation.mine") if before else "",
    )


@bp.route(f"/my/moderation/<{NUMBER}:case_id>", methods=["GET", "POST"])
@signed_in
def decision(case_id: int) -> ResponseReturnValue:
    """A decision about me, why, and my one appeal."""
    actor, posted = signed_in_actor(), request.method == "POST"
    case = case_locked(db.session, case_id) if posted else queries.case_by_id(db.session, case_id)
    reveal(case is not None and case.owner_id == actor.id and showing.known_to_owner(case))
    if case is None:
        raise NotFound
    return _decision(case, url_for("moderation.decision", case_id=case.id))


@bp.route("/moderation/appeal/<token>", methods=["GET", "POST"])
@public
def by_letter(token: str) -> ResponseReturnValue:
    """The same for somebody who was suspended, by the link in their letter."""
    known = letters.read_token(token)
    if known is None:
        raise NotFound
    case_id, member_id = known
    posted = request.method == "POST"
    case = case_locked(db.session, case_id) if posted else queries.case_by_id(db.session, case_id)
    member = people.member(db.session, member_id)
    if case is None or member is None or case.owner_id != member_id or not showing.known_to_owner(case):
        raise NotFound
    return _decision(case, url_for("moderation.by_letter", token=token))


def _decision(case: Case, here: str) -> ResponseReturnValue:
    form = AppealForm()
    if appeals.may_be_appealed(case) and not case.appeal and form.validate_on_submit():
        appeals.ask(db.session, case=case, words=str(form.words.data), now=clock.now())
        flash(_("Somebody takes a second look. You are told when there is an answer."), "done")
        return redirect(here, code=303)
    if request.method == "POST" and not form.errors:
        return redirect(here, code=303)
    shown = showing.decision(db.session, case)
    may_object = appeals.may_be_appealed(case) and not case.appeal
    return page("decision", INVALID if form.errors else 200, form=form, shown=shown, may_object=may_object)
