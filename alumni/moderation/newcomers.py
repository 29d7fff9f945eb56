"""Newcomers: those whose first contributions are looked at before others see them, and who have tighter limits."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from alumni.moderation import queries, rules
from alumni.moderation.queries import Trust


def is_newcomer(session: Session, member_id: int, now: datetime) -> bool:
    """Whether somebody is new here (or was warned lately); staff never are (one query)."""
    return member_id in newcomers_among(session, [member_id], now)


def newcomers_among(session: Session, member_ids: Collection[int], now: datetime) -> set[int]:
    """Those of these members who are new here; whoever is unknown is new."""
    trust = queries.trust_of(session, member_ids)
    old = {member_id for member_id, each in trust.items() if not is_new(each, now)}
    return set(member_ids) - old


def is_new(trust: Trust, now: datetime) -> bool:
    """Whether somebody of whom this is known is new here."""
    known = rules.is_newcomer(since=trust.since, accepted=trust.accepted, measured_at=trust.measured_at, now=now)
    return known and not trust.is_staff
