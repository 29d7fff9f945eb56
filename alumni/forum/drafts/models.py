"""The table of drafts."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, BigId, Line, Moment, Prose, Reference, Word


class Draft(Base):
    """What somebody began to write. `place` is `topic:<number>`, `category:<number>` or `post:<number>` (an edit).

    `tags` stand as they were typed; `reply_to` is the number of the post that is being answered.
    """

    __tablename__ = "forum_draft"

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[Word] = mapped_column(primary_key=True)
    title: Mapped[Line] = mapped_column(default="")
    text: Mapped[Prose]
    tags: Mapped[Line] = mapped_column(default="")
    warning: Mapped[Line] = mapped_column(default="")
    reply_to: Mapped[int | None] = mapped_column(BigId)
    saved_at: Mapped[Moment]
