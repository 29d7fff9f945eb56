"""The table of uploaded files; their bytes are in `academy.storage`."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Reference


class Upload(Base):
    """A file of a member: its name as it was typed, its media type as its content says.

    `digest` is the SHA-256 of the bytes, which are kept under the member and this digest.
    """

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("size > 0", name="size"),
        Index("ix_upload_member_id", "member_id"),
        Index("ix_upload_created_at", "created_at"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[Line]
    media_type: Mapped[Line]
    size: Mapped[int]
    created_at: Mapped[Moment]

    @property
    def place(self) -> str:
        """Where its bytes are in the store."""
        return place_of(self.member_id, self.digest)


def place_of(member_id: int, digest: str) -> str:
    """Where a member's file with this digest is in the store."""
    return f"{member_id}/{digest}"
