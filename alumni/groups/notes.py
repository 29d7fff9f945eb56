"""What conveners keep pinned up."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.markdown import render_member_text
from alumni.groups import queries
from alumni.groups.models import Group, GroupNote
from alumni.groups.refusals import EnoughNotes
from alumni.groups.rules import MOST_NOTES


def pin(session: Session, *, group: Group, title: str, text: str, by: int, now: datetime) -> None:
    """Pin a note up; raise EnoughNotes."""
    if len(queries.notes_of(session, group.id)) >= MOST_NOTES:
        raise EnoughNotes
    said = {"title": title, "text": text, "html": render_member_text(text)}
    session.add(GroupNote(group_id=group.id, written_by=by, changed_at=now, **said))
    session.flush()


def change(session: Session, *, note: GroupNote, title: str, text: str, by: int, now: datetime) -> None:
    """Write a note anew."""
    note.title, note.text, note.html = title, text, render_member_text(text)
    note.written_by, note.changed_at = by, now
    session.flush()


def remove(session: Session, *, note: GroupNote) -> None:
    """Take a note down."""
    session.delete(note)
    session.flush()
