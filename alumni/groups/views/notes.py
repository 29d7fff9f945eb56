"""What is pinned up in a group."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.guards import signed_in
from academy.web.forms import said
from alumni.groups import notes, queries
from alumni.groups.forms import NoteForm
from alumni.groups.models import GroupNote
from alumni.groups.refusals import EnoughNotes
from alumni.groups.views.shared import INVALID, NUMBER, Found, bp, find_to_convene, let_write, to


@bp.route("/<key>/notes/new", methods=["GET", "POST"])
@signed_in
def pin(key: str) -> ResponseReturnValue:
    """Pin a note up."""
    found = find_to_convene(key)
    form = NoteForm()
    if not form.validate_on_submit():
        return _page(found, form), INVALID if form.errors else 200
    let_write(found.actor)
    try:
        notes.pin(
            db.session,
            group=found.group,
            title=said(form.title),
            text=said(form.text),
            by=found.actor.id,
            now=clock.now(),
        )
    except EnoughNotes as refusal:
        return _page(found, form, str(refusal)), refusal.status
    flash(_("Pinned up for the members."), "done")
    return to("show", key=key)


def _page(found: Found, form: NoteForm, refusal: str = "", note: GroupNote | None = None) -> str:
    return render_template("alumni/groups/note.html", group=found.group, form=form, refusal=refusal, note=note)


def _note(found: Found, number: int) -> GroupNote:
    note = queries.note(db.session, found.group.id, number)
    if note is None:
        raise NotFound
    return note


@bp.route(f"/<key>/notes/<{NUMBER}>", methods=["GET", "POST"])
@signed_in
def rewrite(key: str, number: int) -> ResponseReturnValue:
    """Write a note anew."""
    found = find_to_convene(key)
    note = _note(found, number)
    form = NoteForm(obj=note)
    if not form.validate_on_submit():
        return _page(found, form, note=note), INVALID if form.errors else 200
    let_write(found.actor)
    title, text = said(form.title), said(form.text)
    notes.change(db.session, note=note, title=title, text=text, by=found.actor.id, now=clock.now())
    flash(_("Saved."), "done")
    return to("show", key=key)


@bp.post(f"/<key>/notes/<{NUMBER}>/remove")
@signed_in
def take_down(key: str, number: int) -> ResponseReturnValue:
    """Take a note down."""
    found = find_to_convene(key)
    notes.remove(db.session, note=_note(found, number))
    flash(_("The note is gone."), "done")
    return to("show", key=key)
