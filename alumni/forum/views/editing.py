"""Changing a post, its history, taking it back and bringing it back."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import clock, db
from academy.errors import DomainError, NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from academy.web.forms import hang, said
from alumni.forum.drafts import queries as drafts_kept
from alumni.forum.drafts import rules as places
from alumni.forum.drafts import service as drafts
from alumni.forum.drafts.rules import Sketch
from alumni.forum.order import screening
from alumni.forum.order.refusals import TooManyLinks, WordNotWanted
from alumni.forum.places.asking import asker_of
from alumni.forum.topics import editing, post_queries, tagging, tries
from alumni.forum.topics.editing_rules import Editor, may_bring_back, may_delete, may_edit
from alumni.forum.topics.forms import LONGEST_WARNING, EditForm, typed_tags
from alumni.forum.topics.post_queries import Seen
from alumni.forum.topics.refusals import CannotBeChanged, ChangedMeanwhile, TopicClosed
from alumni.forum.topics.rules import LONGEST
from alumni.forum.views import attempt
from alumni.forum.views.blueprint import INVALID, NUMBER, bp, page

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Desk:
    """A post before somebody who may want to change it."""

    seen: Seen
    editor: Editor


def desk_of(number: int) -> Desk:
    """A post whoever asks may know of, and how they may change it; nothing here holds the lock."""
    actor = signed_in_actor()
    with db.glance() as session:
        asker = asker_of(session, actor)
        seen = post_queries.seen_post(session, asker, number)
        if seen is None:
            raise NotFound
        writer = tries.writer_of(session, actor.id, clock.now())
    rights = seen.rights
    return Desk(seen, Editor(actor.id, rights.reply, keeps_order=rights.keep_order, newcomer=writer.newcomer))


@bp.route(f"/p/{NUMBER}/edit", methods=["GET", "POST"])
@signed_in
def edit(number: int) -> ResponseReturnValue:
    """Say it in another way."""
    desk, form, now = desk_of(number), EditForm(), clock.now()
    if desk.seen.post.number > 1:
        form.of_a_reply()
    allowed = may_edit(desk.editor, editing.piece_of(desk.seen.post), now)
    if request.method != "POST":
        require(allowed)
        _fill(form, desk)
        return _shown(desk, form, 200)
    if not allowed:
        return _too_late(desk, form)
    if attempt.wants_preview():
        attempt.draw_preview(form, topic_id=desk.seen.topic.id)
        return attempt.fragment(form) if attempt.is_quiet() else _shown(desk, form, 200)
    return _saved(desk, form, now) if form.validate_on_submit() else _shown(desk, form)


def _saved(desk: Desk, form: EditForm, now: datetime) -> ResponseReturnValue:
    number = desk.seen.post.id
    tries.spend(tries.EDITS, desk.editor.member_id)
    try:
        _change(db.session, desk, form, now)
    except (TooManyLinks, WordNotWanted) as refusal:
        hang(form.text, refusal)
        return _shown(desk, form)
    except ChangedMeanwhile as refusal:
        return _changed_meanwhile(number, form, refusal)
    except (TopicClosed, CannotBeChanged):
        return _too_late(desk, form)
    flash(_("Your change is saved. What the post said before stays in its history."), "done")
    return redirect(url_for("forum.permalink", number=number), code=303)


def _change(session: Session, desk: Desk, form: EditForm, now: datetime) -> None:
    actor, post = signed_in_actor(), desk.seen.post
    change = form.change()
    if change.text != post.text:
        screening.state_for(session, actor=actor, text=change.text, keeps_order=desk.seen.rights.keep_order, now=now)
    editing.edit(session, post_id=post.id, change=change, editor=desk.editor, now=now)
    if "tags" in form:
        tagging.tag_topic(session, desk.seen.topic.id, typed_tags(form.tags))
    drafts.drop(session, actor.id, places.place_of(places.POST, post.id))


def _changed_meanwhile(number: int, form: EditForm, refusal: DomainError) -> ResponseReturnValue:
    """Both texts beside each other: whoever sends again has seen what they replace."""
    db.abandon()
    desk = desk_of(number)
    form.meanwhile = desk.seen.post.text
    form.version.data = str(desk.seen.post.edits)
    hang(form.text, refusal)
    return _shown(desk, form, CONFLICT)


def _too_late(desk: Desk, form: EditForm) -> ResponseReturnValue:
    """It was closed or locked meanwhile: what was typed is kept as a draft."""
    require(desk.seen.post.author_id == desk.editor.member_id or desk.seen.post.wiki)
    db.abandon()
    sketch = Sketch(form.change().text, warning=form.change().warning)
    with db.the_database().transaction() as session:
        place = places.place_of(places.POST, desk.seen.post.id)
        drafts.keep(session, member_id=desk.editor.member_id, place=place, sketch=sketch, now=clock.now())
    hang(form.text, _("This post can no longer be changed. Your words are kept as a draft."))
    return _shown(desk, form, CONFLICT)


def _fill(form: EditForm, desk: Desk) -> None:
    post, topic = desk.seen.post, desk.seen.topic
    kept = drafts_kept.draft_of(db.session, desk.editor.member_id, places.place_of(places.POST, post.id))
    form.fill(kept.text if kept else post.text, post.warning)
    form.language.data, form.version.data = post.language, str(post.edits)
    if "title" in form:
        form.title.data, form.tags.data = topic.title, ", ".join(tagging.tags_of(db.session, topic.id))


def _shown(desk: Desk, form: EditForm, status: int = INVALID) -> ResponseReturnValue:
    return page("edit", status, seen=desk.seen, form=form, mine=desk.seen.post.author_id == desk.editor.member_id)


@bp.post(f"/p/{NUMBER}/edit/draft")
@signed_in
def keep_edit(number: int) -> ResponseReturnValue:
    """Keep what is being written; what was saved already is no draft any more."""
    desk, form = desk_of(number), EditForm()
    require(may_edit(desk.editor, editing.piece_of(desk.seen.post), clock.now()))
    if len(said(form.text)) > LONGEST:
        return {"saved": False}, INVALID
    change = form.change()
    if change.version == desk.seen.post.edits:
        place, sketch = (
            places.place_of(places.POST, number),
            Sketch(change.text, warning=change.warning[:LONGEST_WARNING]),
        )
        drafts.keep(db.session, member_id=desk.editor.member_id, place=place, sketch=sketch, now=clock.now())
    return jsonify(saved=True) if attempt.is_quiet() else redirect(url_for("forum.my_drafts"), code=303)


@bp.route(f"/p/{NUMBER}/delete", methods=["GET", "POST"])
@signed_in
def take_back(number: int) -> ResponseReturnValue:
    """Delete one's own post; for a day it can come back."""
    desk = desk_of(number)
    require(may_delete(desk.editor, editing.piece_of(desk.seen.post)))
    if request.method != "POST":
        return page("delete", seen=desk.seen)
    editing.take_back(db.session, post_id=number, editor=desk.editor, now=clock.now())
    flash(_("Your post is deleted. For a day you can bring it back on the page of your drafts."), "done")
    return redirect(_beside(desk), code=303)


@bp.post(f"/p/{NUMBER}/back")
@signed_in
def bring_back(number: int) -> ResponseReturnValue:
    """Let one's own deleted post stand again."""
    desk, now = desk_of(number), clock.now()
    post = desk.seen.post
    require(may_bring_back(desk.editor.member_id, editing.piece_of(post), post.deleted_at, now))
    editing.bring_back(db.session, post_id=number, editor=desk.editor, now=now)
    flash(_("Your post stands again."), "done")
    return redirect(url_for("forum.permalink", number=number), code=303)


def _beside(desk: Desk) -> str:
    """Where one goes after deleting a post: to its line, or to the place if the topic went with it."""
    with_topic = desk.seen.post.number == 1
    return (
        url_for("forum.category", slug=desk.seen.category.slug)
        if with_topic
        else url_for("forum.permalink", number=desk.seen.post.id)
    )
