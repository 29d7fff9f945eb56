"""Tables of people: members, their sign-ins, their roles, the links they were mailed, their second factor."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Word

UNCONFIRMED, ACTIVE, SUSPENDED, ERASED = "unconfirmed", "active", "suspended", "erased"


class Member(Base):
    """A person with an account. `email_key` is the address as it is compared, never as it is shown.

    `time_zone` is '' for whoever keeps the academy's own. `warned_at` is when they were told that an account nobody
    signs in to goes; signing in takes the warning back.
    """

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("email_key"),
        CheckConstraint("state IN ('unconfirmed', 'active', 'suspended', 'erased')", name="state"),
        {"sqlite_autoincrement": True},  # the audit log names members by number: none is given out twice
    )

    id: Mapped[Id]
    email: Mapped[Line]
    email_key: Mapped[Line]
    search_key: Mapped[Prose] = mapped_column(default="")
    password_hash: Mapped[Line]
    display_name: Mapped[Line]
    legal_name: Mapped[Line] = mapped_column(default="")
    language: Mapped[Word] = mapped_column(default="en")
    theme: Mapped[Word] = mapped_column(default="")
    time_zone: Mapped[Word] = mapped_column(default="")
    state: Mapped[Word] = mapped_column(default=UNCONFIRMED)
    is_demo: Mapped[bool] = mapped_column(default=False)
    unread: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    confirmed_at: Mapped[Moment | None]
    alumnus_since: Mapped[Moment | None]
    signed_in_at: Mapped[Moment | None]
    warned_at: Mapped[Moment | None]
    totp_seed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_last_step: Mapped[int] = mapped_column(default=0)


@event.listens_for(Member, "before_insert")
@event.listens_for(Member, "before_update")
def _refresh_search_key(_mapper: object, _connection: object, member: Member) -> None:
    # Neither database folds the case of every script: what a search looks through is folded here.
    member.search_key = f"{member.display_name} {member.legal_name} {member.email_key}".casefold()


class SignIn(Base):
    """One device that is signed in. The browser holds a random token; only its hash is kept here."""

    __tablename__ = "sign_in"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_sign_in_member_id", "member_id"))

    id: Mapped[Id]
    token_hash: Mapped[Line]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    device: Mapped[Line] = mapped_column(default="")
    created_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    idle_until: Mapped[Moment]
    expires_at: Mapped[Moment]
    proved_at: Mapped[Moment]
    second_factor: Mapped[bool] = mapped_column(default=False)


class RoleGrant(Base):
    """A role somebody holds; `scope` is '' or 'course:<slug>'."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("member_id", "role", "scope"),
        CheckConstraint("role IN ('owner', 'trainer', 'reviewer', 'marker', 'moderator', 'admin')", name="role"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    role: Mapped[Word]
    scope: Mapped[Line] = mapped_column(default="")
    granted_at: Mapped[Moment]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class MailedLink(Base):
    """A secret sent by mail for one purpose, once, for a while; only its hash is kept."""

    __tablename__ = "mailed_link"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_mailed_link_member_id", "member_id"))

    id: Mapped[Id]
    token_hash: Mapped[Line]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    purpose: Mapped[Word]
    payload: Mapped[Prose] = mapped_column(default="")
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]


class RecoveryCode(Base):
    """A single-use code that stands in for the second factor; only its hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("member_id", "code_hash"),)

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    code_hash: Mapped[Line]
    used_at: Mapped[Moment | None]


class SecondFactorLift(Base):
    """One admin asked that somebody's second factor be lifted; it waits for another admin."""

    __tablename__ = "second_factor_lift"
    __table_args__ = (UniqueConstraint("member_id"),)

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    asked_by: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    asked_at: Mapped[Moment]


class Minor(Base):
    """A member who is not of age, as an admin noted: nobody but staff writes to them. No birth date is kept."""

    __tablename__ = "minor"

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    noted_at: Mapped[Moment]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
