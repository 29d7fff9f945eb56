"""Writing in a topic."""

from dataclasses import replace
from datetime import datetime

from flask import flash, jsonify, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from academy.uploads.refusals import LARGEST, FileRefused
from academy.uploads.service import Parcel
from academy.web.file_forms import takes_files
from academy.web.forms import hang, said
from alumni.forum.drafts import rules as places
from alumni.forum.drafts import service as drafts
from alumni.forum.order import gate as gates
from alumni.forum.order import reporting
from alumni.forum.order.gate import Gate
from alumni.forum.order.refusals import TooManyLinks, WordNotWanted
from alumni.forum.topics import answering, attachments, service, tries
from alumni.forum.topics.forms import ReplyForm
from alumni.forum.topics.models import Post, State
from alumni.forum.topics.refusals import TopicClosed
from alumni.forum.topics.rules import rights_in
from alumni.forum.views import attempt, reply_form, topic_page
from alumni.forum.views.addresses import post_path, topic_path
from alumni.forum.views.attempt import Try
from alumni.forum.views.blueprint import INVALID, NUMBER, bp, topic_or_404

CONFLICT = 409


@bp.post(f"/t/{NUMBER}/reply")
@signed_in
@takes_files(LARGEST)
def reply(number: int) -> ResponseReturnValue:
    """Write in a topic, or see first what it will look like."""
    form, actor, now = ReplyForm(), signed_in_actor(), clock.now()
    text = form.words().text
    with db.glance() as session:
        gate = gates.gate_for(session, actor, number, text, now)
    if gate is None:
        return _too_late(attempt.try_in(number), form)
    if attempt.wants_preview():
        attempt.draw_preview(form, topic_id=number)
        return attempt.fragment(form) if attempt.is_quiet() else _again(number, form, 200)
    form.complete()
    parcel = attempt.parcel_of(form)
    if form.errors:
        return _again(number, form)
    tries.spend_reply(actor.id, newcomer=gate.newcomer, waits_until=gate.waits_until, now=now)
    return _sent(gate, form, parcel, now)


def _sent(gate: Gate, form: ReplyForm, parcel: Parcel | None, now: datetime) -> ResponseReturnValue:
    try:
        made = _add(db.session, gate, form, parcel, now)
    except (FileRefused, TooManyLinks, WordNotWanted) as refusal:
        hang(form.file if isinstance(refusal, FileRefused) else form.text, refusal)
        return _again(gate.topic_id, form)
    except TopicClosed:
        db.abandon()
        return _too_late(attempt.try_in(gate.topic_id), form)
    return redirect(post_path(made.topic_id, gate.title, made.number, behind_doors=gate.behind_doors), code=303)


def _add(session: Session, gate: Gate, form: ReplyForm, parcel: Parcel | None, now: datetime) -> Post:
    words, by = form.words(), signed_in_actor().id
    state = gate.state_of(words.text)
    made = service.reply(
        session,
        topic_id=gate.topic_id,
        by=by,
        words=words,
        reply_to=_answered(session, gate, form),
        state=state,
        keeps_order=gate.keeps_order,
        now=now,
    )
    if parcel is not None and not made.files:
        attachments.attach(session, post=made, parcel=parcel, name=said(form.file_name), now=now)
    if gate.has_draft:
        drafts.drop(session, by, places.place_of(places.TOPIC, made.topic_id))
    if made.state == State.WAITING:
        reporting.wait(session, made, now)
        flash(_("Thank you. A moderator looks at this post before others see it."), "done")
    return made


def _answered(session: Session, gate: Gate, form: ReplyForm) -> int | None:
    """The permanent number of the post that is answered, if it stands in this topic and may be answered."""
    number, me = form.answered, signed_in_actor().id
    there = number and answering.may_answer(session, me, topic_id=gate.topic_id, post_id=number)
    return number if there else None


def _again(number: int, form: ReplyForm, status: int = INVALID) -> ResponseReturnValue:
    """The page once more, with everything that was typed."""
    found = topic_or_404(number)
    reply_form.answer_to(form, found)
    return topic_page.shown(replace(found, at=max(found.thread.last_number, 1)), form, status)


def _too_late(one: Try, form: ReplyForm) -> ResponseReturnValue:
    """The topic was closed meanwhile: nothing typed is lost. For whoever never might write here it is forbidden."""
    found, thread = one.found, one.found.thread
    open_still = replace(thread, closed_at=None, archived_at=None)
    require(rights_in(found.asker, open_still, open_still, keeps=thread.keeps).reply)
    with db.the_database().transaction() as session:
        _keep(session, one, form)
    hang(form.text, TopicClosed())
    return _again(thread.id, form, CONFLICT)


def _keep(session: Session, one: Try, form: ReplyForm) -> None:
    """What the same form sent already is no draft any more."""
    member_id, place = signed_in_actor().id, places.place_of(places.TOPIC, one.found.thread.id)
    if not answering.was_sent(session, member_id, form.own_token):
        drafts.keep(session, member_id=member_id, place=place, sketch=form.sketch(), now=clock.now())


@bp.post(f"/t/{NUMBER}/draft")
@signed_in
def draft(number: int) -> ResponseReturnValue:
    """Keep what is being written: quietly for a script, with a page for a button."""
    form, one = ReplyForm(), attempt.try_in(number)
    require(one.found.rights.reply)
    form.validate()
    if form.text.errors and said(form.text).strip():
        return ({"saved": False}, INVALID) if attempt.is_quiet() else _again(number, form)
    _keep(db.session, one, form)
    if attempt.is_quiet():
        return jsonify(saved=True)
    flash(_("Your draft is saved."), "done")
    thread = one.found.thread
    end = topic_path(thread.id, thread.title, behind_doors=thread.behind_doors, at=thread.last_number)
    return redirect(f"{end}#reply", code=303)
