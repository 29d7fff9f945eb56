"""Give a credential its place, take it back, put another in its place, forget it. Signing is the worker's."""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.jobs import pokes
from courses.credentials import queries
from courses.credentials.models import Credential, StatusEntry, StatusList

OUTBOX = "credentials"
LIST_SIZE = 131_072
HALF = LIST_SIZE // 2


def allot(session: Session, *, code: str, now: datetime) -> int:
    """Let a certificate have a credential, in the transaction it is issued in; doing it twice gives one.

    Returns the place of its bit in the status list. The worker signs after the commit.
    """
    number, place = _fresh_place(session, now)
    row = {
        "code": code,
        "generation": 1,
        "subject": uuid4().hex,
        "list_number": number,
        "place": place,
        "made_at": now,
        "awaits_since": now,
        "key_name": "",
    }
    fresh = insert_into(Credential, session.connection()).values(row).on_conflict_do_nothing(index_elements=["code"])
    if session.scalar(fresh.returning(Credential.place)) is None:
        session.execute(delete(StatusEntry).where(StatusEntry.list_number == number, StatusEntry.place == place))
        place = session.scalars(select(Credential.place).where(Credential.code == code)).one()
    pokes.after_commit(OUTBOX)
    return place


def withdraw(session: Session, *, code: str, now: datetime) -> None:
    """Let verifiers learn that a credential is no longer good; it will never be good again, only another can be."""
    standing = update(Credential).where(Credential.code == code, Credential.withdrawn_at.is_(None))
    gone = session.execute(
        standing.values(withdrawn_at=now, awaits_since=None, busy_until=None).returning(
            Credential.list_number, Credential.place
        )
    ).one_or_none()
    if gone is not None:
        _revoke(session, gone[0], gone[1], now)


def restore(session: Session, *, code: str, now: datetime) -> None:
    """Put a new credential in the place of a withdrawn one: a revoked one stays revoked by the standard."""
    _replace(session, [code], now)


def renew(session: Session, *, code: str, now: datetime) -> None:
    """Put a new credential in the place of one whose facts have changed; the former is taken back."""
    _replace(session, [code], now)


def replace_all_of_key(session: Session, *, key_name: str, now: datetime) -> int:
    """Put new credentials in the place of all standing ones that a key signed; returns how many there are."""
    signed = select(Credential.code).where(Credential.key_name == key_name, Credential.withdrawn_at.is_(None))
    return _replace(session, session.scalars(signed.where(Credential.erased_at.is_(None))).all(), now)


def _replace(session: Session, codes: Collection[str], now: datetime) -> int:
    replaced = 0
    for code in codes:
        row = session.scalar(select(Credential).where(Credential.code == code).with_for_update())
        if row is None:
            continue
        _revoke(session, row.list_number, row.place, now)
        row.list_number, row.place = _fresh_place(session, now)
        row.generation += 1
        row.subject = uuid4().hex
        row.withdrawn_at = row.busy_until = row.document = row.statement = row.signed_at = None
        row.key_name = ""
        row.awaits_since = now if row.erased_at is None else None
        replaced += 1
    session.flush()
    pokes.after_commit(OUTBOX)
    return replaced


def forget(session: Session, *, codes: Collection[str], now: datetime) -> None:
    """Remove everything that names the holders of these; what their bits say remains."""
    erased = update(Credential).where(Credential.code.in_(codes))
    session.execute(
        erased.values(subject="", document=None, statement=None, awaits_since=None, busy_until=None, erased_at=now),
        execution_options={"synchronize_session": False},
    )


def _revoke(session: Session, number: int, place: int, now: datetime) -> None:
    bit = update(StatusEntry).where(
        StatusEntry.list_number == number, StatusEntry.place == place, StatusEntry.revoked_at.is_(None)
    )
    if session.execute(bit.values(revoked_at=now).returning(StatusEntry.place)).first() is not None:
        changed = update(StatusList).where(StatusList.number == number)
        session.execute(changed.values(changes=StatusList.changes + 1))
        pokes.after_commit(OUTBOX)


def _fresh_place(session: Session, now: datetime) -> tuple[int, int]:
    """A place at random, for places in a row would tell who was given theirs together."""
    number = queries.newest_list(session) or open_list(session, number=1, now=now)
    line = session.connection()
    while True:
        entry = {"list_number": number, "place": secrets.randbelow(LIST_SIZE)}
        free = insert_into(StatusEntry, line).values(entry).on_conflict_do_nothing().returning(StatusEntry.place)
        place = session.scalar(free)
        if place is not None:
            return number, place


def open_list(session: Session, *, number: int, now: datetime) -> int:
    """Begin another list, unless somebody was quicker; returns its number."""
    fresh = {"number": number, "made_at": now, "changes": 1, "signed_changes": 0, "key_name": ""}
    session.execute(insert_into(StatusList, session.connection()).values(fresh).on_conflict_do_nothing())
    return number
