"""Take a piece of work, so that nobody else marks it meanwhile; keep comments for later use."""

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from courses.marking.models import Claim, SavedComment
from courses.marking.queries import CLAIM_LASTS, Desk, Waiting, Wanted, waiting


def take(session: Session, *, feature: str, item_id: int, member_id: int, now: datetime, over: bool = False) -> bool:
    """Note that this member marks it now; False when somebody else does, unless it is taken `over` from them."""
    here = (Claim.feature == feature, Claim.item_id == item_id)
    free = or_(Claim.member_id == member_id, Claim.claimed_at <= now - CLAIM_LASTS)
    mine = update(Claim).where(*here, *(() if over else (free,))).values(member_id=member_id, claimed_at=now)
    if session.scalar(mine.returning(Claim.item_id).execution_options(synchronize_session=False)) is not None:
        return True
    if session.scalar(select(Claim.item_id).where(*here)) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(Claim(feature=feature, item_id=item_id, member_id=member_id, claimed_at=now))
    except IntegrityError:
        return False  # somebody was quicker
    return True


def release(session: Session, *, feature: str, item_id: int) -> None:
    """Nobody is at this piece of work any more."""
    session.execute(delete(Claim).where(Claim.feature == feature, Claim.item_id == item_id))


def take_next(session: Session, desk: Desk, *, wanted: Wanted, now: datetime) -> Waiting | None:
    """Take the oldest piece of work that nobody else is at; None when there is none."""
    for row in waiting(session, desk, now=now, wanted=wanted):
        if row.claimed_by in {None, desk.member_id} and take(
            session, feature=row.feature, item_id=row.id, member_id=desk.member_id, now=now
        ):
            return row
    return None


def keep_comment(session: Session, *, course_slug: str, text: str, by: int, now: datetime) -> None:
    """Keep a comment for other works of this course; the same words are kept once."""
    twin = select(SavedComment.id).where(SavedComment.course_slug == course_slug, SavedComment.text == text)
    if session.scalar(twin.limit(1)) is None:
        session.add(SavedComment(course_slug=course_slug, text=text, made_by=by, made_at=now))


def forget(session: Session, member_id: int) -> None:
    """Erase what a member kept and where they are at work."""
    session.execute(delete(Claim).where(Claim.member_id == member_id))
    session.execute(delete(SavedComment).where(SavedComment.made_by == member_id))
