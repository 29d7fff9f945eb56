"""One case: take it, read it, decide, take the decision back, answer an appeal."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import DomainError, NotFound
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import moderators, require, reveal
from academy.web.forms import whole
from alumni.moderation import appeals, deciding, desk, queries, rules
from alumni.moderation.deciding import Decision
from alumni.moderation.forms import AnswerForm, DecisionForm, VerdictForm
from alumni.moderation.measures import KEPT
from alumni.moderation.models import IN_REVIEW, OPEN, Case
from alumni.moderation.refusals import Overtaken, TakenBySomebody
from alumni.moderation.subjects import subject_of
from alumni.moderation.views.blueprint import INVALID, NUMBER, bp, page

AnyForm = DecisionForm | VerdictForm | AnswerForm
WRONG_ANSWER = -1


@bp.get(f"/admin/moderation/<{NUMBER}:case_id>")
@moderators
def case(case_id: int) -> ResponseReturnValue:
    """What the case is about; its contents and the forms only for whoever took it."""
    found = _case(case_id)
    return _page(found, _form(found))


@bp.post(f"/admin/moderation/<{NUMBER}:case_id>/claim")
@moderators
def claim(case_id: int) -> ResponseReturnValue:
    """Take a case for half an hour."""
    found = _case(case_id, locked=True)
    try:
        deciding.claim(db.session, case=found, by=_me(), now=clock.now())
    except (Overtaken, TakenBySomebody):
        db.session.rollback()  # the page of the case says who was faster, or what was decided
    return _back(_case(case_id))


@bp.post(f"/admin/moderation/<{NUMBER}:case_id>/release")
@moderators
def release(case_id: int) -> ResponseReturnValue:
    """Give a case back to the others."""
    deciding.release(db.session, case=_case(case_id, locked=True), by=signed_in_actor(), now=clock.now())
    return redirect(url_for("moderation.queue"), code=303)


@bp.post(f"/admin/moderation/<{NUMBER}:case_id>/decide")
@moderators
def decide(case_id: int) -> ResponseReturnValue:
    """Decide, or say what is missing."""
    found = _case(case_id, locked=True)
    form = _form(found)
    if isinstance(form, AnswerForm):
        return _back(found)
    if not (form.validate_on_submit() and form.is_complete()):
        return _page(found, form)
    try:
        decision, version = _decision(form), whole(form.version)
        deciding.decide(db.session, case=found, version=version, decision=decision, by=_me(), now=clock.now())
    except DomainError as refusal:
        return _again(case_id, form, refusal)
    flash(_("Decided. Everybody whom it concerns is told."), "done")
    return redirect(url_for("moderation.queue", place="reviews" if found.origin == IN_REVIEW else None), code=303)


@bp.post(f"/admin/moderation/<{NUMBER}:case_id>/answer")
@moderators
def answer(case_id: int) -> ResponseReturnValue:
    """Answer an appeal."""
    found, form = _case(case_id, locked=True), AnswerForm()
    if not form.validate_on_submit():
        return _page(found, form)
    granted, words, version = form.verdict.data == "granted", str(form.words.data), whole(form.version)
    try:
        appeals.answer(db.session, case=found, version=version, granted=granted, words=words, by=_me(), now=clock.now())
    except DomainError as refusal:
        return _again(case_id, form, refusal)
    flash(_("Answered. The person is told."), "done")
    return redirect(url_for("moderation.queue", place="appeals"), code=303)


@bp.post(f"/admin/moderation/<{NUMBER}:case_id>/undo")
@moderators
def undo(case_id: int) -> ResponseReturnValue:
    """Take a decision back."""
    found = _case(case_id, locked=True)
    version = request.form.get("version", WRONG_ANSWER, type=int)
    deciding.undo(db.session, case=found, version=version, by=_me(), now=clock.now())
    flash(_("The decision is taken back. The case is open again, in your hands."), "done")
    return _back(found)


def _me() -> Actor:
    return signed_in_actor()


def _case(case_id: int, *, locked: bool = False) -> Case:
    """The case; one about the asker does not exist for them, one they reported is for others."""
    found = deciding.case_locked(db.session, case_id) if locked else queries.case_by_id(db.session, case_id)
    if found is None:
        raise NotFound
    reveal(found.owner_id != _me().id)
    reporters = queries.reporters_of(db.session, case_id)
    require(rules.may_handle(actor_id=_me().id, owner_id=found.owner_id, reporters=reporters))
    return found


def _form(found: Case) -> AnyForm:
    """The form for what waits to be decided."""
    if found.appeal == "open":
        return AnswerForm()
    if found.origin == IN_REVIEW:
        return VerdictForm()
    subject = subject_of(found.kind)
    return DecisionForm().offer(list(subject.acts) if subject else [], has_owner=found.owner_id is not None)


def _decision(form: DecisionForm | VerdictForm) -> Decision:
    words, note = (form.words.data or "").strip(), (form.note.data or "").strip()
    if isinstance(form, VerdictForm):
        return Decision(str(form.verdict.data), words=words, note=note)
    on_thing, on_person = str(form.on_thing.data or KEPT), str(form.on_person.data or "")
    return Decision(on_thing, on_person, str(form.reason.data or ""), words, int(form.days.data or 0), note)


def _again(case_id: int, form: AnyForm, refusal: DomainError) -> ResponseReturnValue:
    """The page once more, with what was typed and with what the case is now."""
    db.session.rollback()
    form.form_errors = [*form.form_errors, str(refusal.sentence)]
    return _page(_case(case_id), form)


def _page(found: Case, form: AnyForm) -> ResponseReturnValue:
    actor, now = _me(), clock.now()
    held = deciding.holder(found, now)
    is_mine = found.claimed_by == actor.id and deciding.waits(found)  # after half an hour too, unless others took it
    shown = desk.shown(db.session, found, actor, is_open=is_mine)
    form.version.data = str(found.version)
    return page(
        "case",
        INVALID if form.errors or form.form_errors else 200,
        case=found,
        form=form,
        shown=shown,
        is_mine=is_mine,
        is_held=held not in {None, actor.id},
        is_waiting=deciding.waits(found),
        is_answer=isinstance(form, AnswerForm),
        is_review=isinstance(form, VerdictForm),
        may_undo=found.state != OPEN and found.on_thing != "gone" and found.appeal not in {"open", "granted"},
    )


def _back(found: Case) -> ResponseReturnValue:
    return redirect(url_for("moderation.case", case_id=found.id), code=303)
