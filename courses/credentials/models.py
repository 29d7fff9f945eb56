"""Tables of credentials: each as it was signed, the bits that take them back, and the public halves of keys."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Word
from academy.dialects import PartialIndex


class KeyState(StrEnum):
    """What a key is good for."""

    CURRENT = "current"
    """It signs."""
    ROTATED = "rotated"
    """It signs no more; what it signed is good."""
    RETIRED = "retired"
    """It is still published, but what it signed is not to be accepted."""
    REVOKED = "revoked"
    """Somebody else may have it: it is not published."""


class SigningKey(Base):
    """The public half of a key. The private half is a file of the same name, in neither database nor repository."""

    __tablename__ = "signing_key"
    __table_args__ = (
        UniqueConstraint("name"),
        PartialIndex("uq_signing_key_current", "state", where="state = 'current'", unique=True),
        CheckConstraint("state IN ('current', 'rotated', 'retired', 'revoked')", name="state"),
    )

    id: Mapped[Id]
    name: Mapped[Word]
    did: Mapped[Line]
    public: Mapped[Line]
    state: Mapped[Word]
    made_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class StatusList(Base):
    """One published list of bits; it is to be signed anew while `changes` is ahead of `signed_changes`."""

    __tablename__ = "status_list"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[Moment]
    changes: Mapped[int] = mapped_column(default=1)
    signed_changes: Mapped[int] = mapped_column(default=0)
    signed_at: Mapped[Moment | None]
    key_name: Mapped[Word] = mapped_column(default="")
    document: Mapped[bytes | None] = mapped_column(LargeBinary)


class StatusEntry(Base):
    """A bit that was given to a credential; it is never given again, and once set it stays set."""

    __tablename__ = "status_entry"
    __table_args__ = (PartialIndex("ix_status_entry_revoked", "list_number", "place", where="revoked_at IS NOT NULL"),)

    list_number: Mapped[int] = mapped_column(ForeignKey("status_list.number"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revoked_at: Mapped[Moment | None]


class Credential(Base):
    """The credential of one certificate, as it is now; `generation` rises whenever a new one takes its place.

    It waits to be signed while there is an `awaits_since`; a worker that signs it has it until `busy_until`.
    """

    __tablename__ = "credential"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("list_number", "place"),
        PartialIndex("ix_credential_awaits_since", "awaits_since", where="awaits_since IS NOT NULL"),
    )

    id: Mapped[Id]
    code: Mapped[Word]
    generation: Mapped[int] = mapped_column(default=1)
    subject: Mapped[Word]
    list_number: Mapped[int] = mapped_column(ForeignKey("status_list.number"))
    place: Mapped[int]
    made_at: Mapped[Moment]
    awaits_since: Mapped[Moment | None]
    busy_until: Mapped[Moment | None]
    signed_at: Mapped[Moment | None]
    key_name: Mapped[Word] = mapped_column(default="")
    document: Mapped[bytes | None] = mapped_column(LargeBinary)
    statement: Mapped[bytes | None] = mapped_column(LargeBinary)
    withdrawn_at: Mapped[Moment | None]
    erased_at: Mapped[Moment | None]
