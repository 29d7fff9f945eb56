"""Tables of messages: conversations of two, what each has of it, messages, drafts, and who may write."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, BigId, Id, Moment, Prose, Reference, Word

ASKED, DECLINED, WITHDRAWN, OPEN, CLOSED = "asked", "declined", "withdrawn", "open", "closed"
TALKS, TO_ME, FROM_ME, GONE = "talks", "to_me", "from_me", "gone"


class Conversation(Base):
    """Two members and how they stand: there is one row for each two, however often they begin anew.

    `asked` waits for an answer to the request of `asked_by`; `declined` looks the same to who asked. `closed` was
    left by somebody. `origin` says what brought the two together; '' is a request.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        CheckConstraint("low_id < high_id", name="two"),
        CheckConstraint("state IN ('asked', 'declined', 'withdrawn', 'open', 'closed')", name="state"),
        Index("ix_conversation_asked_by_state", "asked_by", "state"),
        Index("ix_conversation_last_at", "last_at"),
        Index("ix_conversation_state_asked_at", "state", "asked_at"),
    )

    id: Mapped[Id]
    low_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    high_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    state: Mapped[Word] = mapped_column(default=CLOSED)
    origin: Mapped[Word] = mapped_column(default="")
    asked_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="SET NULL"))
    asked_at: Mapped[Moment | None]
    last_at: Mapped[Moment]

    def other_than(self, member_id: int) -> int:
        """The other of the two."""
        return self.high_id if member_id == self.low_id else self.low_id


class Side(Base):
    """What one of the two has of a conversation: in which list it stands, how much is unread, from which message on.

    `from_id` is the last message before they left: they see what came later. `last_id` sorts the lists.
    """

    __tablename__ = "conversation_side"
    __table_args__ = (
        Index("ix_conversation_side_member_id_box", "member_id", "box", "last_id"),
        CheckConstraint("box IN ('talks', 'to_me', 'from_me', 'gone')", name="box"),
        CheckConstraint("unread >= 0", name="unread"),
    )

    conversation_id: Mapped[Reference] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    box: Mapped[Word] = mapped_column(default=GONE)
    last_id: Mapped[int] = mapped_column(BigId, default=0)
    from_id: Mapped[int] = mapped_column(BigId, default=0)
    unread: Mapped[int] = mapped_column(default=0)
    muted: Mapped[bool] = mapped_column(default=False)


class Message(Base):
    """One message; without an author it is the site's own line that the two may write to each other now.

    `token` is the form's own: a form that is sent twice is one message. A deleted message is a line without words;
    one that moderators removed keeps them, unseen, until the time for appeals is over with the conversation itself.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("author_id", "token"),
        Index("ix_message_conversation_id", "conversation_id", "id"),
        Index("ix_message_upload_id", "upload_id"),
    )

    id: Mapped[Id]
    conversation_id: Mapped[Reference] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("member.id", ondelete="CASCADE"))
    token: Mapped[str | None] = mapped_column(String(32))
    text: Mapped[Prose] = mapped_column(default="")
    html: Mapped[Prose] = mapped_column(default="")
    upload_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("upload.id", ondelete="SET NULL"))
    sent_at: Mapped[Moment]
    deleted_at: Mapped[Moment | None]
    removed_at: Mapped[Moment | None]


class Draft(Base):
    """What somebody began to write to somebody."""

    __tablename__ = "message_draft"

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[Prose]
    saved_at: Mapped[Moment]


class MessageChoice(Base):
    """Who may write to a member: an audience up to the network, where `only me` is nobody."""

    __tablename__ = "message_choice"
    __table_args__ = (CheckConstraint("who BETWEEN 0 AND 2", name="who"),)

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    who: Mapped[int] = mapped_column(SmallInteger)
