"""Tables: links by which a holder shows more than the code alone does, and counts of checks."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Moment, Reference, Word


class CertificateShare(Base):
    """A link to one certificate: what it shows beside the facts, until when, and whether it was taken back.

    The link's secret is not kept: it follows from the site's own secret and the number of the row.
    """

    __tablename__ = "certificate_share"
    __table_args__ = (Index("ix_certificate_share_code", "code"), Index("ix_certificate_share_member_id", "member_id"))

    id: Mapped[Id]
    code: Mapped[Word]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"))
    shows_name: Mapped[bool] = mapped_column(default=False)
    shows_sheet: Mapped[bool] = mapped_column(default=False)
    shows_credential: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[Moment]
    ends_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]

    def is_open(self, now: datetime) -> bool:
        """Whether the link still leads somewhere."""
        return self.ended_at is None and (self.ends_at is None or self.ends_at > now)


class CertificateChecks(Base):
    """How often a code was looked up in one month, such as 202611; nothing is kept of who did."""

    __tablename__ = "certificate_checks"

    code: Mapped[Word] = mapped_column(primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    times: Mapped[int] = mapped_column(default=0)
