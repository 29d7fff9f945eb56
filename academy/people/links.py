"""Links by mail: 256 bits, kept as a hash, for one purpose, once, for a while."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.people.models import MailedLink
from academy.people.presence import hash_of

CONFIRM, RESET, INVITATION, NEW_ADDRESS, SECOND_STEP = "confirm", "reset", "invitation", "new-address", "second-step"
LIVES = {
    CONFIRM: timedelta(days=7),
    RESET: timedelta(minutes=60),
    INVITATION: timedelta(days=7),
    NEW_ADDRESS: timedelta(hours=24),
    SECOND_STEP: timedelta(minutes=10),
}


class LinkGone(DomainError):
    """The link was never sent, is used, is too old, or is for something else."""

    status = 404
    sentence = _l("This link does not work any more: it was used already, or it is too old. Please ask for a new one.")


def issue(session: Session, *, member_id: int, purpose: str, now: datetime, payload: str = "") -> str:
    """Make a link; returns the secret that goes into the letter."""
    token = secrets.token_urlsafe(32)
    session.add(
        MailedLink(
            token_hash=hash_of(token),
            member_id=member_id,
            purpose=purpose,
            payload=payload,
            created_at=now,
            expires_at=now + LIVES[purpose],
        )
    )
    session.flush()
    return token


def look_up(session: Session, *, token: str, purposes: Collection[str], now: datetime) -> MailedLink:
    """The link, still unused; raises LinkGone."""
    link = session.scalar(
        select(MailedLink).where(
            MailedLink.token_hash == hash_of(token),
            MailedLink.purpose.in_(purposes),
            MailedLink.used_at.is_(None),
            MailedLink.expires_at > now,
        )
    )
    if link is None:
        raise LinkGone
    return link


def use(session: Session, *, token: str, purposes: Collection[str], now: datetime) -> MailedLink:
    """Use the link up; of two who try at once one gets LinkGone."""
    link = look_up(session, token=token, purposes=purposes, now=now)
    mine = update(MailedLink).where(MailedLink.id == link.id, MailedLink.used_at.is_(None)).values(used_at=now)
    used = session.execute(mine.returning(MailedLink.id)).first()
    if used is None:
        raise LinkGone
    return link


def void(session: Session, *, member_id: int, purposes: Collection[str], now: datetime) -> None:
    """Let links that are still on their way open nothing."""
    session.execute(
        update(MailedLink)
        .where(MailedLink.member_id == member_id, MailedLink.purpose.in_(purposes), MailedLink.used_at.is_(None))
        .values(used_at=now)
    )
