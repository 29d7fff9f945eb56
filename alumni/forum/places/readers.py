"""Who is in a circle now: what `asking.may_read` decides for one who asks, decided for many at once."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import Session

from academy.people.actor import ADMIN, COURSE_ROLES, MODERATOR
from academy.people.models import ACTIVE, Member, RoleGrant
from alumni.forum.places import circles
from alumni.graduates import queries as graduates
from alumni.groups import people_queries as groups
from courses import facts


def is_in(circle: str) -> ColumnElement[bool]:
    """Members who may read places of this circle at this moment; for queries over Member."""
    return (Member.state == ACTIVE) & _belongs(circle)


def readers_among(session: Session, circle: str, member_ids: Collection[int]) -> set[int]:
    """Those of these members who may read places of this circle at this moment (one query)."""
    return set(session.scalars(select(Member.id).where(Member.id.in_(member_ids), is_in(circle))))


def _belongs(circle: str) -> ColumnElement[bool]:
    kind, key = circles.parted(circle)
    if kind == circles.COURSE:
        return or_(Member.id.in_(facts.learners_of(key)), Member.id.in_(_serving(circle)), _keeps_order())
    if kind == circles.COHORT:
        return Member.id.in_(graduates.members_of([key])) if key else false()
    if kind == circles.GROUP:
        return Member.id.in_(groups.members_in(int(key))) if key.isdecimal() else false()
    return _by_standing().get(circle, false())


def _by_standing() -> dict[str, ColumnElement[bool]]:
    trains = select(RoleGrant.member_id).where(RoleGrant.role.in_(COURSE_ROLES))
    return {
        circles.EVERYONE: true(),
        circles.MEMBERS: true(),
        circles.ALUMNI: or_(Member.alumnus_since.is_not(None), _keeps_order()),
        circles.TRAINERS: or_(Member.id.in_(trains), _keeps_order()),
        circles.STAFF: _keeps_order(),
    }


def _serving(circle: str) -> Select[int]:
    """Those who hold a role whose scope is this circle: both are written alike."""
    return select(RoleGrant.member_id).where(RoleGrant.scope == circle)


def _keeps_order() -> ColumnElement[bool]:
    keep = RoleGrant.role.in_((MODERATOR, ADMIN)), RoleGrant.scope == ""
    return Member.id.in_(select(RoleGrant.member_id).where(*keep))
