"""Reads of blocks."""

from collections.abc import Collection, Sequence

from sqlalchemy import BindParameter, Select, or_, select
from sqlalchemy.orm import Session

from alumni.blocks.models import Block

PAGE = 20


def blockers_of(member_id: int | BindParameter[int]) -> Select[int]:
    """The numbers of those who keep this member away, as a part of a larger query."""
    return select(Block.member_id).where(Block.blocked_id == member_id)


def blocked_by(session: Session, member_id: int) -> Sequence[Block]:
    """Whom a member keeps away, the latest first."""
    theirs = select(Block).where(Block.member_id == member_id)
    return session.scalars(theirs.order_by(Block.since.desc(), Block.blocked_id)).all()


def blocked_page(session: Session, member_id: int, after: int | None = None) -> Sequence[Block]:
    """A page of them and one more, after the one who keeps this number."""
    theirs = select(Block).where(Block.member_id == member_id)
    last = session.get(Block, (member_id, after)) if after is not None else None
    if last is not None:
        same = (Block.since == last.since) & (Block.blocked_id > last.blocked_id)
        theirs = theirs.where(or_(Block.since < last.since, same))
    return session.scalars(theirs.order_by(Block.since.desc(), Block.blocked_id).limit(PAGE + 1)).all()


def numbers_of(session: Session, member_id: int) -> Sequence[int]:
    """The numbers of all whom a member keeps away."""
    return session.scalars(blocked_of(member_id)).all()


def apart_from(session: Session, member_id: int, others: Collection[int]) -> set[int]:
    """Those of `others` who keep this member away, or are kept away by them."""
    mine = Block.member_id == member_id, Block.blocked_id.in_(others)
    theirs = Block.blocked_id == member_id, Block.member_id.in_(others)
    rows = session.execute(
        select(Block.member_id, Block.blocked_id).where(or_((mine[0] & mine[1]), theirs[0] & theirs[1]))
    )
    return {each for row in rows for each in row} - {member_id}


def blocked_of(member_id: int | BindParameter[int]) -> Select[int]:
    """The numbers of those whom this member keeps away, as a part of a larger query."""
    return select(Block.blocked_id).where(Block.member_id == member_id)
