"""What goes: the messages of a member who leaves, requests without an answer, conversations nobody writes in."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from academy import clock, db
from academy.jobs.registry import Values
from academy.uploads.models import Upload
from alumni.messages import queries, rules, service
from alumni.messages.models import ASKED, CLOSED, DECLINED, WITHDRAWN, Conversation, Draft, Message, MessageChoice, Side
from alumni.profiles.queries import bylines
from alumni.profiles.viewers import VISITOR

SOME = 200


def forget(session: Session, member_id: int) -> None:
    """Erase what a member wrote; what others wrote to them stays with the others, beside “a former member”."""
    now = clock.now()
    theirs = or_(Conversation.low_id == member_id, Conversation.high_id == member_id)
    unanswered = Conversation.state.in_((ASKED, DECLINED, WITHDRAWN))
    session.execute(delete(Draft).where(or_(Draft.member_id == member_id, Draft.other_id == member_id)))
    session.execute(delete(MessageChoice).where(MessageChoice.member_id == member_id))
    said = update(Message).where(Message.author_id == member_id)
    session.execute(said.values(text="", html="", token=None, upload_id=None, deleted_at=now))
    session.execute(delete(Side).where(Side.member_id == member_id))
    held = select(Side.conversation_id).where(Side.conversation_id == Conversation.id)
    session.execute(update(Conversation).where(theirs, ~unanswered).values(state=CLOSED))
    _delete(session, session.scalars(select(Conversation.id).where(theirs, or_(unanswered, ~held.exists()))).all())


def tidy_up(_values: Values, now: datetime) -> None:
    """Delete what is past its time, some conversations in each transaction."""
    while _go(Conversation.last_at <= now - rules.KEPT):
        pass
    while _give_up(now):
        pass


def _go(condition: ColumnElement[bool]) -> bool:
    with db.the_database().transaction() as session:
        found = session.scalars(select(Conversation.id).where(condition).limit(SOME)).all()
        _delete(session, found)
    return bool(found)


def _give_up(now: datetime) -> bool:
    """Let requests go that were not answered: only their words, where the two wrote to each other before."""
    with db.the_database().transaction() as session:
        old = select(Conversation).where(queries.unanswered_before(now)).limit(SOME).with_for_update()
        found = session.scalars(old).all()
        for each in found:
            if each.state != WITHDRAWN:
                service.drop_request(session, each)
            each.state, each.asked_by, each.asked_at = CLOSED, None, None
        session.flush()
        silent = ~select(Message.id).where(Message.conversation_id == Conversation.id).exists()
        numbers = [each.id for each in found]
        _delete(session, session.scalars(select(Conversation.id).where(Conversation.id.in_(numbers), silent)).all())
    return bool(found)


def _delete(session: Session, numbers: Iterable[int]) -> None:
    """Delete conversations with all that hangs on them."""
    gone = list(numbers)
    files = select(Message.upload_id).where(Message.conversation_id.in_(gone), Message.upload_id.is_not(None))
    uploads = session.scalars(files).all()
    for table in (Message, Side):
        session.execute(delete(table).where(table.conversation_id.in_(gone)))
    session.execute(delete(Conversation).where(Conversation.id.in_(gone)))
    session.execute(delete(Upload).where(Upload.id.in_(uploads)))


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """A member's conversations, for their export: what stands on their own pages."""
    sides = {side.conversation_id: side for side in queries.sides_of(session, member_id)}
    names = bylines(session, VISITOR, {side.other_id for side in sides.values()})
    talks: dict[int, dict[str, Any]] = {
        number: {"with": names[side.other_id].name, "muted": side.muted, "messages": []}
        for number, side in sides.items()
    }
    for number, author_id, text, sent_at, _message in queries.all_for(session, member_id):
        said = {"from": _whose(author_id, member_id), "text": text, "sent_at": sent_at.isoformat()}
        talks[number]["messages"].append(said)
    drafts = select(Draft.text, Draft.saved_at).where(Draft.member_id == member_id)
    return {
        "who_may_write": queries.choice_of(session, member_id),
        "conversations": [each for each in talks.values() if each["messages"]],
        "drafts": [{"text": row.text, "saved_at": row.saved_at.isoformat()} for row in session.execute(drafts)],
    }


def _whose(author_id: int | None, member_id: int) -> str:
    return "site" if author_id is None else "me" if author_id == member_id else "them"
