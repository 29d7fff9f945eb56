"""A pair: its page, goals, and the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from academy.web.forms import hang, said
from academy.web.paging import ROW, row_number
from alumni.mentoring import pair_queries, pairing, reporting, rules, words
from alumni.mentoring.forms import GoalForm, ThanksForm
from alumni.mentoring.kinds import GoalState
from alumni.mentoring.models import MentoringMeeting, Mentorship, MentorshipGoal
from alumni.mentoring.pairing import Thanks
from alumni.mentoring.refusals import EnoughGoals
from alumni.mentoring.views.blueprint import INVALID, bp, let_write, looking, named, page, pair_or_404


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal as a page draws it: its state as words and tone, and what can become of it."""

    number: int
    words: str
    state: tuple[str, str]
    acts: list[tuple[str, str]]


@bp.route(f"/alumni/mentoring/pairs/<{ROW}:number>", methods=["GET", "POST"])
@signed_in
def pair(number: int) -> ResponseReturnValue:
    """What the two want to reach, when they meet, what they noted; by POST another goal."""
    found, form = pair_or_404(number), GoalForm()
    if form.validate_on_submit() and _added(found, form):
        return redirect(url_for("mentoring.pair", number=number), code=303)
    return _drawn(found, form)


def _added(found: Mentorship, form: GoalForm) -> bool:
    let_write()
    try:
        pairing.add_goal(db.session, pair=found, words=said(form.words), by=signed_in_actor().id, now=clock.now())
    except EnoughGoals as refusal:
        hang(form.words, refusal)
        return False
    return True


def _drawn(found: Mentorship, form: GoalForm) -> ResponseReturnValue:
    actor, viewer = looking()
    coming, over = pair_queries.coming_of(db.session, found.id, clock.now()), _over(found)
    past = over[: pair_queries.PAGE]
    goals = pair_queries.goals_of(db.session, found.id)
    people = named(viewer, [found.mentor_id, found.mentee_id])
    return page(
        "pair",
        INVALID if form.errors else 200,
        pair=found,
        form=form,
        goals=[_shown(each, runs=found.ended_at is None) for each in goals],
        room_for_goals=len(goals) < rules.MOST_GOALS,
        coming=coming,
        past=past,
        more_url=url_for("mentoring.pair", number=found.id, before=past[-1].id) if len(over) > len(past) else "",
        notes=pair_queries.notes_of(db.session, [each.id for each in (*coming, *past)]),
        people=people,
        other=people[found.other_than(actor.id)],
        as_mentor=found.mentor_id == actor.id,
        own=pairing.own_thanks(found, actor.id),
        theirs=pairing.own_thanks(found, found.other_than(actor.id) or 0),
        words=words,
        to_report=reporting.number_of(found, found.other_than(actor.id) or 0),
    )


def _over(found: Mentorship) -> Sequence[MentoringMeeting]:
    before = request.args.get("before", type=row_number)
    last = pair_queries.meeting_of(db.session, found.id, before) if before else None
    return pair_queries.past_of(db.session, found.id, clock.now(), last)


def _shown(goal: MentorshipGoal, *, runs: bool) -> ShownGoal:
    state = GoalState(goal.state)
    acts = [(to.value, str(words.GOAL_ACTS[to])) for to in rules.next_states(state)] if runs else []
    return ShownGoal(goal.id, goal.words, (str(words.GOALS[state]), words.GOAL_TONES[state]), acts)


@bp.post(f"/alumni/mentoring/pairs/<{ROW}:number>/goals/<{ROW}:goal>")
@signed_in
def move_goal(number: int, goal: int) -> ResponseReturnValue:
    """Say how far a goal is."""
    found = pair_or_404(number)
    which = pair_queries.goal_of(db.session, number, goal)
    if which is None:
        raise NotFound
    pairing.move_goal(db.session, pair=found, goal=which, to=request.form.get("to", ""), now=clock.now())
    return redirect(url_for("mentoring.pair", number=number), code=303)


@bp.route(f"/alumni/mentoring/pairs/<{ROW}:number>/end", methods=["GET", "POST"])
@signed_in
def end(number: int) -> ResponseReturnValue:
    """End it, with thanks or without a word; afterwards say thanks, or otherwise."""
    found = pair_or_404(number)
    actor, viewer = looking()
    so_far = pairing.own_thanks(found, actor.id)
    form = ThanksForm(data={"words": so_far.words, "agrees": so_far.agrees})
    if form.validate_on_submit():
        _say_goodbye(found, Thanks(said(form.words).strip(), agrees=bool(form.agrees.data)))
        return redirect(url_for("mentoring.pair", number=number), code=303)
    other = named(viewer, [found.other_than(actor.id)])[found.other_than(actor.id)]
    return page("end", INVALID if form.errors else 200, form=form, pair=found, other=other)


def _say_goodbye(found: Mentorship, thanks: Thanks) -> None:
    if thanks.words:
        let_write()
    by, now = signed_in_actor().id, clock.now()
    if found.ended_at is None:
        pairing.end(db.session, pair=found, thanks=thanks, by=by, now=now)
        flash(_("You said goodbye. Thank you for the time you gave each other."), "done")
    else:
        pairing.thank(db.session, pair=found, thanks=thanks, by=by, now=now)
        flash(_("Your words are kept."), "done")
