"""Reads of blocks."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from alumni.blocks.models import Block


def blockers_of(member_id: int) -> Select[int]:
    """The numbers of those who keep this member away, as a part of a larger query."""
    return select(Block.member_id).where(Block.blocked_id == member_id)


def blocked_by(session: Session, member_id: int) -> Sequence[Block]:
    """Whom a member keeps away, the latest first."""
    theirs = select(Block).where(Block.member_id == member_id)
    return session.scalars(theirs.order_by(Block.since.desc(), Block.blocked_id)).all()


def apart_from(session: Session, member_id: int, others: Collection[int]) -> set[int]:
    """Those of `others` who keep this member away, or are kept away by them."""
    mine = Block.member_id == member_id, Block.blocked_id.in_(others)
    theirs = Block.blocked_id == member_id, Block.member_id.in_(others)
    rows = session.execute(
        select(Block.member_id, Block.blocked_id).where(or_((mine[0] & mine[1]), theirs[0] & theirs[1]))
    )
    return {each for row in rows for each in row} - {member_id}


def blocked_of(member_id: int) -> Select[int]:
    """The numbers of those whom this member keeps away, as a part of a larger query."""
    return select(Block.blocked_id).where(Block.member_id == member_id)
