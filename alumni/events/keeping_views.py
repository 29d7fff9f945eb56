"""Notes and files of an event: kept by its hosts, read by those they are for."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import DomainError, NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.uploads import service as uploads
from academy.uploads import serving
from academy.uploads.refusals import LARGEST, FileRefused
from academy.uploads.service import Parcel
from academy.web import limits
from academy.web.file_forms import takes_files
from academy.web.forms import hang, said
from academy.web.limits import Limit
from academy.web.paging import ROW
from alumni.events import guest_queries, keeping
from alumni.events.forms import NotesForm
from alumni.events.making_views import standing_for
from alumni.events.standing import Standing, standing_of
from alumni.events.views import NUMBER, bp
from alumni.moderation.silence import let_write

FILES = Limit("events.files", 60, 3600)
TAKEN = ("pdf", "png", "jpg")


@bp.route(f"/alumni/events/{NUMBER}/notes", methods=["GET", "POST"])
@signed_in
@takes_files(LARGEST + 128 * 1024)
def notes(number: int) -> ResponseReturnValue:
    """Write what is kept of an event, and add files to it."""
    form = NotesForm()
    parcel = _parcel(form, number) if form.is_submitted() and form.file.data else None
    standing = standing_for(number)
    if form.is_submitted():
        let_write(db.session, standing.sight.actor.id, standing.now)
    if not form.is_submitted():
        form.notes.data, form.notes_for.data = standing.event.notes, standing.event.notes_for
    elif not form.file.errors and form.validate() and _kept(standing, form, parcel):
        flash(_("Kept."), "done")
        return redirect(url_for("events.notes", number=number), code=303)
    files = guest_queries.files_of(db.session, number)
    page = render_template("alumni/events/notes.html", form=form, event=standing.event, files=files)
    return page, 422 if form.errors else 200


def _parcel(form: NotesForm, number: int) -> Parcel | None:
    """The file that was sent, with its bytes kept before the write lock is taken; None with an error on its field."""
    actor = signed_in_actor()
    limits.spend(FILES, actor.id)
    with db.glance() as session:
        reveal(standing_of(session, actor, number, clock.now()).may_keep_notes)
        let_write(session, actor.id, clock.now())
    try:
        parcel = uploads.inspected(form.file.data, TAKEN)
    except FileRefused as refusal:
        form.validate()
        hang(form.file, refusal)
        return None
    uploads.store_bytes(parcel, actor.id)
    return parcel


def _kept(standing: Standing, form: NotesForm, parcel: Parcel | None) -> bool:
    number, now = standing.event.id, standing.now
    try:
        keeping.write_notes(db.session, event_id=number, text=said(form.notes), readers=said(form.notes_for), now=now)
        if parcel:
            mine = standing.sight.actor.id
            keeping.add_file(db.session, event_id=number, parcel=parcel, member_id=mine, now=now)
    except DomainError as problem:
        hang(form.file if parcel else form.notes, problem)
        return False
    return True


@bp.get(f"/alumni/events/{NUMBER}/files/<{ROW}:upload_id>")
@signed_in
def file(number: int, upload_id: int) -> ResponseReturnValue:
    """A file that is kept with an event, for those it is for."""
    standing = standing_of(db.session, signed_in_actor(), number, clock.now())
    upload = guest_queries.file_of(db.session, number, upload_id) if standing.may_read_notes else None
    if upload is None:
        raise NotFound
    return serving.attachment(upload)


@bp.post(f"/alumni/events/{NUMBER}/files/<{ROW}:upload_id>/remove")
@signed_in
def remove_file(number: int, upload_id: int) -> ResponseReturnValue:
    """Keep a file no longer."""
    standing_for(number)
    keeping.remove_file(db.session, event_id=number, upload_id=upload_id)
    flash(_("The file is removed."), "done")
    return redirect(url_for("events.notes", number=number), code=303)
