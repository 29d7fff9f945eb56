"""Tables of the trainers' desk: words sent to a learner who seemed stuck."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Moment, Prose, Reference, Slug


class Nudge(Base):
    """A message from a trainer to one learner of a course."""

    __tablename__ = "nudge"
    __table_args__ = (
        Index("ix_nudge_member_id", "member_id", "course_slug", "sent_at"),
        Index("ix_nudge_course_slug", "course_slug", "sent_at"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    text: Mapped[Prose]
    sent_at: Mapped[Moment]
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
