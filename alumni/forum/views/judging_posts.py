"""One post before a keeper: what was said about it, and what becomes of it."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import DomainError
from academy.i18n import gettext as _
from academy.markdown import kept
from academy.people.actor import signed_in_actor
from academy.people.guards import moderators, require, signed_in
from academy.web.forms import said, whole
from alumni.forum.order import judging
from alumni.forum.order.tool_forms import LookForm
from alumni.forum.topics import post_queries
from alumni.forum.topics.models import Post, State
from alumni.forum.views.blueprint import INVALID, NUMBER, Found, bp, lost, page, the_asker, topic_or_404
from alumni.forum.views.page_ways import path_of
from alumni.moderation.deciding import Decision
from alumni.moderation.forms import DecisionForm, VerdictForm
from alumni.moderation.measures import KEPT
from alumni.moderation.words import REASONS

ACTS = ("hidden", "removed")


@dataclass(frozen=True, slots=True)
class Judged:
    """A post and its topic before whoever keeps order there."""

    found: Found
    post: Post

    @property
    def path(self) -> str:
        """Where the post stands."""
        return f"{path_of(self.found.thread, self.post.number)}#p{self.post.number}"


def _judged(number: int) -> Judged:
    asker = the_asker()
    spot = post_queries.spot_of(db.session, asker, number)
    if spot is None:
        raise lost(asker)
    found = topic_or_404(spot.topic_id, spot.number)
    require(found.rights.keep_order)
    return Judged(found, db.session.get_one(Post, number))


def _form(judged: Judged) -> DecisionForm | VerdictForm:
    if judged.post.state == State.WAITING:
        return VerdictForm()
    reported = bool(judging.complaints_about(db.session, judged.post.id))
    return DecisionForm().offer(ACTS, has_owner=False, may_keep=reported)


@bp.route(f"/p/{NUMBER}/order", methods=["GET", "POST"])
@signed_in
def judge(number: int) -> ResponseReturnValue:
    """Decide about a post."""
    judged = _judged(number)
    form = _form(judged)
    if not (form.validate_on_submit() and form.is_complete()):
        return _page(judged, form, INVALID if form.errors else 200)
    concerned = judging.concerns(db.session, judged.post, signed_in_actor())
    require(not concerned)
    decision, review = _decision(form), isinstance(form, VerdictForm)
    try:
        seen, by = whole(form.version), signed_in_actor()
        judging.decide(db.session, judged.post, decision, review=review, seen=seen, by=by, now=clock.now())
    except DomainError as refusal:
        return _refused(number, form, refusal)
    flash(_("Decided. Everybody whom it concerns is told."), "done")
    return redirect(judged.path, code=303)


def _decision(form: DecisionForm | VerdictForm) -> Decision:
    words = said(form.words).strip()
    if isinstance(form, VerdictForm):
        return Decision(str(form.verdict.data), words=words)
    return Decision(str(form.on_thing.data or KEPT), "", str(form.reason.data or ""), words)


def _refused(number: int, form: DecisionForm | VerdictForm, refusal: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    return _page(_judged(number), form, refusal.status, str(refusal))


def _page(
    judged: Judged,
    form: DecisionForm | VerdictForm,
    status: int = 200,
    refusal: str = "",
    look: LookForm | None = None,
) -> ResponseReturnValue:
    post = judged.post
    form.version.data = str(judging.decided_so_far(db.session, post.id))
    return page(
        "order/post",
        status,
        post=post,
        words=kept(post.html),
        topic=judged.found.thread,
        path=judged.path,
        form=form,
        refusal=refusal,
        look=look or LookForm(),
        is_review=isinstance(form, VerdictForm),
        is_out_of_sight=judging.is_out_of_sight(db.session, post),
        was_decided=judging.last_decision(db.session, post.id) is not None,
        concerned=judging.concerns(db.session, post, signed_in_actor()),
        may_look=judged.found.thread.behind_doors and judged.found.asker.keeps_order,
        complaints=[
            (REASONS.get(each.reason, ""), each.words) for each in judging.complaints_about(db.session, post.id)
        ],
    )


@bp.post(f"/p/{NUMBER}/order/again")
@signed_in
def show_again(number: int) -> ResponseReturnValue:
    """Take back the decision that took a post out of sight."""
    judged = _judged(number)
    form, by = _form(judged), signed_in_actor()
    require(not judging.concerns(db.session, judged.post, by))
    try:
        told = judging.show_again(db.session, judged.post, seen=whole(form.version), by=by, now=clock.now())
    except DomainError as refusal:
        return _refused(number, form, refusal)
    flash(_("The post is shown again, and its author is told.") if told else _("Saved."), "done")
    return redirect(judged.path, code=303)


@bp.post(f"/p/{NUMBER}/order/mark")
@signed_in
def mark(number: int) -> ResponseReturnValue:
    """Let everybody edit a post, or nobody."""
    judged, act = _judged(number), request.form.get("act", "")
    by, now = signed_in_actor(), clock.now()
    if act in {"wiki", "no_wiki"}:
        judging.set_wiki(db.session, judged.post, wiki=act == "wiki", by=by, now=now)
    elif act in {"lock", "unlock"}:
        judging.set_locked(db.session, judged.post, locked=act == "lock", by=by, now=now)
    flash(_("Saved."), "done")
    return redirect(url_for("forum.judge", number=number), code=303)


@bp.post(f"/p/{NUMBER}/order/author")
@moderators
def look(number: int) -> ResponseReturnValue:
    """See who wrote a post behind closed doors; the look is kept, with its reason."""
    judged, form = _judged(number), LookForm()
    require(judged.found.thread.behind_doors)
    if not form.validate_on_submit():
        return _page(judged, _form(judged), INVALID, look=form)
    member = judging.look_behind_doors(db.session, judged.post, said(form.why), by=signed_in_actor(), now=clock.now())
    return page("order/author", post=judged.post, path=judged.path, member=member)
