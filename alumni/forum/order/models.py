"""Tables of order in the forum: words and links that are watched."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, BigId, Id, Line, Moment, Word

WORD, LINK = "word", "link"
WAIT, REFUSE = "wait", "refuse"


class Watched(Base):
    """Words, or the name of a site, at which a post waits for a moderator or is not taken at all.

    `key` is what is compared: folded words, or the name of the site in small letters.
    """

    __tablename__ = "forum_watched"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_forum_watched_made_by", "made_by"),
        CheckConstraint("kind IN ('word', 'link')", name="kind"),
        CheckConstraint("deed IN ('wait', 'refuse')", name="deed"),
    )

    id: Mapped[Id]
    kind: Mapped[Word]
    key: Mapped[Line]
    words: Mapped[Line]
    deed: Mapped[Word]
    made_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    made_at: Mapped[Moment]
