"""Tables of groups: what each is, who is in it, who asks, who was invited, who was shown out, what is pinned up."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Slug, Word


class Kind(StrEnum):
    """What holds a group together."""

    COUNTRY = "country"
    THEME = "theme"
    CAUCUS = "caucus"


class Entry(StrEnum):
    """How somebody gets in."""

    OPEN = "open"
    REQUEST = "request"
    HIDDEN = "hidden"


class State(StrEnum):
    """How far a group is: asked for, there, put away, or refused."""

    PROPOSED = "proposed"
    OPEN = "open"
    ARCHIVED = "archived"
    DECLINED = "declined"


class Group(Base):
    """A group. `key` stands in its address and says nothing; `name_key` is the name as lists are sorted by it.

    `people` counts its members. `closed_at` is set while moderators keep it put away.
    `why` is what its proposer told those who open groups; `answer` what they answered.
    """

    __tablename__ = "network_group"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_network_group_state_name_key", "state", "name_key", "id"),
        Index("ix_network_group_entry", "entry", "key"),
        CheckConstraint("kind IN ('country', 'theme', 'caucus')", name="kind"),
        CheckConstraint("entry IN ('open', 'request', 'hidden')", name="entry"),
        CheckConstraint("state IN ('proposed', 'open', 'archived', 'declined')", name="state"),
        CheckConstraint("people >= 0", name="people"),
    )

    id: Mapped[Id]
    key: Mapped[Slug]
    name: Mapped[Line]
    name_key: Mapped[Line]
    kind: Mapped[Word]
    entry: Mapped[Word]
    state: Mapped[Word] = mapped_column(default=State.PROPOSED)
    for_whom: Mapped[Line] = mapped_column(default="")
    description: Mapped[Prose]
    description_html: Mapped[Prose]
    rules: Mapped[Prose] = mapped_column(default="")
    rules_html: Mapped[Prose] = mapped_column(default="")
    people: Mapped[int] = mapped_column(default=0)
    why: Mapped[Prose] = mapped_column(default="")
    answer: Mapped[Prose] = mapped_column(default="")
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    proposed_at: Mapped[Moment]
    decided_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)


class GroupLanguage(Base):
    """A language that is spoken in a group."""

    __tablename__ = "group_language"
    __table_args__ = (Index("ix_group_language_code", "code", "group_id"),)

    group_id: Mapped[Reference] = mapped_column(ForeignKey("network_group.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[Word] = mapped_column(primary_key=True)


class GroupMember(Base):
    """Somebody in a group. `shown`: fellow members may see them there. `offers_since`: ready to look after it."""

    __tablename__ = "group_member"
    __table_args__ = (
        UniqueConstraint("group_id", "member_id"),
        Index("ix_group_member_member_id", "member_id"),
        Index("ix_group_member_group_id_id", "group_id", "id"),
    )

    id: Mapped[Id]
    group_id: Mapped[Reference] = mapped_column(ForeignKey("network_group.id", ondelete="CASCADE"))
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    is_convener: Mapped[bool] = mapped_column(default=False)
    shown: Mapped[bool] = mapped_column(default=False)
    offers_since: Mapped[Moment | None]
    joined_at: Mapped[Moment]


class GroupRequest(Base):
    """Somebody asks to be let in; the row goes when it is decided."""

    __tablename__ = "group_request"
    __table_args__ = (UniqueConstraint("group_id", "member_id"), Index("ix_group_request_member_id", "member_id"))

    id: Mapped[Id]
    group_id: Mapped[Reference] = mapped_column(ForeignKey("network_group.id", ondelete="CASCADE"))
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    sentence: Mapped[Prose]
    shown: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[Moment]


class GroupInvitation(Base):
    """Somebody was invited. Who declined is not invited again; whoever invited them does not learn which it was."""

    __tablename__ = "group_invitation"
    __table_args__ = (
        UniqueConstraint("group_id", "member_id"),
        Index("ix_group_invitation_member_id", "member_id"),
        Index("ix_group_invitation_invited_by", "invited_by"),
    )

    id: Mapped[Id]
    group_id: Mapped[Reference] = mapped_column(ForeignKey("network_group.id", ondelete="CASCADE"))
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    words: Mapped[Prose] = mapped_column(default="")
    invited_at: Mapped[Moment]
    declined_at: Mapped[Moment | None]


class GroupBan(Base):
    """Somebody who was shown out and may not come back; `reason` is what they were told."""

    __tablename__ = "group_ban"
    __table_args__ = (UniqueConstraint("group_id", "member_id"), Index("ix_group_ban_member_id", "member_id"))

    id: Mapped[Id]
    group_id: Mapped[Reference] = mapped_column(ForeignKey("network_group.id", ondelete="CASCADE"))
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    reason: Mapped[Prose]
    since: Mapped[Moment]


class GroupNote(Base):
    """Something that conveners keep pinned up for the members."""

    __tablename__ = "group_note"
    __table_args__ = (Index("ix_group_note_group_id_id", "group_id", "id"),)

    id: Mapped[Id]
    group_id: Mapped[Reference] = mapped_column(ForeignKey("network_group.id", ondelete="CASCADE"))
    title: Mapped[Line]
    text: Mapped[Prose]
    html: Mapped[Prose]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    changed_at: Mapped[Moment]
