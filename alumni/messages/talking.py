"""What somebody does in a conversation, and how they are written to."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.uploads.models import Upload
from alumni.messages import pairs, people, queries, rules, telling
from alumni.messages.models import ASKED, CLOSED, DECLINED, GONE, OPEN, Draft, Message, MessageChoice, Side
from alumni.messages.refusals import Ended, TooLate
from alumni.messages.rules import Words


def send(session: Session, *, conversation_id: int, by: int, words: Words, now: datetime) -> Message:
    """Write in a conversation; sending the same form twice is one message. Raises Ended."""
    conversation = pairs.locked(session, conversation_id)
    earlier = queries.sent_with(session, by, words.token)
    if earlier is not None:
        return earlier
    if not goes_on(session, by, conversation_id):
        raise Ended
    return pairs.add(session, conversation, by, words, now)


def goes_on(session: Session, member_id: int, conversation_id: int) -> bool:
    """Whether a member can write on in a conversation."""
    thread = queries.thread_of(session, member_id, conversation_id)
    if thread is None:
        return False
    staff = thread.minor and bool(
        people.rank_of(session, thread.me, thread.other) or people.rank_of(session, thread.other, thread.me)
    )
    return rules.goes_on(rules.Between(thread.state, thread.there, thread.apart, thread.minor, staff))


def leave(session: Session, *, conversation_id: int, by: int, now: datetime) -> None:
    """End a conversation for both; whoever leaves sees it no more. The other is not told who ended it."""
    conversation = pairs.locked(session, conversation_id)
    if conversation.state not in {OPEN, CLOSED}:
        raise Ended
    conversation.state = CLOSED
    seen(session, conversation_id=conversation_id, member_id=by, now=now)
    mine = update(Side).where(Side.conversation_id == conversation_id, Side.member_id == by)
    session.execute(mine.values(box=GONE, from_id=Side.last_id))


def mute(session: Session, *, conversation_id: int, by: int, muted: bool) -> None:
    """Be told of new messages no more, or again."""
    mine = update(Side).where(Side.conversation_id == conversation_id, Side.member_id == by)
    session.execute(mine.values(muted=muted))


def seen(session: Session, *, conversation_id: int, member_id: int, now: datetime, up_to: int | None = None) -> int:
    """A member read a conversation, up to a message: what came after it stays unread. Says how many notices it was."""
    mine = update(Side).where(Side.conversation_id == conversation_id, Side.member_id == member_id)
    if up_to is not None:
        mine = mine.where(Side.last_id == up_to)
    session.execute(mine.values(unread=0))
    return telling.read(session, member_id, conversation_id, now)


def mark_unread(session: Session, *, conversation_id: int, member_id: int) -> None:
    """Let a conversation stand as unread, to come back to."""
    mine = update(Side).where(Side.conversation_id == conversation_id, Side.member_id == member_id, Side.unread == 0)
    session.execute(mine.values(unread=1))


def take_back(session: Session, *, message: Message, by: int, now: datetime) -> None:
    """Delete one's own message for both; a line without words stays. Raises TooLate, or Ended for a request."""
    if pairs.locked(session, message.conversation_id).state in {ASKED, DECLINED}:
        raise Ended
    if message.author_id != by or not rules.may_take_back(message.sent_at, now):
        raise TooLate
    wipe(session, message, now)


def wipe(session: Session, message: Message, now: datetime) -> None:
    """Take the words and the file out of a message."""
    upload_id = message.upload_id
    message.text, message.html, message.upload_id = "", "", None
    message.deleted_at = message.deleted_at or now
    session.flush()
    if upload_id is not None:
        session.execute(delete(Upload).where(Upload.id == upload_id))


def save_draft(session: Session, *, member_id: int, other_id: int, text: str, token: str, now: datetime) -> None:
    """Keep what somebody writes; what the same form sent already is no draft any more."""
    session.execute(delete(Draft).where(Draft.member_id == member_id, Draft.other_id == other_id))
    if text.strip() and queries.sent_with(session, member_id, token) is None:
        new = insert_into(Draft, session.get_bind())
        values = {"member_id": member_id, "other_id": other_id, "text": text, "saved_at": now}
        changed = {"text": text, "saved_at": now}
        session.execute(
            new.values(values).on_conflict_do_update(index_elements=["member_id", "other_id"], set_=changed)
        )


def choose(session: Session, *, member_id: int, who: int) -> None:
    """Keep whom a member lets write first."""
    new = insert_into(MessageChoice, session.get_bind()).values(member_id=member_id, who=who)
    session.execute(new.on_conflict_do_update(index_elements=["member_id"], set_={"who": who}))
