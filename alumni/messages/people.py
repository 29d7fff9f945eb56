"""Who may write to whom first, and who of two writes as staff."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.people import queries as people
from academy.people.actor import ADMIN, MODERATOR, OWNER, TRAINER, Actor, Role
from academy.people.models import ACTIVE, Member, Minor
from alumni.audiences import Audience
from alumni.blocks.models import Block
from alumni.messages.models import MessageChoice
from alumni.messages.rules import USUAL_CHOICE
from alumni.profiles.models import Profile
from alumni.profiles.viewers import Viewer, distance, sees
from courses import facts

RANKS: dict[str, Text] = {
    ADMIN: _l("runs the academy"),
    MODERATOR: _l("moderator"),
    TRAINER: _l("trainer of your course"),
}


def are_apart(one: ColumnElement[int] | int, other: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether either of two keeps the other away, as a part of a larger query."""
    block = aliased(Block)
    there = (block.member_id == one) & (block.blocked_id == other)
    back = (block.member_id == other) & (block.blocked_id == one)
    return exists().where(or_(there, back))


def is_minor(*member_ids: ColumnElement[int] | int) -> ColumnElement[bool]:
    """Whether any of these is not of age, as a part of a larger query."""
    minor = aliased(Minor)
    return exists().where(minor.member_id.in_(member_ids))


def writable(session: Session, viewer: Viewer, member_ids: Collection[int]) -> set[int]:
    """Those of these members to whom the viewer, as a member like any other, may send a request (one query).

    The viewer sees their name, they let such people write, nobody keeps the other away, and both are of age.
    """
    if viewer.member_id is None:
        return set()
    away, who = distance(viewer), func.coalesce(MessageChoice.who, int(USUAL_CHOICE))
    found = (
        select(Profile.member_id)
        .join(Member, Member.id == Profile.member_id)
        .outerjoin(MessageChoice, MessageChoice.member_id == Profile.member_id)
        .where(
            Profile.member_id.in_(member_ids),
            sees(viewer),
            away > int(Audience.ME),
            away <= who,
            ~are_apart(viewer.member_id, Profile.member_id.expression),
            ~is_minor(viewer.member_id, Profile.member_id.expression),
        )
    )
    return set(session.scalars(found))


def may_write(session: Session, actor: Actor, viewer: Viewer, member_id: int) -> bool:
    """Whether somebody may write first to this member, as staff or as a member."""
    return bool(reaches_as_staff(session, actor, member_id)) or bool(writable(session, viewer, [member_id]))


def reaches_as_staff(session: Session, actor: Actor, member_id: int) -> str:
    """The rank in which somebody may write to this member without asking; '' if in none."""
    if actor.id == member_id or not actor.is_staff:
        return ""
    rank = _rank(session, actor.roles, member_id)
    return rank if rank and _is_reachable(session, actor.id, member_id) else ""


def rank_of(session: Session, member_id: int, towards: int) -> str:
    """The rank that somebody has towards another: admin, moderator, trainer of a course of theirs, or ''."""
    grants = people.roles_of(session, [member_id]).get(member_id, [])
    return _rank(session, frozenset(Role(each.role, each.scope) for each in grants), towards)


def _rank(session: Session, roles: frozenset[Role], towards: int) -> str:
    if Role(ADMIN) in roles:
        return ADMIN
    if Role(MODERATOR) in roles:
        return MODERATOR
    scopes = {role.scope for role in roles if role.name in {OWNER, TRAINER}}
    if not scopes:
        return ""
    theirs = facts.courses_of(session, towards)
    teaches = bool(theirs) and ("" in scopes or any(f"course:{slug}" in scopes for slug in theirs))
    return TRAINER if teaches else ""


def _is_reachable(session: Session, actor_id: int, member_id: int) -> bool:
    there = select(Member.id).where(Member.id == member_id, Member.state == ACTIVE)
    return session.scalar(there.where(~are_apart(actor_id, Member.id.expression))) is not None
