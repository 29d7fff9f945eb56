"""Reads of messages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member
from academy.uploads.models import Upload
from alumni.messages.models import (
    ASKED,
    DECLINED,
    GONE,
    Conversation,
    Draft,
    Message,
    MessageChoice,
    Side,
)
from alumni.messages.people import are_apart, is_minor
from alumni.messages.rules import CONTEXT, UNANSWERED
from alumni.profiles.models import Profile

PAGE = 20
MESSAGES = 30


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as one of its two members has it, and what stands between the two."""

    id: int
    me: int
    other: int
    box: str
    unread: int
    muted: bool
    from_id: int
    last_id: int
    state: str
    origin: str
    asked_by: int | None
    asked_at: datetime | None
    last_at: datetime
    there: bool
    apart: bool
    minor: bool
    draft: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message with what is known of its file."""

    id: int
    conversation_id: int
    author_id: int | None
    text: str
    html: str
    sent_at: datetime
    is_deleted: bool
    media_type: str | None
    size: int | None


def is_gone() -> ColumnElement[bool]:
    """Messages of which only a line without words is left."""
    return or_(Message.deleted_at.is_not(None), Message.removed_at.is_not(None))


def thread_of(session: Session, member_id: int, number: int) -> Thread | None:
    """A conversation for one of its two, unless it is gone for them (one query)."""
    other = Side.other_id.expression
    found = (
        select(
            Side.conversation_id,
            Side.member_id,
            Side.other_id,
            Side.box,
            Side.unread,
            Side.muted,
            Side.from_id,
            Side.last_id,
            Conversation.state,
            Conversation.origin,
            Conversation.asked_by,
            Conversation.asked_at,
            Conversation.last_at,
            Member.state == ACTIVE,
            are_apart(member_id, other),
            is_minor(member_id, other),
            func.coalesce(Draft.text, ""),
        )
        .join(Conversation, Conversation.id == Side.conversation_id)
        .join(Member, Member.id == Side.other_id)
        .outerjoin(Draft, (Draft.member_id == Side.member_id) & (Draft.other_id == Side.other_id))
        .where(Side.conversation_id == number, Side.member_id == member_id, Side.box != GONE)
    )
    row = session.execute(found).one_or_none()
    return Thread(*cast("tuple[Any, ...]", row)) if row else None


def messages_before(session: Session, thread: Thread, before: int | None = None) -> Sequence[Said]:
    """A page of messages, the latest first, and one more if there are more (one query)."""
    theirs = _said().where(Message.conversation_id == thread.id, Message.id > thread.from_id)
    older = theirs if before is None else theirs.where(Message.id < before)
    return [Said(*row) for row in session.execute(older.order_by(Message.id.desc()).limit(MESSAGES + 1))]


def _said() -> Select[*tuple[Any, ...]]:
    return select(
        Message.id,
        Message.conversation_id,
        Message.author_id,
        Message.text,
        Message.html,
        Message.sent_at,
        is_gone(),
        Upload.media_type,
        Upload.size,
    ).outerjoin(Upload, Upload.id == Message.upload_id)


def around(session: Session, message: Message) -> list[Said]:
    """A message with the few before and after it, the oldest first (two queries)."""
    theirs = _said().where(Message.conversation_id == message.conversation_id)
    up_to = theirs.where(Message.id <= message.id).order_by(Message.id.desc()).limit(CONTEXT + 1)
    after = theirs.where(Message.id > message.id).order_by(Message.id).limit(CONTEXT)
    return [*(Said(*row) for row in session.execute(up_to)), *(Said(*row) for row in session.execute(after))]


def message(session: Session, number: int) -> Message | None:
    """A message, whoever asks."""
    return session.get(Message, number)


def message_for(session: Session, member_id: int, number: int) -> Message | None:
    """A message of a conversation that this member still has."""
    theirs = (
        select(Message)
        .join(Side, (Side.conversation_id == Message.conversation_id) & (Side.member_id == member_id))
        .where(Message.id == number, Message.id > Side.from_id, Side.box != GONE)
    )
    return session.scalar(theirs)


def file_for(session: Session, member_id: int, number: int) -> Upload | None:
    """The file of a message of a conversation that this member still has."""
    theirs = (
        select(Upload)
        .join(Message, Message.upload_id == Upload.id)
        .join(Side, (Side.conversation_id == Message.conversation_id) & (Side.member_id == member_id))
        .where(Message.id == number, Message.id > Side.from_id, Side.box != GONE, ~is_gone())
    )
    return session.scalar(theirs)


def sent_with(session: Session, member_id: int, token: str) -> Message | None:
    """What was sent by this very form before."""
    return session.scalar(select(Message).where(Message.author_id == member_id, Message.token == token))


def between(session: Session, one: int, other: int) -> Conversation | None:
    """The conversation of two members."""
    low, high = sorted((one, other))
    return session.scalar(select(Conversation).where(Conversation.low_id == low, Conversation.high_id == high))


def locked(session: Session, condition: ColumnElement[bool]) -> Conversation | None:
    """A conversation that nobody else changes until the transaction ends, as it is now."""
    found = select(Conversation).where(condition).with_for_update().execution_options(populate_existing=True)
    return session.scalar(found)


def open_requests(session: Session, member_id: int) -> int:
    """How many requests of a member stand without an answer."""
    theirs = select(func.count()).where(Conversation.asked_by == member_id, Conversation.state.in_((ASKED, DECLINED)))
    return session.scalar(theirs) or 0


def draft_of(session: Session, member_id: int, other_id: int) -> str:
    """What a member began to write to another."""
    return session.scalar(select(Draft.text).where(Draft.member_id == member_id, Draft.other_id == other_id)) or ""


def choice_of(session: Session, member_id: int) -> int | None:
    """Whom a member lets write; None if they never chose."""
    return session.scalar(select(MessageChoice.who).where(MessageChoice.member_id == member_id))


def held_files(session: Session, upload_ids: Collection[int]) -> set[int]:
    """Which of these files belong to messages."""
    theirs = select(Message.upload_id).where(Message.upload_id.in_(upload_ids), Message.deleted_at.is_(None))
    return {number for number in session.scalars(theirs) if number is not None}


def unanswered_before(now: datetime) -> ColumnElement[bool]:
    """Requests that nobody answered for so long that they go."""
    return (Conversation.asked_at <= now - UNANSWERED) & Conversation.state.in_((ASKED, DECLINED, "withdrawn"))


def sides_of(session: Session, member_id: int) -> Sequence[Side]:
    """All conversations of a member, the oldest first."""
    theirs = select(Side).where(Side.member_id == member_id).order_by(Side.conversation_id)
    return session.scalars(theirs).all()


def all_for(session: Session, member_id: int) -> Sequence[Row[int, int | None, str, datetime, int]]:
    """Every message of every conversation that a member has, for their export."""
    theirs = (
        select(
            Message.conversation_id,
            Message.author_id,
            case((is_gone(), ""), else_=Message.text),
            Message.sent_at,
            Message.id,
        )
        .join(Side, (Side.conversation_id == Message.conversation_id) & (Side.member_id == member_id))
        .where(Message.id > Side.from_id, Side.box != GONE)
        .order_by(Message.conversation_id, Message.id)
    )
    return session.execute(theirs).all()


def member_with(session: Session, handle: str) -> int | None:
    """The member whose profile has this handle."""
    return session.scalar(select(Profile.member_id).where(Profile.handle == handle))


def side_of(session: Session, conversation_id: int, member_id: int) -> Side | None:
    """What one of the two has of a conversation."""
    return session.get(Side, (conversation_id, member_id))
