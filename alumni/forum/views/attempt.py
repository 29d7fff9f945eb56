"""What happens before anything is written: may they, is it a preview, is there a file; nothing here holds the lock."""

from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal
from academy.uploads import service as uploads
from academy.uploads.refusals import FileRefused
from academy.uploads.service import Parcel
from academy.web.forms import hang, said
from alumni.forum.places import queries as places
from alumni.forum.places.asking import asker_of
from alumni.forum.topics import queries, tries, wording
from alumni.forum.topics.forms import WithFile, WritingForm
from alumni.forum.topics.rules import LONGEST, rights_in
from alumni.forum.topics.tries import Writer
from alumni.forum.views.blueprint import Entered, Found
from alumni.messages import files

PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody who writes in a topic: the topic as they see it, and how they may write."""

    found: Found
    writer: Writer


def try_in(number: int) -> Try:
    """Whoever asks before a topic they may know of; raises NotFound, or Silenced."""
    actor = signed_in_actor()
    with db.glance() as session:
        asker = asker_of(session, actor)
        thread = queries.thread_for(session, asker, number)
        reveal(thread is not None and not thread.gone)
        assert thread is not None
        rights = rights_in(asker, thread, thread, keeps=thread.keeps)
        writer = tries.writer_of(session, actor.id, clock.now())
    return Try(Found(asker, thread, rights, at=max(thread.last_number, 1)), writer)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who begins a topic: the place as they see it, and how they may write."""

    entered: Entered
    writer: Writer


def entry_in(slug: str) -> Entry:
    """Whoever asks before a place they may know of; raises NotFound, or Silenced."""
    actor = signed_in_actor()
    with db.glance() as session:
        asker = asker_of(session, actor)
        category = places.category_for(session, asker, slug)
        reveal(category is not None)
        assert category is not None
        keeps = category.id in places.keeps(session, actor.id)
        writer = tries.writer_of(session, actor.id, clock.now())
    return Entry(Entered(asker, category, rights_in(asker, category, keeps=keeps)), writer)


def wants_preview() -> bool:
    """Whether the button of the preview was pressed, or a script asks for it."""
    return request.form.get("act") == PREVIEW


def is_quiet() -> bool:
    """Whether a script asks, which wants no page."""
    return request.headers.get("X-Requested-With") in {"autosave", PREVIEW}


def fragment(form: WritingForm) -> ResponseReturnValue:
    """The preview alone, for a script."""
    return Response(str(form.preview or ""), mimetype="text/html")


def draw_preview(form: WritingForm, *, topic_id: int = 0, number: int = 0) -> None:
    """Let the form hold what its words will look like: drawn as they are when they are kept."""
    tries.spend(tries.PREVIEWS, signed_in_actor().id)
    text = said(form.text)[:LONGEST].strip()
    with db.glance() as session:
        form.preview = wording.shown(session, text, topic_id=topic_id, number=number)


def parcel_of(form: WithFile) -> Parcel | None:
    """The file that was sent, its bytes kept already; what is wrong with it hangs on its field."""
    if form.file.data is None or form.errors:
        return None
    member_id = signed_in_actor().id
    tries.spend(tries.FILES, member_id)
    try:
        parcel = files.parcel_of(form.file.data)
    except FileRefused as refusal:
        hang(form.file, refusal)
        return None
    uploads.store_bytes(parcel, member_id)
    return parcel
