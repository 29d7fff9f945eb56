"""Whatever writes to a profile, the directory follows it in the same transaction."""

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from academy.db import Writing
from alumni.directory import service
from alumni.profiles.models import Profile, ProfileLanguage, ProfileLink, ProfileTerm

WATCHED = (Profile, ProfileLanguage, ProfileTerm, ProfileLink)
_CHANGED = "directory.changed"


def _note_objects(session: Session, _flushed: UOWTransaction) -> None:
    touched = (*session.new, *session.dirty, *session.deleted)
    _note(session, {each.member_id for each in touched if isinstance(each, WATCHED)})


def _note_statements(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete) or state.bind_mapper is None:
        return
    model = state.bind_mapper.class_
    if model in WATCHED:
        whose = select(model.member_id)
        condition = state.statement.whereclause  # type: ignore[attr-defined]
        which = whose if condition is None else whose.where(condition)
        _note(state.session, set(state.session.scalars(which, state.parameters)))


def _follow(session: Session) -> None:
    if session.new or session.dirty or session.deleted:
        session.flush()
    changed: set[int] = session.info.pop(_CHANGED, set())
    if changed:
        service.refresh(session, changed)


def _note(session: Session, member_ids: set[int]) -> None:
    if member_ids:
        session.info.setdefault(_CHANGED, set()).update(member_ids)


def start() -> None:
    """Follow from now on, in every session that writes."""
    for name, act in (("after_flush", _note_objects), ("do_orm_execute", _note_statements), ("before_commit", _follow)):
        if not event.contains(Writing, name, act):
            event.listen(Writing, name, act)
