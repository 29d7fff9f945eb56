"""How a conversation is made, found, opened, and written into: what the verbs of messages stand on."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.markdown import render_member_text
from alumni.messages import queries, telling
from alumni.messages.models import CLOSED, GONE, OPEN, TALKS, Conversation, Draft, Message, Side
from alumni.messages.refusals import RequestGone, SentAlready
from alumni.messages.rules import Words


def pair(session: Session, one: int, other: int, now: datetime) -> Conversation:
    """The conversation of these two, locked; made if there was none."""
    low, high = sorted((one, other))
    new = insert_into(Conversation, session.get_bind()).values(low_id=low, high_id=high, state=CLOSED, last_at=now)
    session.execute(new.on_conflict_do_nothing(index_elements=["low_id", "high_id"]))
    found = queries.locked(session, (Conversation.low_id == low) & (Conversation.high_id == high))
    assert found is not None
    sides = insert_into(Side, session.get_bind()).on_conflict_do_nothing()
    common = {"conversation_id": found.id, "box": GONE, "last_id": 0, "from_id": 0, "unread": 0, "muted": False}
    pairs = ((low, high), (high, low))
    session.execute(sides, [{**common, "member_id": mine, "other_id": theirs} for mine, theirs in pairs])
    return found


def locked(session: Session, conversation_id: int) -> Conversation:
    """A conversation that nobody else changes meanwhile; raises RequestGone."""
    found = queries.locked(session, Conversation.id == conversation_id)
    if found is None:
        raise RequestGone
    return found


def open_up(session: Session, conversation: Conversation) -> None:
    """Let the two write to each other."""
    conversation.state = OPEN
    for member_id in (conversation.low_id, conversation.high_id):
        put(session, conversation, member_id, TALKS)


def put(session: Session, conversation: Conversation, member_id: int, box: str) -> None:
    """Let a conversation stand in one of a member's lists."""
    session.execute(
        update(Side).where(Side.conversation_id == conversation.id, Side.member_id == member_id).values(box=box)
    )


def add(session: Session, conversation: Conversation, by: int | None, words: Words, now: datetime) -> Message:
    """Write a message, or the site's own line; raises SentAlready."""
    made = Message(
        conversation_id=conversation.id,
        author_id=by,
        token=words.token or None,
        text=words.text,
        html=str(render_member_text(words.text)),
        upload_id=words.upload_id,
        sent_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:  # the token of a form that wrote to somebody else
        raise SentAlready from error
    conversation.last_at = now
    for member_id in (conversation.low_id, conversation.high_id):
        _note(session, made, member_id)
    return made


def _note(session: Session, made: Message, member_id: int) -> None:
    """Let a message stand in a member's list: read for who wrote it, unread and told of for the other."""
    mine = made.author_id == member_id
    side = update(Side).where(Side.conversation_id == made.conversation_id, Side.member_id == member_id)
    unread = 0 if mine else Side.unread + 1
    now_so = session.execute(
        side.values(last_id=made.id, unread=unread).returning(Side.unread, Side.muted, Side.other_id)
    )
    row = now_so.one_or_none()
    if row is None:
        return
    if mine:
        session.execute(delete(Draft).where(Draft.member_id == member_id, Draft.other_id == row.other_id))
        telling.read(session, member_id, made.conversation_id, made.sent_at)
    elif row.unread == 1 and not row.muted:
        telling.written(session, member_id, made)
