"""Tables of polls."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Reference


class Poll(Base):
    """The question of a topic. `most` is how many options one may choose; `ends_at` is when nobody votes any more.

    `secret`: nobody, whoever runs the site included, can tell who chose what; only that somebody voted is kept.
    """

    __tablename__ = "forum_poll"
    __table_args__ = (
        UniqueConstraint("topic_id"),
        CheckConstraint("most >= 1", name="most"),
        CheckConstraint("voters >= 0", name="voters"),
    )

    id: Mapped[Id]
    topic_id: Mapped[Reference] = mapped_column(ForeignKey("forum_topic.id", ondelete="CASCADE"))
    question: Mapped[Line]
    most: Mapped[int] = mapped_column(default=1)
    secret: Mapped[bool] = mapped_column(default=False)
    ends_at: Mapped[Moment]
    voters: Mapped[int] = mapped_column(default=0)


class PollOption(Base):
    """Something that can be chosen, and how many chose it."""

    __tablename__ = "forum_poll_option"
    __table_args__ = (
        UniqueConstraint("poll_id", "place"),
        CheckConstraint("votes >= 0", name="votes"),
    )

    id: Mapped[Id]
    poll_id: Mapped[Reference] = mapped_column(ForeignKey("forum_poll.id", ondelete="CASCADE"))
    place: Mapped[int]
    words: Mapped[Line]
    votes: Mapped[int] = mapped_column(default=0)


class PollVoter(Base):
    """Somebody voted: once in each poll. There is no moment and no choice in it."""

    __tablename__ = "forum_poll_voter"
    __table_args__ = (Index("ix_forum_poll_voter_member_id", "member_id"),)

    poll_id: Mapped[Reference] = mapped_column(ForeignKey("forum_poll.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)


class PollChoice(Base):
    """What somebody chose in an open poll; secret polls have none."""

    __tablename__ = "forum_poll_choice"
    __table_args__ = (Index("ix_forum_poll_choice_member_id", "member_id"),)

    option_id: Mapped[Reference] = mapped_column(
        ForeignKey("forum_poll_option.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
