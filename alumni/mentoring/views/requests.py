"""A request: how it stands for whoever asked, and the answer for the mentor who is asked."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from academy.web.forms import said
from academy.web.paging import ROW, row_number
from alumni.mentoring import asking, pair_queries, queries, words
from alumni.mentoring.forms import AnswerForm
from alumni.mentoring.kinds import ChoiceState, RequestState
from alumni.mentoring.models import MentoringRequest
from alumni.mentoring.queries import Chosen
from alumni.mentoring.views.blueprint import INVALID, bp, let_write, looking, named, page
from alumni.profiles.queries import Byline


@bp.get("/alumni/mentoring/mine")
@signed_in
def mine() -> ResponseReturnValue:
    """What waits for my answer, what I asked for, and who goes with me."""
    actor, viewer = looking()
    asked, offer = queries.asked_of(db.session, actor.id), queries.offer_of(db.session, actor.id)
    newest, running = queries.newest_of(db.session, actor.id), pair_queries.running_of(db.session, actor.id)
    found = pair_queries.ended_of(db.session, actor.id, request.args.get("before", type=row_number))
    ended = found[: pair_queries.PAGE]
    others = [pair.other_than(actor.id) for pair in (*running, *ended)]
    meetings = pair_queries.next_meetings(db.session, [pair.id for pair in running], clock.now())
    return page(
        "mine",
        asked=asked,
        offer=offer,
        is_open=offer is not None and offer.stopped_at is None,
        newest=newest if newest and newest.state != RequestState.ACCEPTED else None,
        pairs=[(pair, pair.other_than(actor.id), meetings.get(pair.id)) for pair in running],
        ended=[(pair, pair.other_than(actor.id)) for pair in ended],
        more_url=url_for("mentoring.mine", before=ended[-1].id) if len(found) > len(ended) else "",
        people=named(viewer, [*others, *(each.member_id for each, _choice in asked)]),
        words=words,
    )


@bp.route(f"/alumni/mentoring/requests/<{ROW}:number>", methods=["GET", "POST"])
@signed_in
def request_page(number: int) -> ResponseReturnValue:
    """How my request stands; or, for the mentor who is asked, what somebody asks for."""
    found = queries.request_of(db.session, number)
    actor = signed_in_actor()
    chosen = queries.chosen_of(db.session, [number]).get(number, [])
    if found is None:
        raise NotFound
    if found.member_id == actor.id:
        return _as_asker(found, chosen)
    if not any(each.mentor.member_id == actor.id and each.choice.state == ChoiceState.ASKED for each in chosen):
        raise NotFound
    return _as_mentor(found, chosen)


def _as_asker(found: MentoringRequest, chosen: Sequence[Chosen]) -> ResponseReturnValue:
    if request.method == "POST":
        raise NotFound
    _actor, viewer = looking()
    people = named(viewer, [each.mentor.member_id for each in chosen])
    steps = [_step(each, people[each.mentor.member_id]) for each in chosen]
    return page("request", asked=found, steps=steps, words=words, is_open=found.state == RequestState.WAITING)


def _step(chosen: Chosen, person: Byline) -> dict[str, object]:
    choice = chosen.choice
    state = ChoiceState(choice.state)
    declined = state is ChoiceState.DECLINED
    return {
        "title": person.called,
        "when": str(words.CHOICES[state]),
        "state": words.TIMES.get(state, "todo"),
        "text": choice.answer or (str(words.KIND_NO) if declined else _until(chosen)),
    }


def _until(chosen: Chosen) -> str:
    choice = chosen.choice
    if choice.state != ChoiceState.ASKED or choice.expires_at is None:
        return ""
    return _("If there is no answer by %(when)s, the next one is asked.", when=i18n.date_and_time(choice.expires_at))


def _as_mentor(found: MentoringRequest, chosen: Sequence[Chosen]) -> ResponseReturnValue:
    form, (actor, viewer) = AnswerForm(), looking()
    if request.method == "POST" and form.validate():
        return _answered(found, said(form.answer).strip(), accepted="accept" in request.form)
    own = next(each for each in chosen if each.mentor.member_id == actor.id)
    return page(
        "answer",
        INVALID if form.errors else 200,
        form=form,
        asked=found,
        person=named(viewer, [found.member_id])[found.member_id],
        until=own.choice.expires_at,
        left=own.mentor.capacity - own.mentor.taken,
        words=words,
    )


def _answered(found: MentoringRequest, answer: str, *, accepted: bool) -> ResponseReturnValue:
    if answer:
        let_write()
    member_id, now = signed_in_actor().id, clock.now()
    if not accepted:
        asking.decline(db.session, number=found.id, member_id=member_id, answer=answer, now=now)
        flash(_("Your answer is given. Thank you for answering."), "done")
        return redirect(url_for("mentoring.mine"), code=303)
    pair = asking.accept(db.session, number=found.id, member_id=member_id, answer=answer, now=now)
    flash(_("You go a part of the way together now. A first meeting is a good beginning."), "done")
    return redirect(url_for("mentoring.pair", number=pair.id), code=303)


@bp.post(f"/alumni/mentoring/requests/<{ROW}:number>/withdraw")
@signed_in
def withdraw(number: int) -> ResponseReturnValue:
    """Take my request back."""
    found = queries.request_of(db.session, number)
    if found is None or found.member_id != signed_in_actor().id:
        raise NotFound
    asking.withdraw(db.session, number=number, now=clock.now())
    flash(_("Your request is taken back."), "done")
    return redirect(url_for("mentoring.index"), code=303)
