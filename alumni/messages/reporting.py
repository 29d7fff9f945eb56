"""A message as something that can be reported: by whom it was written to, and what moderators see and do."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.messages import queries
from alumni.moderation import queries as cases
from alumni.moderation import rules as moderation
from alumni.moderation.models import REPORTED
from alumni.moderation.subjects import REMOVE, Act, Subject, add_subject

KIND = "message"
LABEL = _l("A message (moderators will read it, with up to ten messages before and after it)")


def init_app() -> None:
    """Let messages be reported."""
    add_subject(Subject(KIND, LABEL, _may_report, _page, _excerpt, _owner, {REMOVE: Act(_remove, _put_back)}))


def may_look(session: Session, actor: Actor, message_id: int) -> bool:
    """Whether a moderator may read around a message: it was reported, they took the case, and it is not their own."""
    case = cases.open_case(session, KIND, message_id, REPORTED)
    if case is None or not actor.is_moderator or case.claimed_by != actor.id:
        return False
    reporters = cases.reporters_of(session, case.id)
    return moderation.may_handle(actor_id=actor.id, owner_id=case.owner_id, reporters=reporters)


def _may_report(session: Session, actor: Actor, number: int) -> bool:
    message = queries.message_for(session, actor.id, number)
    return message is not None and message.author_id not in {None, actor.id} and message.deleted_at is None


def _page(session: Session, number: int) -> str:
    return url_for("messages.one", number=number) if queries.message(session, number) is not None else ""


def _excerpt(session: Session, number: int) -> str:
    message = queries.message(session, number)
    return message.text if message is not None else ""


def _owner(session: Session, number: int) -> int | None:
    message = queries.message(session, number)
    return message.author_id if message is not None else None


def _remove(session: Session, number: int, now: datetime) -> None:
    message = queries.message(session, number)
    if message is not None and message.removed_at is None:
        message.removed_at = now


def _put_back(session: Session, number: int, now: datetime) -> None:
    del now
    message = queries.message(session, number)
    if message is not None:
        message.removed_at = None
