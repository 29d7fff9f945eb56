"""What happens between two members who write to each other."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.blocks import service as blocks
from alumni.messages import pairs, queries, rules, talking, telling
from alumni.messages.models import (
    ASKED,
    DECLINED,
    FROM_ME,
    GONE,
    OPEN,
    TALKS,
    TO_ME,
    WITHDRAWN,
    Conversation,
    Message,
    Side,
)
from alumni.messages.refusals import (
    AnsweredAlready,
    AskedAlready,
    RequestGone,
    TooManyWaiting,
)
from alumni.messages.rules import Words

STAFF = "staff"


def begin(session: Session, *, by: int, to: int, words: Words, most: int, staff: bool, now: datetime) -> int:
    """Write to somebody first: a request, or at once a conversation where staff writes or the other asked before.

    Returns the conversation. Raises AskedAlready, or TooManyWaiting when `most` requests are not answered yet.
    """
    # Whoever writes stands in line with themselves: two requests at once could pass the limit together. And with the
    # other, in the order of numbers: two who write to each other at once would each wait for what the other holds.
    both = select(Member.id).where(Member.id.in_((by, to))).order_by(Member.id)
    session.execute(both.with_for_update())
    earlier = queries.sent_with(session, by, words.token)
    if earlier is not None:
        return earlier.conversation_id
    conversation = pairs.pair(session, by, to, now)
    if conversation.state != OPEN:
        _move_on(session, conversation, by=by, most=most, staff=staff, now=now)
    pairs.add(session, conversation, by, words, now)
    return conversation.id


def _move_on(session: Session, conversation: Conversation, *, by: int, most: int, staff: bool, now: datetime) -> None:
    asked_by_other = conversation.state in {ASKED, DECLINED} and conversation.asked_by != by
    if staff or asked_by_other:
        conversation.origin = STAFF if staff else ""
        pairs.open_up(session, conversation)
        return
    if not rules.may_ask(conversation.state, conversation.asked_by, by):
        raise AskedAlready
    if queries.open_requests(session, by) >= most:
        raise TooManyWaiting
    conversation.state, conversation.asked_by, conversation.asked_at, conversation.origin = ASKED, by, now, ""
    pairs.put(session, conversation, by, FROM_ME)
    pairs.put(session, conversation, conversation.other_than(by), TO_ME)


def accept(session: Session, *, conversation_id: int, by: int, now: datetime) -> None:
    """Let a request become a conversation; accepting twice changes nothing. Raises RequestGone."""
    conversation = pairs.locked(session, conversation_id)
    if conversation.state == OPEN:
        return
    asker = _asker(conversation, by)
    pairs.open_up(session, conversation)
    conversation.last_at = now
    session.flush()
    if not talking.goes_on(session, by, conversation_id):
        raise RequestGone
    talking.seen(session, conversation_id=conversation_id, member_id=by, now=now)
    telling.accepted(session, asker, conversation_id, now)


def decline(session: Session, *, conversation_id: int, by: int, now: datetime) -> None:
    """Turn a request away: whoever asked is told nothing. Raises RequestGone."""
    conversation = pairs.locked(session, conversation_id)
    if conversation.state == DECLINED:
        return
    _asker(conversation, by)
    conversation.state = DECLINED
    talking.seen(session, conversation_id=conversation_id, member_id=by, now=now)
    pairs.put(session, conversation, by, GONE)


def withdraw(session: Session, *, conversation_id: int, by: int) -> None:
    """Take a request back, its words with it. Raises AnsweredAlready."""
    conversation = pairs.locked(session, conversation_id)
    if conversation.state == WITHDRAWN and conversation.asked_by == by:
        return
    if not rules.waits_for(conversation.state, conversation.asked_by, by):
        raise AnsweredAlready
    conversation.state = WITHDRAWN
    drop_request(session, conversation)


def drop_request(session: Session, conversation: Conversation) -> None:
    """Delete the words of a request; what the two wrote to each other before it stays in their lists."""
    newest = select(func.max(Message.id)).where(Message.conversation_id == conversation.id).scalar_subquery()
    session.execute(delete(Message).where(Message.id == newest, Message.author_id == conversation.asked_by))
    left = (
        select(func.coalesce(func.max(Message.id), 0))
        .where(Message.conversation_id == Side.conversation_id, Message.id > Side.from_id)
        .scalar_subquery()
    )
    theirs = update(Side).where(Side.conversation_id == conversation.id, Side.box != GONE)
    session.execute(theirs.values(last_id=left, unread=0))
    session.execute(theirs.values(box=TALKS).where(Side.last_id > 0))
    session.execute(theirs.values(box=GONE).where(Side.last_id == 0))


def block(session: Session, *, conversation_id: int, by: int, now: datetime) -> None:
    """Keep the other away: a request of theirs is declined, a conversation takes nothing more from either."""
    conversation = pairs.locked(session, conversation_id)
    blocks.block(session, member_id=by, other_id=conversation.other_than(by), now=now)
    if conversation.state == ASKED and conversation.asked_by != by:
        decline(session, conversation_id=conversation_id, by=by, now=now)


def open_conversation(session: Session, member_ids: Collection[int], subject_kind: str, now: datetime) -> int:
    """Let two members write to each other because both agreed to something (see `origins`); twice is once.

    Returns the number of the conversation, whose page is `messages.show`.
    """
    one, other = sorted(set(member_ids))
    conversation = pairs.pair(session, one, other, now)
    if conversation.state != OPEN:
        conversation.origin = subject_kind
        pairs.open_up(session, conversation)
        pairs.add(session, conversation, None, Words("", ""), now)
    return conversation.id


def _asker(conversation: Conversation, by: int) -> int:
    """Whoever asked, where it is for `by` to answer."""
    if conversation.state != ASKED or conversation.asked_by in {None, by}:
        raise RequestGone
    return conversation.other_than(by)
