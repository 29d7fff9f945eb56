"""Meetings of a pair, and what each of the two notes about them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from academy import clock, db, zones
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from academy.web.forms import hang, said
from academy.web.paging import ROW
from alumni.mentoring import pair_queries, pairing
from alumni.mentoring.forms import MeetingForm, NoteForm
from alumni.mentoring.models import MentoringMeeting, Mentorship
from alumni.mentoring.refusals import EndedAlready, WrittenElsewhere
from alumni.mentoring.views.blueprint import INVALID, bp, let_write, looking, named, page, pair_or_404

BASE = f"/alumni/mentoring/pairs/<{ROW}:number>/meetings"


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@signed_in
def new_meeting(number: int) -> ResponseReturnValue:
    """Agree on a meeting."""
    found, form = _running(number), MeetingForm()
    if form.validate_on_submit() and form.is_near(clock.now()):
        let_write()
        by, now = signed_in_actor().id, clock.now()
        made = pairing.meet(db.session, pair=found, at=form.at(), place=said(form.place), by=by, now=now)
        flash(_("The meeting is kept. Both of you will be reminded a day ahead."), "done")
        return redirect(url_for("mentoring.meeting", number=number, meeting=made.id), code=303)
    return page("meeting_form", INVALID if form.errors else 200, form=form, pair=found, meeting=None)


@bp.route(f"{BASE}/<{ROW}:meeting>/change", methods=["GET", "POST"])
@signed_in
def change_meeting(number: int, meeting: int) -> ResponseReturnValue:
    """Meet at another time or place."""
    found = _running(number)
    which = _meeting_or_404(found, meeting)
    local = which.at.astimezone(zones.current())
    form = MeetingForm(data={"day": local.date(), "hour": local.time(), "place": which.place})
    if form.validate_on_submit() and form.is_near(clock.now()):
        let_write()
        by, now, place = signed_in_actor().id, clock.now(), said(form.place)
        pairing.move_meeting(db.session, pair=found, meeting=which, at=form.at(), place=place, by=by, now=now)
        flash(_("The meeting is changed."), "done")
        return redirect(url_for("mentoring.meeting", number=number, meeting=meeting), code=303)
    return page("meeting_form", INVALID if form.errors else 200, form=form, pair=found, meeting=which)


@bp.post(f"{BASE}/<{ROW}:meeting>/cancel")
@signed_in
def cancel_meeting(number: int, meeting: int) -> ResponseReturnValue:
    """Let a meeting not take place."""
    found = pair_or_404(number)
    by, which = signed_in_actor().id, _meeting_or_404(found, meeting)
    pairing.cancel_meeting(db.session, pair=found, meeting=which, by=by, now=clock.now())
    flash(_("The meeting is called off, and the other one is told."), "done")
    return redirect(url_for("mentoring.pair", number=number), code=303)


@bp.route(f"{BASE}/<{ROW}:meeting>", methods=["GET", "POST"])
@signed_in
def meeting(number: int, meeting: int) -> ResponseReturnValue:
    """When and where, what both noted; by POST my own note."""
    found = pair_or_404(number)
    which, own = _meeting_or_404(found, meeting), signed_in_actor().id
    kept = pair_queries.note_of(db.session, meeting, own)
    form = NoteForm(data={"text": kept.text if kept else "", "version": str(kept.version if kept else 0)})
    if form.validate_on_submit() and _noted(form, found, which):
        flash(_("Your note is kept. Both of you can read it."), "done")
        return redirect(url_for("mentoring.meeting", number=number, meeting=meeting), code=303)
    _actor, viewer = looking()
    notes = pair_queries.notes_of(db.session, [meeting])[meeting]
    return page(
        "meeting",
        INVALID if form.errors else 200,
        pair=found,
        meeting=which,
        form=form,
        notes=[(each, Markup(each.html)) for each in notes],  # noqa: S704  rendered by academy.markdown when it was kept
        people=named(viewer, [found.mentor_id, found.mentee_id]),
        is_past=which.at < clock.now(),
    )


def _noted(form: NoteForm, found: Mentorship, which: MentoringMeeting) -> bool:
    let_write()
    by, now, text = signed_in_actor().id, clock.now(), said(form.text)
    try:
        pairing.note(db.session, pair=found, meeting=which.id, text=text, version=form.based_on, by=by, now=now)
    except WrittenElsewhere as refusal:
        hang(form.text, refusal)
        kept = pair_queries.note_of(db.session, which.id, by)
        form.version.data = str(kept.version if kept else 0)  # whoever keeps it now has seen both
        return False
    return True


def _running(number: int) -> Mentorship:
    found = pair_or_404(number)
    if found.ended_at is not None:
        raise EndedAlready
    return found


def _meeting_or_404(found: Mentorship, number: int) -> MentoringMeeting:
    which = pair_queries.meeting_of(db.session, found.id, number)
    if which is None:
        raise NotFound
    return which
