"""Reads for the pages of notices."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.notices.models import Notice, NoticeChoice

PAGE = 20
_OF_MEMBER = select(Notice).where(Notice.on_site).order_by(Notice.id.desc())


def notices_before(session: Session, member_id: int, before: int | None) -> Sequence[Notice]:
    """A member's newest notices older than number `before`, one more than fits on a page if there are more."""
    theirs = _OF_MEMBER.where(Notice.member_id == member_id)
    older = theirs if before is None else theirs.where(Notice.id < before)
    return session.scalars(older.limit(PAGE + 1)).all()


def newest_unread(session: Session, member_id: int, most: int) -> Sequence[Notice]:
    """The newest notices that a member has not read yet."""
    unread = _OF_MEMBER.where(Notice.member_id == member_id, Notice.read_at.is_(None))
    return session.scalars(unread.limit(most)).all()


def has_unread(session: Session, member_id: int, url: str) -> bool:
    """Whether a member has not read something that leads to this page."""
    unread = _OF_MEMBER.where(Notice.member_id == member_id, Notice.read_at.is_(None), Notice.url == url)
    return session.scalar(unread.with_only_columns(Notice.id).limit(1)) is not None


def notice_of(session: Session, member_id: int, number: int) -> Notice | None:
    """The notice with this number if it is theirs."""
    return session.scalar(_OF_MEMBER.where(Notice.member_id == member_id, Notice.id == number))


def choices_of(session: Session, member_id: int) -> dict[str, NoticeChoice]:
    """How a member chose to be told, by kind."""
    rows = session.scalars(select(NoticeChoice).where(NoticeChoice.member_id == member_id))
    return {row.kind: row for row in rows}


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """Everything kept about a member here, for their export."""
    notices = session.scalars(select(Notice).where(Notice.member_id == member_id).order_by(Notice.id))
    return {
        "notices": [
            {
                "kind": each.kind,
                "values": each.values,
                "times": each.times,
                "url": each.url,
                "created_at": each.created_at.isoformat(),
            }
            for each in notices
        ],
        "choices": {
            kind: {"on_site": choice.on_site, "mail": choice.mail}
            for kind, choice in choices_of(session, member_id).items()
        },
    }
