"""What members are told about messages: never who, never what."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.notices import kinds, service
from academy.notices.models import AT_ONCE
from alumni.messages.models import Message

WRITTEN, ACCEPTED = "message", "message-accepted"


def init_app() -> None:
    """Let members be told."""
    kinds.add(kinds.Kind(WRITTEN, _l("Somebody writes to you"), _l("You have a message."), mail=AT_ONCE))
    kinds.add(
        kinds.Kind(ACCEPTED, _l("Somebody accepts your message"), _l("A message of yours was accepted."), mail=AT_ONCE)
    )


def written(session: Session, member_id: int, message: Message) -> None:
    """Somebody wrote: told once until it is read, however much more is written."""
    _tell(session, member_id, WRITTEN, message.conversation_id, message.sent_at, f"message:{message.id}")


def accepted(session: Session, member_id: int, conversation_id: int, now: datetime) -> None:
    """Somebody's request was accepted."""
    key = f"message-accepted:{conversation_id}:{now:%Y%m%d%H%M}"
    _tell(session, member_id, ACCEPTED, conversation_id, now, key)


def read(session: Session, member_id: int, conversation_id: int, now: datetime) -> int:
    """Whatever somebody was told about a conversation is read with it; how many notices that were."""
    return service.mark_read(session, member_id=member_id, now=now, url=page_of(conversation_id))


def page_of(conversation_id: int) -> str:
    """The path of a conversation."""
    return url_for("messages.show", number=conversation_id)


def _tell(session: Session, member_id: int, kind: str, conversation_id: int, now: datetime, key: str) -> None:
    service.tell(session, member_ids=[member_id], kind=kind, values={}, url=page_of(conversation_id), now=now, key=key)
