"""Reads of credentials, keys and lists."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from courses.credentials import statement
from courses.credentials.models import Credential, KeyState, SigningKey, StatusEntry, StatusList
from courses.credentials.statement import Statement


def credential_bytes(session: Session, code: str) -> bytes | None:
    """The signed credential of a certificate exactly as it was signed; None while it waits, or when there is none."""
    return session.scalar(select(Credential.document).where(Credential.code == code))


@dataclass(frozen=True, slots=True)
class Proof:
    """What travels with a printed sheet: the signed credential and the compact statement, as far as they are signed."""

    document: bytes | None
    statement: Statement | None


def proof_of(session: Session, code: str) -> Proof:
    """Both, by one query."""
    found = select(Credential.document, Credential.statement, Credential.key_name).where(Credential.code == code)
    row = session.execute(found).one_or_none()
    if row is None or row[1] is None:
        return Proof(row[0] if row else None, None)
    return Proof(row[0], statement.read(row[1], row[2]))


def signed(session: Session, codes: Collection[str]) -> frozenset[str]:
    """Which of these certificates have their signed credential."""
    found = select(Credential.code).where(Credential.code.in_(codes), Credential.signed_at.is_not(None))
    return frozenset(session.scalars(found)) if codes else frozenset()


def keys(session: Session) -> Sequence[SigningKey]:
    """Every key there ever was, the oldest first."""
    return session.scalars(select(SigningKey).order_by(SigningKey.id)).all()


def key_named(session: Session, name: str) -> SigningKey | None:
    """The key of this name."""
    return session.scalar(select(SigningKey).where(SigningKey.name == name))


def current_key(session: Session) -> SigningKey | None:
    """The key that signs."""
    return session.scalar(select(SigningKey).where(SigningKey.state == KeyState.CURRENT))


def is_good(session: Session, name: str) -> bool:
    """Whether what this key signs is accepted; whoever wants to give it up waits until this transaction is over."""
    found = select(SigningKey.state).where(SigningKey.name == name).with_for_update(read=True)
    return session.scalar(found) in {KeyState.CURRENT, KeyState.ROTATED}


def newest_list(session: Session) -> int | None:
    """The number of the list from which places are given."""
    return session.scalar(select(func.max(StatusList.number)))


def places_given(session: Session, number: int) -> int:
    """How many places of a list are given."""
    given = select(func.count()).select_from(StatusEntry).where(StatusEntry.list_number == number)
    return session.scalar(given) or 0


def list_bytes(session: Session, number: int) -> bytes | None:
    """A status list as it was signed last."""
    return session.scalar(select(StatusList.document).where(StatusList.number == number))


def lists_to_sign(session: Session, before: datetime) -> Sequence[StatusList]:
    """The lists that say less than is known, and those that were signed before this moment."""
    behind = (StatusList.signed_changes < StatusList.changes) | (StatusList.signed_at <= before)
    return session.scalars(select(StatusList).where(behind).order_by(StatusList.number)).all()


def revoked_places(session: Session, number: int) -> Sequence[int]:
    """The places of a list whose bit is set."""
    revoked = select(StatusEntry.place).where(StatusEntry.list_number == number, StatusEntry.revoked_at.is_not(None))
    return session.scalars(revoked.order_by(StatusEntry.place)).all()


def any_waiting_since(session: Session, moment: datetime) -> bool:
    """Whether a credential has waited to be signed since before this moment."""
    waits = select(Credential.id).where(Credential.awaits_since < moment).limit(1)
    return session.scalar(waits) is not None
