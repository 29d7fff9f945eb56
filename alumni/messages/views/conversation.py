"""A conversation: reading it, writing in it, and what one can do about it."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.notices import queries as notices
from academy.people.actor import has_read, signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.uploads import service as uploads
from academy.uploads import serving
from academy.uploads.refusals import LARGEST, FileRefused
from academy.uploads.service import Parcel
from academy.web.file_forms import takes_files
from academy.web.forms import hang, said
from alumni.messages import files, queries, service, talking, telling, tries
from alumni.messages.forms import MessageForm
from alumni.messages.models import ASKED
from alumni.messages.queries import Thread
from alumni.messages.views import thread_page
from alumni.messages.views.blueprint import INVALID, back_to, bp, named, page, thread_or_404

NUMBER = "<int(max=999999999999999):number>"


@bp.get(f"/{NUMBER}")
@signed_in
def show(number: int) -> ResponseReturnValue:
    """Read a conversation; to open its end is to have read it."""
    thread = thread_or_404(number)
    if request.method != "POST" and "before" not in request.args and _is_news(thread):
        _read(thread)
    return thread_page.shown(thread)


def _is_news(thread: Thread) -> bool:
    told = signed_in_actor().unread and notices.has_unread(db.session, thread.me, telling.page_of(thread.id))
    return bool(thread.unread or told)


def _read(thread: Thread) -> None:
    # Its own short transaction, as for a sign-in that was seen: reading a page writes nothing else.
    with db.the_database().transaction() as session:
        has_read(
            talking.seen(session, conversation_id=thread.id, member_id=thread.me, now=clock.now(), up_to=thread.last_id)
        )


@bp.post(f"/{NUMBER}")
@signed_in
@takes_files(LARGEST)
def send(number: int) -> ResponseReturnValue:
    """Write in a conversation."""
    form, actor, now = MessageForm(), signed_in_actor(), clock.now()
    with db.glance() as session:
        reveal(queries.thread_of(session, actor.id, number) is not None)
    good = form.complete()
    parcel = _parcel(form, actor.id) if good else None
    if good and not form.errors:
        tries.spend(actor, now)
    thread = thread_or_404(number)
    if form.errors:
        return thread_page.shown(thread, form, INVALID)
    try:
        upload_id = files.add(db.session, parcel, actor.id, now) if parcel else None
        made = talking.send(db.session, conversation_id=number, by=actor.id, words=form.words(upload_id), now=now)
    except FileRefused as refusal:
        hang(form.file, refusal)
        return thread_page.shown(thread, form, INVALID)
    return back_to(number, f"m{made.id}")


def _parcel(form: MessageForm, member_id: int) -> Parcel | None:
    """The file that was sent, its bytes kept already; what is wrong with it hangs on its field."""
    if form.file.data is None:
        return None
    tries.spend_file(member_id)
    try:
        parcel = files.parcel_of(form.file.data)
    except FileRefused as refusal:
        hang(form.file, refusal)
        return None
    uploads.store_bytes(parcel, member_id)
    return parcel


@bp.post(f"/{NUMBER}/draft")
@signed_in
def draft(number: int) -> ResponseReturnValue:
    """Keep what is being written: quietly for a script, with a page for a button."""
    thread, form = thread_or_404(number), MessageForm()
    form.validate()
    if form.text.errors:
        return ({"saved": False}, INVALID) if _is_quiet() else thread_page.shown(thread, form, INVALID)
    _keep(thread.me, thread.other, form)
    return jsonify(saved=True) if _is_quiet() else _kept(back_to(number))


def _is_quiet() -> bool:
    return request.headers.get("X-Requested-With") == "autosave"


def _keep(member_id: int, other_id: int, form: MessageForm) -> None:
    talking.save_draft(
        db.session,
        member_id=member_id,
        other_id=other_id,
        text=said(form.text),
        token=form.own_token,
        now=clock.now(),
    )


def _kept(answer: ResponseReturnValue) -> ResponseReturnValue:
    flash(_("Your draft is saved."), "done")
    return answer


@bp.post(f"/{NUMBER}/accept")
@signed_in
def accept(number: int) -> ResponseReturnValue:
    """Let a request become a conversation."""
    thread = thread_or_404(number)
    service.accept(db.session, conversation_id=thread.id, by=thread.me, now=clock.now())
    flash(_("You can write to each other now."), "done")
    return back_to(number)


@bp.post(f"/{NUMBER}/decline")
@signed_in
def decline(number: int) -> ResponseReturnValue:
    """Turn a request away."""
    thread = thread_or_404(number)
    service.decline(db.session, conversation_id=thread.id, by=thread.me, now=clock.now())
    flash(_("The request is gone. Whoever sent it is not told."), "done")
    return redirect(url_for("messages.requests"), code=303)


@bp.route(f"/{NUMBER}/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(number: int) -> ResponseReturnValue:
    """Take a request of one's own back, after a last look."""
    thread = thread_or_404(number)
    reveal(thread.asked_by == thread.me)
    if request.method != "POST":
        return page("withdraw", thread=thread, other=named(thread.other)[thread.other])
    service.withdraw(db.session, conversation_id=thread.id, by=thread.me)
    flash(_("Your message is taken back."), "done")
    return redirect(url_for("messages.requests"), code=303)


@bp.route(f"/{NUMBER}/leave", methods=["GET", "POST"])
@signed_in
def leave(number: int) -> ResponseReturnValue:
    """End a conversation, after a last look."""
    thread = thread_or_404(number)
    if request.method != "POST":
        return page("leave", thread=thread, other=named(thread.other)[thread.other])
    talking.leave(db.session, conversation_id=thread.id, by=thread.me, now=clock.now())
    flash(_("You left the conversation."), "done")
    return redirect(url_for("messages.index"), code=303)


@bp.route(f"/{NUMBER}/block", methods=["GET", "POST"])
@signed_in
def block(number: int) -> ResponseReturnValue:
    """Keep somebody away, after a last look."""
    thread = thread_or_404(number)
    if request.method != "POST":
        return page("block", thread=thread, other=named(thread.other)[thread.other])
    asked = thread.state == ASKED
    service.block(db.session, conversation_id=thread.id, by=thread.me, now=clock.now())
    flash(_("This person cannot write to you any more, nor you to them. They are not told."), "done")
    return redirect(url_for("messages.requests" if asked else "messages.index"), code=303)


@bp.post(f"/{NUMBER}/mute")
@signed_in
def mute(number: int) -> ResponseReturnValue:
    """Be told of new messages no more, or again."""
    thread, muted = thread_or_404(number), request.form.get("muted") == "yes"
    talking.mute(db.session, conversation_id=thread.id, by=thread.me, muted=muted)
    flash(
        _("You are no longer told of new messages here.") if muted else _("You are told of new messages again."), "done"
    )
    return back_to(number)


@bp.post(f"/{NUMBER}/unread")
@signed_in
def mark_unread(number: int) -> ResponseReturnValue:
    """Let it stand as unread."""
    thread = thread_or_404(number)
    talking.mark_unread(db.session, conversation_id=thread.id, member_id=thread.me)
    return redirect(url_for("messages.index"), code=303)


@bp.post("/m/<int(max=999999999999999):number>/delete")
@signed_in
def take_back(number: int) -> ResponseReturnValue:
    """Delete a message of one's own soon after it was sent."""
    actor = signed_in_actor()
    message = queries.message_for(db.session, actor.id, number)
    if message is None or message.author_id != actor.id:
        raise NotFound
    talking.take_back(db.session, message=message, by=actor.id, now=clock.now())
    flash(_("Your message is deleted. A line without words stays."), "done")
    return back_to(message.conversation_id, f"m{number}")


@bp.get("/files/<int(max=999999999999999):number>")
@signed_in
def file(number: int) -> ResponseReturnValue:
    """The file of a message, for the two of its conversation alone."""
    upload = queries.file_for(db.session, signed_in_actor().id, number)
    if upload is None:
        raise NotFound
    return serving.attachment(upload, f"file-{number}")
