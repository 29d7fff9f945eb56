"""Tables of notices and of how members want to be told."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Reference, Word
from academy.dialects import PartialIndex

NEVER, AT_ONCE, DAILY = "never", "at_once", "daily"


class Notice(Base):
    """Something one member is told. Its words are chosen when it is read, in the reader's language.

    `about` names the thing it is about ("forum_topic:12"): what else is told of it before this is read counts here, in
    `times`, instead of being a notice more.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("member_id", "key"),
        Index("ix_notice_member_id_on_site_id", "member_id", "on_site", "id"),
        Index("ix_notice_mail_mailed_at", "mail", "mailed_at"),
        PartialIndex("ix_notice_about", "about", "member_id", where="about IS NOT NULL AND read_at IS NULL"),
        CheckConstraint("mail IN ('never', 'at_once', 'daily')", name="mail"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    key: Mapped[Line | None]
    kind: Mapped[Word]
    about: Mapped[Line | None]
    times: Mapped[int] = mapped_column(default=1)
    values: Mapped[dict[str, object]] = mapped_column(JSON)
    url: Mapped[Line]
    on_site: Mapped[bool]
    mail: Mapped[Word]
    created_at: Mapped[Moment]
    read_at: Mapped[Moment | None]
    mailed_at: Mapped[Moment | None]


class NoticeChoice(Base):
    """How one member wants to be told of one kind; without a row, the kind's own default holds."""

    __tablename__ = "notice_choice"
    __table_args__ = (CheckConstraint("mail IN ('never', 'at_once', 'daily')", name="mail"),)

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[Word] = mapped_column(primary_key=True)
    on_site: Mapped[bool]
    mail: Mapped[Word]
