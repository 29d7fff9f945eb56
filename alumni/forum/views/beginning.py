"""Beginning a topic."""

from datetime import datetime

from flask import flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import clock, db
from academy.i18n import gettext as _
from academy.markdown import kept
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from academy.web.forms import hang, said
from alumni.forum.drafts import queries as drafts_kept
from alumni.forum.drafts import rules as places
from alumni.forum.drafts import service as drafts
from alumni.forum.order import reporting, screening
from alumni.forum.order.refusals import TooManyLinks, WordNotWanted
from alumni.forum.topics import answering, service, tagging, tries
from alumni.forum.topics.forms import TopicForm, typed_tags
from alumni.forum.topics.models import State, Topic
from alumni.forum.views import attempt
from alumni.forum.views.addresses import topic_path
from alumni.forum.views.attempt import Entry
from alumni.forum.views.blueprint import INVALID, Entered, bp, page


@bp.route("/<slug>/begin", methods=["GET", "POST"])
@signed_in
def begin(slug: str) -> ResponseReturnValue:
    """Write the first post of a topic, or see first what it will look like."""
    form, entry = TopicForm(), attempt.entry_in(slug)
    require(entry.entered.rights.begin)
    if request.method != "POST":
        _fill(form, entry.entered)
        return _shown(entry.entered, form, 200)
    if attempt.wants_preview():
        attempt.draw_preview(form)
        return attempt.fragment(form) if attempt.is_quiet() else _shown(entry.entered, form, 200)
    if not form.complete():
        return _shown(entry.entered, form)
    tries.spend_topic(entry.writer)
    try:
        made = _made(db.session, entry.entered, form, clock.now())
    except (TooManyLinks, WordNotWanted) as refusal:
        hang(form.text, refusal)
        return _shown(entry.entered, form)
    return redirect(topic_path(made.id, made.title, behind_doors=made.behind_doors), code=303)


def _made(session: Session, entered: Entered, form: TopicForm, now: datetime) -> Topic:
    actor, words, place = signed_in_actor(), form.words(), entered.category
    keeps = entered.rights.keep_order
    said_all = f"{said(form.title)}\n{words.text}"
    state = screening.state_for(session, actor=actor, text=said_all, keeps_order=keeps, now=now)
    made = service.begin_topic(
        session, category_id=place.id, by=actor.id, title=said(form.title), words=words, state=state, now=now
    )
    tagging.tag_topic(session, made.id, typed_tags(form.tags))
    drafts.drop(session, actor.id, places.place_of(places.CATEGORY, place.id))
    if state == State.WAITING:
        reporting.wait(session, service.first_post(session, made.id), now)
        flash(_("Thank you. A moderator looks at your topic before others see it."), "done")
    return made


def _fill(form: TopicForm, entered: Entered) -> None:
    form.begin()
    draft = drafts_kept.draft_of(
        db.session, entered.asker.member_id, places.place_of(places.CATEGORY, entered.category.id)
    )
    if draft is not None:
        form.fill(draft.text, draft.warning)
        form.title.data, form.tags.data = draft.title, draft.tags


def _shown(entered: Entered, form: TopicForm, status: int = INVALID) -> ResponseReturnValue:
    with db.glance() as session:
        suggested = tagging.suggested(session, entered.category.id)
    about = kept(entered.category.description_html)
    return page("begin", status, place=entered.category, about=about, form=form, suggested=suggested)


@bp.post("/<slug>/begin/draft")
@signed_in
def begun(slug: str) -> ResponseReturnValue:
    """Keep what is being written."""
    form, entry = TopicForm(), attempt.entry_in(slug)
    require(entry.entered.rights.begin)
    form.validate()
    if form.text.errors and said(form.text).strip():
        return ({"saved": False}, INVALID) if attempt.is_quiet() else _shown(entry.entered, form)
    _keep(db.session, entry, form)
    if attempt.is_quiet():
        return jsonify(saved=True)
    flash(_("Your draft is saved."), "done")
    return redirect(request.path.removesuffix("/draft"), code=303)


def _keep(session: Session, entry: Entry, form: TopicForm) -> None:
    member_id, place = signed_in_actor().id, places.place_of(places.CATEGORY, entry.entered.category.id)
    if not answering.was_begun(session, member_id, form.own_token):
        drafts.keep(session, member_id=member_id, place=place, sketch=form.sketch(), now=clock.now())
