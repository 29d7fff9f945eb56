"""What is new, marking it read, and how closely somebody follows a topic or a place."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from academy import clock, db
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from academy.web.forms import Form
from academy.web.paging import LARGEST
from alumni.forum.following import queries, service
from alumni.forum.topics.listing import place_of
from alumni.forum.topics.models import ForumChoice, Level
from alumni.forum.topics.rules import PAGE
from alumni.forum.views.blueprint import NUMBER, bp, category_or_404, page, the_asker, topic_or_404
from alumni.forum.views.lists_page import lines_of
from alumni.forum.views.page_ways import path_of


@bp.get("/new")
@signed_in
def new() -> ResponseReturnValue:
    """What is new for whoever asks, across all places."""
    asker, before = the_asker(), request.args.get("before", LARGEST, type=place_of)
    rows = queries.new_topics(db.session, asker, before=before, most=PAGE + 1, now=clock.now())
    shown = rows[:PAGE]
    older = url_for("forum.new", before=shown[-1].last_post_id) if len(rows) > PAGE else ""
    first = url_for("forum.new") if before != LARGEST else ""
    return page("new", topics=lines_of(asker, shown, with_place=True), older=older, first=first)


@bp.post("/read")
@signed_in
def read_everything() -> ResponseReturnValue:
    """Let everything count as read."""
    asker = the_asker()
    everywhere = queries.readable(db.session, asker)
    service.read_all(db.session, member_id=asker.member_id, category_ids=everywhere)
    flash(_("Everything counts as read now."), "done")
    return redirect(url_for("forum.index"), code=303)


@bp.post("/<slug>/read")
@signed_in
def read_place(slug: str) -> ResponseReturnValue:
    """Let everything in a place count as read."""
    entered = category_or_404(slug)
    service.read_all(db.session, member_id=entered.asker.member_id, category_ids=[entered.category.id])
    flash(_("Everything in this place counts as read now."), "done")
    return redirect(url_for("forum.category", slug=slug), code=303)


@bp.post("/<slug>/follow")
@signed_in
def follow_place(slug: str) -> ResponseReturnValue:
    """Follow a place more closely, or less."""
    entered, level = category_or_404(slug), _level()
    kept = "" if level is Level.NORMAL else level
    service.follow_place(db.session, member_id=entered.asker.member_id, category_id=entered.category.id, level=kept)
    return redirect(url_for("forum.category", slug=slug), code=303)


@bp.post(f"/t/{NUMBER}/follow")
@signed_in
def follow_topic(number: int) -> ResponseReturnValue:
    """Follow a topic more closely, or less."""
    found = topic_or_404(number)
    service.follow(db.session, member_id=found.asker.member_id, topic_id=number, level=_level(), now=clock.now())
    return redirect(path_of(found.thread), code=303)


def _level() -> Level:
    """The level that was chosen; as usual for what is none."""
    chosen = request.form.get("level", "")
    return Level(chosen) if chosen in set(Level) else Level.NORMAL


class ChoiceForm(Form):
    """What a member chooses for the whole forum."""

    searchable = BooleanField(_l("Search engines may keep what I write in public places, with my name"))
    words_in_letters = BooleanField(_l("Letters to me carry the words of posts"))


@bp.route("/choice", methods=["GET", "POST"])
@signed_in
def choice() -> ResponseReturnValue:
    """Whether search engines may keep a member's posts, and whether letters carry words."""
    me, form = signed_in_actor().id, ChoiceForm()
    if form.validate_on_submit():
        chosen = {"searchable": bool(form.searchable.data), "words_in_letters": bool(form.words_in_letters.data)}
        service.choose(db.session, member_id=me, **chosen)
        flash(_("Your choices are kept."), "done")
        return redirect(url_for("forum.choice"), code=303)
    kept = db.session.get(ForumChoice, me)
    form.searchable.data = kept is not None and kept.searchable
    form.words_in_letters.data = kept is not None and kept.words_in_letters
    return page("choice", form=form)
