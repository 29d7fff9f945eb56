"""How often messages may be sent (docs/security.md, limits), and what is noted of staff who write unasked."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy import db
from academy.audit.service import record
from academy.people.actor import Actor
from academy.web import limits
from academy.web.limits import Limit
from alumni.messages.rules import FIRST_DAY, OPEN_REQUESTS, OPEN_REQUESTS_OF_NEWCOMERS
from alumni.moderation.newcomers import is_newcomer
from alumni.moderation.queries import is_silenced, trust_of
from alumni.moderation.refusals import Silenced

HOUR, DAY = 60 * 60, 24 * 60 * 60
MESSAGES = Limit("messages", 20, HOUR)
FIRST_MESSAGES = Limit("messages on the first day", 5, DAY)
REQUESTS = Limit("message requests", 10, DAY)
REQUESTS_OF_NEWCOMERS = Limit("message requests of newcomers", 3, DAY)
FILES = Limit("files in messages", 20, HOUR)


def is_new(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether tighter limits hold for whoever writes."""
    return is_newcomer(session, actor.id, now)


def spend(actor: Actor, now: datetime) -> None:
    """Count a message; raises TooMany, or Silenced when the moderators closed writing for a time."""
    with db.glance() as session:
        if is_silenced(session, actor.id, now):
            raise Silenced
        since = trust_of(session, [actor.id])[actor.id].since
    limits.spend(MESSAGES, actor.id)
    if since is None or now - since < FIRST_DAY:
        limits.spend(FIRST_MESSAGES, actor.id)


def spend_request(actor: Actor, now: datetime, *, newcomer: bool) -> int:
    """Count a request; returns how many may stand without an answer. Raises TooMany."""
    spend(actor, now)
    limits.spend(REQUESTS_OF_NEWCOMERS if newcomer else REQUESTS, actor.id)
    return OPEN_REQUESTS_OF_NEWCOMERS if newcomer else OPEN_REQUESTS


def spend_file(member_id: int) -> None:
    """Count a file; raises TooMany."""
    limits.spend(FILES, member_id)


def note_staff(session: Session, actor: Actor, member_id: int, now: datetime) -> None:
    """Note that somebody wrote to a member as staff, without asking."""
    record(session, actor=actor, action="message.unasked", now=now, subject=f"member:{member_id}")
