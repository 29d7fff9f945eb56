"""Newcomers: those whose first contributions are looked at before others see them, and who have tighter limits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from alumni.moderation import queries, rules


def is_newcomer(session: Session, member_id: int, now: datetime) -> bool:
    """Whether somebody is new here (or was warned lately); staff never are (one query)."""
    return member_id in newcomers_among(session, [member_id], now)


def newcomers_among(session: Session, member_ids: Collection[int], now: datetime) -> set[int]:
    """Those of these members who are new here; whoever is unknown is new."""
    trust = queries.trust_of(session, member_ids)
    old = {
        member_id
        for member_id, each in trust.items()
        if each.is_staff
        or not rules.is_newcomer(since=each.since, accepted=each.accepted, measured_at=each.measured_at, now=now)
    }
    return set(member_ids) - old
