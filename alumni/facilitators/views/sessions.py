"""A session: the invitation, the answer, the hours, and that they are confirmed."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, reading_order
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, reveal, signed_in, trainers
from academy.web import limits
from academy.web.forms import REQUIRED, hang, said
from academy.web.limits import Limit
from academy.web.paging import ROW, row_number
from alumni.facilitators import queries, rules, service, words
from alumni.facilitators.forms import AnswerForm, HoursForm, InviteForm
from alumni.facilitators.kinds import SessionState
from alumni.facilitators.models import Facilitation
from alumni.facilitators.service import Invitation
from alumni.facilitators.views.blueprint import INVALID, bp, let_write, named, page, shown
from alumni.profiles.queries import member_behind
from alumni.profiles.viewers import viewer_of
from courses import facts
from courses.facts import CohortFact

INVITES = Limit("facilitators invited", times=60, seconds=24 * 60 * 60)


@bp.get("/alumni/facilitators/with/<handle>")
@trainers
def invite_member(handle: str) -> ResponseReturnValue:
    """From a profile to the form by which this member is invited."""
    actor = signed_in_actor()
    require(rules.may_invite(actor))
    member_id = member_behind(db.session, viewer_of(db.session, actor), handle)
    number = queries.offer_seen(db.session, actor.id, member_id) if member_id else None
    if number is None:
        raise NotFound
    return redirect(url_for("facilitators.invite", number=number), code=303)


@bp.route(f"/alumni/facilitators/<{ROW}:number>/invite", methods=["GET", "POST"])
@trainers
def invite(number: int) -> ResponseReturnValue:
    """Ask somebody to run a session for a cohort."""
    actor = signed_in_actor()
    require(rules.may_invite(actor))
    if request.method == "POST":
        limits.spend(INVITES, actor.id)
    found = queries.facilitator_for(db.session, actor.id, number)
    if found is None or found.member_id == actor.id:
        raise NotFound
    cohorts = {str(each.id): each for each in facts.cohorts_in(db.session, rules.teaches(actor))}
    form = InviteForm()
    form.offer([(key, _("%(name)s (%(year)d)", name=each.name, year=each.year)) for key, each in cohorts.items()])
    if form.validate_on_submit() and form.is_to_come(clock.now()):
        let_write()
        chosen = cohorts.get(said(form.cohort))
        to = _invitation(form, chosen)
        made = service.invite(db.session, member_id=found.member_id, to=to, by=actor, now=clock.now())
        flash(_("The invitation is on its way. You will be told of the answer."), "done")
        return redirect(url_for("facilitators.session_page", number=made.id), code=303)
    (who,) = shown([found])
    return page("invite", INVALID if form.errors else 200, form=form, who=who)


def _invitation(form: InviteForm, cohort: CohortFact | None) -> Invitation:
    return Invitation(
        title=said(form.title),
        cohort=cohort.name if cohort else "",
        course=cohort.course_slug if cohort else "",
        at=form.at(),
        place=said(form.place),
        expected=int(said(form.expected)),
        words=said(form.words).strip(),
    )


@bp.route(f"/alumni/facilitators/sessions/<{ROW}:number>", methods=["GET", "POST"])
@signed_in
def session_page(number: int) -> ResponseReturnValue:
    """How a session stands; by POST what the two do about it."""
    found, actor = queries.session_of(db.session, number), signed_in_actor()
    if found is None:
        raise NotFound
    reveal(actor.id == found.member_id or rules.looks_after(actor, found))
    form, hours = AnswerForm(), HoursForm(data={"minutes": str(found.logged or found.expected)})
    hours.offer()
    if request.method == "POST" and _done(found, actor, form, hours):
        return redirect(url_for("facilitators.session_page", number=number), code=303)
    return page(
        "session",
        INVALID if form.errors or hours.errors else 200,
        form=form,
        hours=hours,
        session=found,
        mine=actor.id == found.member_id,
        people=named([found.member_id, found.invited_by]),
        may_log=actor.id == found.member_id and rules.may_log(found, clock.now()),
        may_confirm=actor.id != found.member_id and rules.waits_for_confirming(found),
        may_cancel=actor.id != found.member_id and found.logged is None and found.state in _OPEN,
        words=words,
        guide=_guide(found, actor),
        has_begun=found.at <= clock.now(),
    )


def _guide(found: Facilitation, actor: Actor) -> str:
    """What the guide of its course is called, for whoever runs the session as long as it opens to them."""
    if found.member_id != actor.id or not rules.opens_guide(found, clock.now()):
        return ""
    return facts.guide_title(db.session, found.course_slug or "", reading_order(current_code()))


_OPEN = (SessionState.INVITED, SessionState.ACCEPTED)


def _done(found: Facilitation, actor: Actor, form: AnswerForm, hours: HoursForm) -> bool:
    """Do what the pressed button says, if whoever pressed it may; the act is not one of theirs: no such page."""
    act = request.form.get("act", "")
    own: dict[str, Callable[[], bool]] = {
        "accept": lambda: _answer(found, form, accepted=True),
        "decline": lambda: _answer(found, form, accepted=False),
        "log": lambda: _log(found, hours),
    }
    others: dict[str, Callable[[], bool]] = {
        "confirm": lambda: _confirm(found, actor, form),
        "back": lambda: _send_back(found, form),
        "cancel": lambda: _cancel(found, actor),
    }
    acts = own if actor.id == found.member_id else others
    if act not in acts:
        raise NotFound
    return acts[act]()


def _written(field: Field) -> str:
    """The words of a field; whoever was silenced may answer and count, but not write."""
    words_said = said(field).strip()
    if words_said:
        let_write()
    return words_said


def _answer(found: Facilitation, form: AnswerForm, *, accepted: bool) -> bool:
    if not form.validate():
        return False
    said_so = _written(form.words)
    service.answer(db.session, number=found.id, accepted=accepted, words=said_so, now=clock.now())
    flash(_("Thank you: it is settled.") if accepted else _("Thank you for answering."), "done")
    return True


def _log(found: Facilitation, hours: HoursForm) -> bool:
    if not hours.validate():
        return False
    minutes, did = int(said(hours.minutes)), _written(hours.logged_words)
    service.log(db.session, number=found.id, minutes=minutes, words=did, now=clock.now())
    flash(_("Your hours are noted. They count as soon as they are confirmed."), "done")
    return True


def _confirm(found: Facilitation, actor: Actor, form: AnswerForm) -> bool:
    if not form.validate():
        return False
    minutes, thanks = request.form.get("minutes", 0, type=row_number), _written(form.words)
    service.confirm(db.session, number=found.id, minutes=minutes, thanks=thanks, by=actor, now=clock.now())
    flash(_("The hours are confirmed."), "done")
    return True


def _send_back(found: Facilitation, form: AnswerForm) -> bool:
    if form.validate() and not said(form.words).strip():
        hang(form.words, REQUIRED)
    if form.errors:
        return False
    service.send_back(db.session, number=found.id, words=_written(form.words), now=clock.now())
    flash(_("The hours are sent back with your question."), "done")
    return True


def _cancel(found: Facilitation, actor: Actor) -> bool:
    service.cancel(db.session, number=found.id, by=actor, now=clock.now())
    flash(_("The session is called off, and the facilitator is told."), "done")
    return True


@bp.get("/alumni/facilitators/invited")
@trainers
def invited() -> ResponseReturnValue:
    """Sessions I invited somebody to; for admins, all of them."""
    actor = signed_in_actor()
    require(rules.may_invite(actor))
    whose, before = None if actor.is_admin else actor.id, request.args.get("before", type=row_number)
    found = queries.invited_before(db.session, whose, before)
    some = found[: queries.PAGE]
    waiting = [] if before else queries.to_confirm(db.session, whose)
    return page(
        "invited",
        waiting=waiting,
        sessions=some,
        people=named([each.member_id for each in (*some, *waiting)]),
        words=words,
        more=url_for("facilitators.invited", before=some[-1].id) if len(found) > queries.PAGE else "",
        first=url_for("facilitators.invited") if before else "",
    )
