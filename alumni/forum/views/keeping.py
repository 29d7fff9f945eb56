"""What keepers do with a topic: close, pin, move, split, merge; and what waits for them in their place."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import DomainError
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, signed_in
from academy.web.forms import Form, hang, said, whole
from academy.web.paging import row_number
from alumni.forum.order import judging, moving
from alumni.forum.order.moving import Keeping
from alumni.forum.order.tool_forms import MergeForm, MoveForm, PinForm, SplitForm
from alumni.forum.places import queries as places
from alumni.forum.topics.models import Topic
from alumni.forum.views.blueprint import INVALID, NUMBER, Found, bp, category_or_404, page, topic_or_404
from alumni.forum.views.page_ways import path_of

Act = Callable[[Keeping], Topic]


@bp.get(f"/t/{NUMBER}/order")
@signed_in
def order(number: int) -> ResponseReturnValue:
    """Everything a keeper can do with a topic."""
    return _tools(_kept(number))


def _kept(number: int) -> Found:
    """A topic whose order is for whoever asks to keep."""
    found = topic_or_404(number)
    require(found.rights.keep_order)
    return found


def _tools(found: Found, faulty: Form | None = None, refusal: str = "") -> ResponseReturnValue:
    forms = {"pin": _pin_form(found), "move": _move_form(found), "merge": MergeForm(), "split": SplitForm()}
    if faulty is None:
        forms["pin"].how.data = moving.pin_word(found.thread.pinned)
    for name, form in forms.items():
        forms[name] = faulty if type(form) is type(faulty) and faulty is not None else form
        forms[name].version.data = str(found.thread.version)
    status = 409 if refusal else INVALID if faulty else 200
    path = path_of(found.thread)
    return page(
        "order/topic", status, found=found, topic=found.thread, path=path, refusal=refusal, faulty=faulty, **forms
    )


def _pin_form(found: Found) -> PinForm:
    return PinForm().offer(announce=found.asker.keeps_order)


def _move_form(found: Found) -> MoveForm:
    asked = places.categories_for(db.session, found.asker)
    theirs = places.keeps(db.session, found.asker.member_id)
    may = (each for each in asked if found.asker.keeps_order or each.id in theirs)
    return MoveForm().offer([(each.slug, each.name) for each in may if each.id != found.thread.category_id])


def _done(found: Found, act: Act, form: Form, sentence: str) -> ResponseReturnValue:
    """Do it to the version that the page showed, and lead to where the topic is now."""
    version = whole(form["version"]) if "version" in form else None
    try:
        topic = act(Keeping(signed_in_actor(), clock.now(), version))
    except DomainError as refusal:
        db.session.rollback()
        return _tools(_kept(found.thread.id), form, str(refusal))
    flash(sentence, "done")
    return redirect(url_for("forum.order", number=topic.id), code=303)


@bp.post(f"/t/{NUMBER}/order/close")
@signed_in
def close(number: int) -> ResponseReturnValue:
    """Let nobody write in a topic any more, or again."""
    found, shut = _kept(number), request.form.get("act") != "open"
    sentence = _("The topic is closed.") if shut else _("The topic is open again.")
    return _done(found, lambda keeping: moving.close(db.session, number, keeping, shut=shut), Form(), sentence)


@bp.post(f"/t/{NUMBER}/order/pin")
@signed_in
def pin(number: int) -> ResponseReturnValue:
    """Say where a topic stands in lists."""
    found = _kept(number)
    form = _pin_form(found)
    if not form.validate_on_submit():
        return _tools(found, form)
    until = moving.end_of(form.until.data)
    return _done(
        found,
        lambda keeping: moving.pin(db.session, number, keeping, how=form.how.data, until=until),
        form,
        _("The topic stands where you put it."),
    )


@bp.post(f"/t/{NUMBER}/order/move")
@signed_in
def move(number: int) -> ResponseReturnValue:
    """Put a topic into another place."""
    found = _kept(number)
    form = _move_form(found)
    if not form.validate_on_submit():
        return _tools(found, form)
    to = category_or_404(form.to.data).category
    return _done(found, lambda keeping: moving.move(db.session, number, keeping, to=to), form, _("The topic is moved."))


@bp.post(f"/t/{NUMBER}/order/merge")
@signed_in
def merge(number: int) -> ResponseReturnValue:
    """Put all posts of a topic at the end of another one."""
    found, form = _kept(number), MergeForm()
    if not form.validate_on_submit():
        return _tools(found, form)
    if not _may_keep(form.number(), found):
        hang(form.into, _("There is no such topic that you look after."))
        return _tools(found, form)
    return _done(
        found,
        lambda keeping: moving.merge(db.session, number, keeping, into_id=form.number()),
        form,
        _("The two topics are one now. The old address leads here."),
    )


def _may_keep(number: int, found: Found) -> bool:
    try:
        other = topic_or_404(number)
    except DomainError:
        return False
    return other.rights.keep_order and other.thread.id != found.thread.id and other.thread.merged_into is None


@bp.post(f"/t/{NUMBER}/order/split")
@signed_in
def split(number: int) -> ResponseReturnValue:
    """Put some posts into a topic of their own."""
    found, form = _kept(number), SplitForm()
    if not form.validate_on_submit():
        return _tools(found, form)
    picked, title = form.picked(), said(form.title)
    return _done(
        found,
        lambda keeping: moving.split(db.session, number, keeping, numbers=picked, title=title),
        form,
        _("The posts have a topic of their own now."),
    )


@bp.get("/<slug>/waiting")
@signed_in
def waiting(slug: str) -> ResponseReturnValue:
    """What was reported in a place, and what waits to be shown there."""
    entered = category_or_404(slug)
    require(entered.rights.keep_order)
    after = request.args.get("after", 0, type=row_number)
    found = judging.waiting_in(db.session, entered.category.id, after)
    shown = found[: judging.PAGE]
    return page(
        "order/waiting",
        entered=entered,
        found=[(case, title, judging.reasons_of(db.session, case)) for case, title, _topic in shown],
        more=url_for("forum.waiting", slug=slug, after=shown[-1][0].id) if len(found) > judging.PAGE else "",
        first=url_for("forum.waiting", slug=slug) if after else "",
    )
