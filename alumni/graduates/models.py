"""Tables of those who finished before this site was there: their cohorts, themselves, files being looked at."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Reference, Word
from academy.dialects import PartialIndex

LISTED, WAITING, INVITED, CONFIRMED, REFUSED, WITHDRAWN = (
    "listed",
    "waiting",
    "invited",
    "confirmed",
    "refused",
    "withdrawn",
)
STATES = (LISTED, WAITING, INVITED, CONFIRMED, REFUSED, WITHDRAWN)


class PastCohort(Base):
    """A cohort that took its course elsewhere or before; `name_key` is its name as names are compared."""

    __tablename__ = "past_cohort"
    __table_args__ = (
        UniqueConstraint("year", "name_key"),
        CheckConstraint("year BETWEEN 1950 AND 2100", name="year"),
    )

    id: Mapped[Id]
    name: Mapped[Line]
    name_key: Mapped[Line]
    year: Mapped[int]
    created_at: Mapped[Moment]


class EarlierGraduate(Base):
    """Somebody who finished earlier, as an admin wrote down; nobody else sees it until they confirm it themselves.

    `listed` is not invited yet, `waiting` gets a letter soon. `email_key` is the address as it is compared; of somebody
    who refused only a keyed hash of it is left, so that the same file does not ask them again.
    """

    __tablename__ = "earlier_graduate"
    __table_args__ = (
        PartialIndex("uq_earlier_graduate_email_key", "email_key", where="email_key <> ''", unique=True),
        PartialIndex("uq_earlier_graduate_token_hash", "token_hash", where="token_hash <> ''", unique=True),
        Index("ix_earlier_graduate_state", "state", "id"),
        Index("ix_earlier_graduate_name_key", "name_key"),
        Index("ix_earlier_graduate_cohort_id", "cohort_id", "name_key"),
        Index("ix_earlier_graduate_member_id", "member_id"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint("(state = 'confirmed') = (member_id IS NOT NULL)", name="confirmed"),
    )

    id: Mapped[Id]
    cohort_id: Mapped[Reference] = mapped_column(ForeignKey("past_cohort.id"))
    name: Mapped[Line]
    name_key: Mapped[Line]
    email: Mapped[Line] = mapped_column(default="")
    email_key: Mapped[Line] = mapped_column(default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    state: Mapped[Word] = mapped_column(default=LISTED)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    token_hash: Mapped[Line] = mapped_column(default="")
    letters: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    invited_at: Mapped[Moment | None]
    expires_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]


class GraduateImport(Base):
    """A file of graduates that an admin still looks at; nothing of it counts. It is thrown away after a week.

    `columns` says for each column what stands in it, `cohort` and `year` hold for rows that name none.
    """

    __tablename__ = "graduate_import"
    __table_args__ = (Index("ix_graduate_import_created_at", "created_at"),)

    id: Mapped[Id]
    made_by: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    file_name: Mapped[Line]
    rows: Mapped[list[list[str]]] = mapped_column(JSON)
    heading: Mapped[int] = mapped_column(default=-1)
    columns: Mapped[list[Any]] = mapped_column(JSON, default=list)
    cohort: Mapped[Line] = mapped_column(default="")
    year: Mapped[int | None]
    others: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
