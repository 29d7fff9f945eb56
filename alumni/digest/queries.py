"""Reads of the digest: what somebody chose, whose letter is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from academy.people.actor import ADMIN, MODERATOR, Actor, Role
from academy.people.models import ACTIVE, Member, RoleGrant
from alumni.digest.models import DigestChoice

SLICE = 20


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose letter is due, as they are when it is written."""

    choice: DigestChoice
    member: Member
    actor: Actor
    is_of_the_network: bool


def choice_of(session: Session, member_id: int) -> DigestChoice | None:
    """How a member wants the letter; None as long as they did not say."""
    return session.get(DigestChoice, member_id)


def due(session: Session, now: datetime, after: tuple[datetime, int] | None) -> Sequence[Due]:
    """The next few whose letter is due, those who wait longest first."""
    keeps = exists().where(RoleGrant.member_id == Member.id, RoleGrant.role.in_((MODERATOR, ADMIN)))
    waiting = (
        select(DigestChoice, Member, keeps.label("keeps"))
        .join(Member, Member.id == DigestChoice.member_id)
        .where(DigestChoice.next_at <= now)
        .order_by(DigestChoice.next_at, DigestChoice.member_id)
    )
    if after is not None:
        at, number = after
        later = (DigestChoice.next_at == at) & (DigestChoice.member_id > number)
        waiting = waiting.where((DigestChoice.next_at > at) | later)
    return [_due(row.DigestChoice, row.Member, row.keeps) for row in session.execute(waiting.limit(SLICE))]


def _due(choice: DigestChoice, member: Member, keeps: bool) -> Due:
    is_alumnus = member.alumnus_since is not None
    roles = frozenset({Role(MODERATOR)}) if keeps else frozenset()
    actor = Actor(
        member.id, member.display_name, member.language, time_zone=member.time_zone, roles=roles, is_alumnus=is_alumnus
    )
    return Due(choice, member, actor, member.state == ACTIVE and (is_alumnus or keeps))
