"""Tables of marking: who is at which piece of work, and comments that are used again."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, BigId, Id, Moment, Prose, Reference, Slug, Word


class Claim(Base):
    """Somebody is marking this piece of work; after a while the claim means nothing any more."""

    __tablename__ = "marking_claim"
    __table_args__ = (Index("ix_marking_claim_member_id", "member_id"),)

    feature: Mapped[Word] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    claimed_at: Mapped[Moment]


class SavedComment(Base):
    """A comment that whoever marks in a course can use again."""

    __tablename__ = "marking_comment"
    __table_args__ = (Index("ix_marking_comment_course_slug", "course_slug", "id"),)

    id: Mapped[Id]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    text: Mapped[Prose]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    made_at: Mapped[Moment]
