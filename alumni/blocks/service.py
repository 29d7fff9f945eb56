"""Keep somebody away, and let them near again."""

from datetime import datetime

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from alumni.blocks.models import Block


def block(session: Session, *, member_id: int, other_id: int, now: datetime) -> None:
    """Keep another member away; to do it twice changes nothing."""
    new = insert_into(Block, session.get_bind()).values(member_id=member_id, blocked_id=other_id, since=now)
    session.execute(new.on_conflict_do_nothing())


def unblock(session: Session, *, member_id: int, other_id: int) -> None:
    """Let somebody near again."""
    session.execute(delete(Block).where(Block.member_id == member_id, Block.blocked_id == other_id))


def forget(session: Session, member_id: int) -> None:
    """Erase whom a member kept away, and who kept them away."""
    session.execute(delete(Block).where(or_(Block.member_id == member_id, Block.blocked_id == member_id)))
