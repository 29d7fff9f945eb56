"""The list of erased people, kept beside the database too: a backup older than an erasure must not undo it."""

import json
import logging
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from academy import db
from academy.current import the_settings
from academy.jobs.registry import add_interval
from academy.people import accounts
from academy.people.models import ERASED, Member
from academy.sqlite import dbapi

NAME = "erased.json"
EVERY = timedelta(hours=1)
log = logging.getLogger("academy.people")


class ListUnreadable(Exception):
    """The list is there and says nothing that can be read; the message is one sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Erased:
    """An erased account. When it was made tells it from one that was given the same number after a restore."""

    number: int
    made_at: str


def _erased(number: int, made_at: datetime) -> Erased:
    return Erased(number, made_at.astimezone(UTC).isoformat())


def in_database(session: Session) -> frozenset[Erased]:
    """Whoever the database knows to be erased."""
    gone = select(Member.id, Member.created_at).where(Member.state == ERASED)
    return frozenset(_erased(row.id, row.created_at) for row in session.execute(gone))


def listed(folder: Path) -> frozenset[Erased]:
    """Whoever is on the list in this folder."""
    file = folder / NAME
    if not file.exists():
        return frozenset()
    try:
        return frozenset(Erased(int(each["number"]), str(each["made_at"])) for each in json.loads(file.read_bytes()))
    except (ValueError, TypeError, KeyError) as error:
        raise ListUnreadable(f"The list of erased people, {file}, cannot be read; mend or remove it.") from error


def known() -> frozenset[Erased]:
    """Whoever the list beside the database or the database itself knows to be erased."""
    found = listed(the_settings().instance)
    try:
        with db.the_database().reading() as session:
            return found | in_database(session)
    except (SQLAlchemyError, dbapi.DatabaseError):  # empty, damaged or half made: then the list is all there is
        return found


def write_down() -> None:
    """Bring the list up to date; a full disk must not undo what has just been promised."""
    try:
        keep(the_settings().instance, known())
    except (OSError, ListUnreadable):
        log.warning("The list of erased people could not be written.", exc_info=True)


def init_app() -> None:
    """Let the worker write down whoever was erased elsewhere, or by itself."""
    add_interval("people.erasures", lambda _values, _now: write_down(), every=EVERY)


def keep(folder: Path, erased: Collection[Erased]) -> None:
    """Write the list, whole or not at all; it holds numbers and moments, no names."""
    text = json.dumps([asdict(each) for each in sorted(erased)], indent=1)
    file = folder / NAME
    if file.exists() and file.read_text(encoding="ascii", errors="replace") == text:
        return
    draft = file.with_name(f"{NAME}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(file)


def erase_again(session: Session, erased: Collection[Erased], now: datetime) -> int:
    """Erase whoever a restored database brought back; says how many there were. Even the last admin goes."""
    numbers = {each.number for each in erased}
    back = session.scalars(select(Member).where(Member.id.in_(numbers), Member.state != ERASED)).all()
    again = [member for member in back if _erased(member.id, member.created_at) in erased]
    for member in again:
        accounts.wipe(session, member=member, by=None, now=now, detail="again, after a restore")
    return len(again)
