"""Reads for the page of letters and for the doctor."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from academy.mail.models import FAILED, SENT, WAITING, Letter

PAGE = 50
_HEADS = select(
    Letter.id, Letter.to_email, Letter.subject, Letter.state, Letter.tries, Letter.created_at, Letter.error
).order_by(Letter.id.desc())


def letters_before(session: Session, before: int | None) -> Sequence[Row[int, str, str, str, int, datetime, str]]:
    """The newest letters older than number `before`, one more than fits on a page if there are more."""
    older = _HEADS if before is None else _HEADS.where(Letter.id < before)
    return session.execute(older.limit(PAGE + 1)).all()


def letter(session: Session, number: int) -> Letter | None:
    """The letter with this number."""
    return session.get(Letter, number)


def any_failed(session: Session) -> bool:
    """Whether some letter was given up."""
    return bool(session.scalar(select(exists().where(Letter.state == FAILED))))


def any_waiting_since(session: Session, moment: datetime) -> bool:
    """Whether some letter has waited since before this moment."""
    return bool(session.scalar(select(exists().where(Letter.state == WAITING, Letter.created_at < moment))))


def latest_trouble(session: Session, now: datetime) -> str:
    """What went wrong with a letter that was tried lately and has not left; '' when all is well."""
    stuck = select(Letter.error).where(Letter.state != SENT, Letter.error != "", Letter.next_try_at > now)
    return session.scalar(stuck.order_by(Letter.next_try_at, Letter.id.desc()).limit(1)) or ""
