"""An answer by e-mail becomes a post, by the same door as one that is written on the page; a refusal is a letter back.

Only the member whose address it is learns anything: to a forged address, or from another sender, nothing is answered.
"""

import logging
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from academy import db
from academy.current import the_settings
from academy.errors import DomainError, TooMany
from academy.mail.receiving import LARGEST, NOT_OURS
from academy.people.actor import Actor
from academy.people.addresses import NotAnAddress, key_of
from academy.people.models import ACTIVE, Member
from academy.people.queries import as_actor
from alumni.forum.letters import addresses, incoming, refusing
from alumni.forum.letters.addresses import Way
from alumni.forum.letters.incoming import Incoming
from alumni.forum.letters.refusing import Refused, Why
from alumni.forum.order import reporting
from alumni.forum.order.gate import Gate, gate_for
from alumni.forum.topics import answering, service, tries
from alumni.forum.topics.models import State
from alumni.forum.topics.rules import LONGEST, Words
from alumni.moderation.silence import let_write

log = logging.getLogger("academy.forum")
HEADS = 64 * 1024
POSTED, IGNORED, ANSWERED = "posted", "ignored", "answered"


def receive(letter: bytes, to: str, now: datetime) -> str:
    """Take in a letter; says what became of it."""
    found = incoming.read(letter[:HEADS] if len(letter) > LARGEST else letter)
    way = _way(found, to, now)
    if way is None:
        return NOT_OURS
    member = _member(found, way)
    if found.by_program or _is_ours(found) or member is None:
        log.info("An answer by e-mail was left aside: topic %d.", way.topic_id)
        return IGNORED
    if len(letter) > LARGEST:
        return _refuse(member, way, found, Why.TOO_LONG, now)
    return _answer(member, way, found, now)


def _way(found: Incoming, to: str, now: datetime) -> Way | None:
    settings = the_settings()
    ways = (addresses.read(settings.reply_address, settings.secret_key, each, now) for each in (to, *found.receivers))
    return next((way for way in ways if way is not None), None)


def _member(found: Incoming, way: Way) -> Member | None:
    """The member whose address it is, if the letter comes from theirs."""
    with db.the_database().reading() as session:
        member = session.get(Member, way.member_id)
        try:
            same = member is not None and member.state == ACTIVE and key_of(found.sender) == member.email_key
        except NotAnAddress:
            same = False
        return member if same else None


def _is_ours(found: Incoming) -> bool:
    """Whether it is a letter of the site itself that came back."""
    host = urlsplit(the_settings().public_url).hostname or "localhost"
    return found.message_id.startswith("<letter-") and found.message_id.endswith(f"@{host}>")


def _answer(member: Member, way: Way, found: Incoming, now: datetime) -> str:
    try:
        _write(member, way, found, now)
    except Refused as refusal:
        return _refuse(member, way, found, refusal.why, now)
    except DomainError as refusal:
        return _refuse(member, way, found, refusal, now)
    if found.has_files:
        refusing.tell(member, way.topic_id, found.token, Why.FILES, now)
    return POSTED


def _write(member: Member, way: Way, found: Incoming, now: datetime) -> None:
    """Add the post. Raises Refused, or what the same words would be refused for on the page."""
    if way.lapsed:
        raise Refused(Why.LAPSED)
    if not found.text:
        raise Refused(Why.EMPTY)
    if len(found.text) > LONGEST:
        raise Refused(Why.TOO_LONG)
    with db.the_database().reading() as session:
        actor = as_actor(session, member)
        if answering.was_sent(session, actor.id, found.token):
            return
        let_write(session, actor.id, now)
        topic_id = answering.topic_of(session, way.post_id) or way.topic_id
        gate = gate_for(session, actor, topic_id, found.text, now)
        to = {"topic_id": topic_id, "post_id": way.post_id}
        reply_to = way.post_id if answering.may_answer(session, actor.id, **to) else None
    if gate is None:
        raise Refused(Why.SHUT)
    tries.spend_reply(actor.id, newcomer=gate.newcomer, waits_until=gate.waits_until, now=now)
    with db.the_database().transaction() as session:
        _post(session, gate, actor, found, reply_to, now)


def _post(session: Session, gate: Gate, actor: Actor, found: Incoming, reply_to: int | None, now: datetime) -> None:
    post = service.reply(
        session,
        topic_id=gate.topic_id,
        by=actor.id,
        words=Words(found.text, found.token, actor.language),
        reply_to=reply_to,
        state=gate.state_of(found.text),
        keeps_order=gate.keeps_order,
        now=now,
    )
    if post.state == State.WAITING:
        reporting.wait(session, post, now)


def _refuse(member: Member, way: Way, found: Incoming, why: Why | DomainError, now: datetime) -> str:
    if isinstance(why, TooMany):
        log.info("An answer by e-mail was one too many: topic %d.", way.topic_id)
    refusing.tell(member, way.topic_id, found.token, why, now)
    return ANSWERED
