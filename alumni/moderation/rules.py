"""Who counts as a newcomer, and who may handle a case. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

NEW_FOR = timedelta(days=30)
ENOUGH = 3
BACK_FOR = timedelta(days=90)
CLAIM = timedelta(minutes=30)


def is_newcomer(*, since: datetime | None, accepted: int, measured_at: datetime | None, now: datetime) -> bool:
    """Whether what somebody sends in waits for a second look.

    Newcomers are those who have not belonged for thirty days, unless three of their contributions were accepted; and
    for ninety days again whoever was warned or silenced.
    """
    if measured_at is not None and now - measured_at < BACK_FOR:
        return True
    if since is None:
        return True
    return now - since < NEW_FOR and accepted < ENOUGH


def may_handle(*, actor_id: int, owner_id: int | None, reporters: Collection[int | None]) -> bool:
    """Whether a moderator may handle a case: never one about themselves, nor one that they reported."""
    return actor_id != owner_id and actor_id not in reporters
