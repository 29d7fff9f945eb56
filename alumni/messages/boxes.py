"""Reads of the lists in which conversations stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member
from alumni.messages.models import TO_ME, Conversation, Message, Side
from alumni.messages.people import are_apart, is_minor
from alumni.messages.queries import is_gone

PAGE = 20


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in a list, with its latest message."""

    id: int
    other: int
    unread: int
    muted: bool
    last_id: int
    state: str
    asked_at: datetime | None
    author_id: int | None
    text: str
    has_file: bool
    sent_at: datetime
    is_deleted: bool


def talks(session: Session, member_id: int, box: str, before: int | None = None) -> Sequence[Talk]:
    """A page of a member's conversations in one list, the latest first, and one more if there are more (one query)."""
    found = (
        select(
            Side.conversation_id,
            Side.other_id,
            Side.unread,
            Side.muted,
            Side.last_id,
            Conversation.state,
            Conversation.asked_at,
            Message.author_id,
            case((is_gone(), ""), else_=Message.text),
            Message.upload_id.is_not(None),
            Message.sent_at,
            is_gone(),
        )
        .join(Conversation, Conversation.id == Side.conversation_id)
        .join(Message, Message.id == Side.last_id)
        .where(Side.member_id == member_id, Side.box == box, *(_answerable(member_id) if box == TO_ME else ()))
        .order_by(Side.last_id.desc())
        .limit(PAGE + 1)
    )
    older = found if before is None else found.where(Side.last_id < before)
    return [Talk(*row) for row in session.execute(older)]


def _answerable(member_id: int) -> tuple[ColumnElement[bool], ...]:
    """Requests that can be accepted: whoever asked is there, nobody keeps the other away, and both are of age."""
    other = Side.other_id.expression
    there = select(Member.id).where(Member.id == other, Member.state == ACTIVE).exists()
    return there, ~are_apart(member_id, other), ~is_minor(member_id, other)


def waiting_for(session: Session, member_id: int) -> int:
    """How many requests wait for a member's answer; more than a page is told as a page and one."""
    theirs = Side.member_id == member_id, Side.box == TO_ME, *_answerable(member_id)
    some = select(Side.conversation_id).where(*theirs).limit(PAGE + 1)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0
