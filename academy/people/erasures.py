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
from academy.audit.models import AuditEntry
from academy.current import the_settings
from academy.jobs.registry import add_interval
from academy.people import accounts, data_rights
from academy.people.models import ERASED, Member
from academy.sqlite import dbapi

NAME = "erased.json"
EVERY = timedelta(hours=1)
log = logging.getLogger("academy.people")


class ListUnreadable(Exception):
    """The list is there and says nothing that can be read; the message is one sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Erased:
    """An erased account, and what its owner wished to leave behind.

    When it was made tells it from one that was given the same number after a restore.
    """

    number: int
    made_at: str
    kept: tuple[str, ...] = ()

    @property
    def who(self) -> tuple[int, str]:
        """Which account it is."""
        return self.number, self.made_at


def _who(number: int, made_at: datetime) -> tuple[int, str]:
    return number, made_at.astimezone(UTC).isoformat()


def in_database(session: Session) -> frozenset[Erased]:
    """Whoever the database knows to be erased."""
    gone = session.execute(select(Member.id, Member.created_at).where(Member.state == ERASED)).all()
    told = select(AuditEntry.subject, AuditEntry.detail).where(
        AuditEntry.action == "member.erased", AuditEntry.detail.startswith(f"{accounts.KEPT} ")
    )
    kept = {row.subject: tuple(row.detail.split()[1:]) for row in session.execute(told)}
    return frozenset(Erased(*_who(row.id, row.created_at), kept.get(f"member:{row.id}", ())) for row in gone)


def listed(folder: Path) -> frozenset[Erased]:
    """Whoever is on the list in this folder."""
    file = folder / NAME
    if not file.exists():
        return frozenset()
    try:
        return frozenset(
            Erased(int(each["number"]), str(each["made_at"]), tuple(map(str, each.get("kept", ()))))
            for each in json.loads(file.read_bytes())
        )
    except (ValueError, TypeError, KeyError) as error:
        raise ListUnreadable(f"The list of erased people, {file}, cannot be read; mend or remove it.") from error


def known() -> frozenset[Erased]:
    """Whoever the list beside the database or the database itself knows to be erased."""
    found = listed(the_settings().instance)
    try:
        with db.the_database().reading() as session:
            return _merged(found, in_database(session))
    except (SQLAlchemyError, dbapi.DatabaseError):  # empty, damaged or half made: then the list is all there is
        return found


def _merged(*lists: Collection[Erased]) -> frozenset[Erased]:
    """Each account once; a wish that one list has forgotten stands in the other."""
    kept: dict[tuple[int, str], tuple[str, ...]] = {}
    for each in (each for some in lists for each in some):
        kept[each.who] = each.kept or kept.get(each.who, ())
    return frozenset(Erased(*who, wish) for who, wish in kept.items())


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
    wishes = {each.who: each.kept for each in erased}
    numbers = {each.number for each in erased}
    back = session.scalars(select(Member).where(Member.id.in_(numbers), Member.state != ERASED)).all()
    again = [member for member in back if _who(member.id, member.created_at) in wishes]
    for member in again:
        left = data_rights.keep(session, member.id, wishes[_who(member.id, member.created_at)])
        detail = " ".join((accounts.KEPT, *left)) if left else "again, after a restore"
        accounts.wipe(session, member=member, by=None, now=now, detail=detail)
    return len(again)
