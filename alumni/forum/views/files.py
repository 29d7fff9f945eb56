"""Files of posts: adding, taking away, and giving them out to whoever may read the post."""

from datetime import datetime

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import file_size
from academy.i18n import gettext as _
from academy.people.actor import current_actor
from academy.people.guards import public, require, signed_in
from academy.uploads import serving
from academy.uploads.refusals import LARGEST, FileRefused
from academy.web.file_forms import takes_files
from academy.web.forms import hang, said
from alumni.forum.places.asking import asker_of
from alumni.forum.topics import attachments, editing, post_queries
from alumni.forum.topics.editing_rules import may_edit
from alumni.forum.topics.forms import WithFile
from alumni.forum.topics.refusals import TooManyFiles
from alumni.forum.views import attempt
from alumni.forum.views.blueprint import INVALID, NUMBER, bp, lost, page
from alumni.forum.views.editing import Desk, desk_of

FILE = "<int(max=999999999999999):file_id>"


@bp.route(f"/p/{NUMBER}/files", methods=["GET", "POST"])
@signed_in
@takes_files(LARGEST)
def post_files(number: int) -> ResponseReturnValue:
    """The files of one's own post: see them, add one."""
    desk, form, now = desk_of(number), WithFile(), clock.now()
    _require_own(desk, now)
    if not form.is_submitted():
        return _shown(desk, form, 200)
    if form.file.data is None:
        hang(form.file, _("Please choose a file."))
    form.is_named()
    parcel = attempt.parcel_of(form)
    if form.errors or parcel is None:
        return _shown(desk, form)
    try:
        _topic, post = editing.held(db.session, number)
        attachments.attach(db.session, post=post, parcel=parcel, name=said(form.file_name), now=now)
    except (FileRefused, TooManyFiles) as refusal:
        hang(form.file, refusal)
        return _shown(desk, form)
    flash(_("The file is added."), "done")
    return redirect(url_for("forum.post_files", number=number), code=303)


def _require_own(desk: Desk, now: datetime) -> None:
    mine = desk.seen.post.author_id == desk.editor.member_id
    require(mine and may_edit(desk.editor, editing.piece_of(desk.seen.post), now))


def _shown(desk: Desk, form: WithFile, status: int = INVALID) -> ResponseReturnValue:
    with db.glance() as session:
        files = attachments.files_of(session, [desk.seen.post.id]).get(desk.seen.post.id, [])
    sizes = {each.id: file_size(each.size) for each in files}
    return page(
        "files", status, seen=desk.seen, form=form, files=files, sizes=sizes, full=len(files) >= attachments.MOST_FILES
    )


@bp.post(f"/p/{NUMBER}/files/{FILE}/delete")
@signed_in
def drop_file(number: int, file_id: int) -> ResponseReturnValue:
    """Take a file off a post of one's own; keepers take it off any post."""
    desk, now = desk_of(number), clock.now()
    if not desk.seen.rights.keep_order:
        _require_own(desk, now)
    _topic, post = editing.held(db.session, number)
    attachments.detach(db.session, post=post, file_id=file_id)
    flash(_("The file is gone."), "done")
    return redirect(url_for("forum.permalink", number=number), code=303)


@bp.get(f"/p/{NUMBER}/files/{FILE}")
@public
def file(number: int, file_id: int) -> ResponseReturnValue:
    """A file of a post, for whoever may read that post."""
    asker = asker_of(db.session, current_actor())
    found = attachments.file_of(db.session, file_id)
    if found is None or found[2].id != number or post_queries.seen_post(db.session, asker, number) is None:
        raise lost(asker)
    return serving.attachment(found[0], f"file-{file_id}")
