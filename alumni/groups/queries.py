"""Reads of groups: one group, what somebody is to it, the list, what waits."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Exists, exists, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from academy.people.actor import ADMIN, MODERATOR
from academy.people.models import ACTIVE, Member, RoleGrant
from alumni.groups.models import (
    Entry,
    Group,
    GroupBan,
    GroupInvitation,
    GroupLanguage,
    GroupMember,
    GroupNote,
    GroupRequest,
    State,
)
from alumni.groups.rules import Standing

PAGE = 20


def group(session: Session, key: str, *, lock: bool = False) -> Group | None:
    """The group with this key; with `lock` nobody else changes anything in it until the transaction ends."""
    wanted = select(Group).where(Group.key == key)
    return session.scalar(wanted.with_for_update().execution_options(populate_existing=True) if lock else wanted)


def standing(session: Session, found: Group, member_id: int) -> Standing:
    """What somebody is to a group (one query)."""
    mine = (GroupMember.group_id == Group.id) & (GroupMember.member_id == member_id)
    invited = GroupInvitation.declined_at.is_(None)
    row = session.execute(
        select(
            GroupMember.id,
            GroupMember.is_convener,
            GroupMember.shown,
            GroupMember.offers_since,
            _theirs(GroupRequest, member_id).label("asked"),
            _theirs(GroupInvitation, member_id, invited).label("invited"),
            _theirs(GroupBan, member_id).label("banned"),
        )
        .select_from(Group)
        .outerjoin(GroupMember, mine)
        .where(Group.id == found.id)
    ).one()
    return Standing(
        is_in=row.id is not None,
        convenes=bool(row.is_convener),
        shown=bool(row.shown),
        offers=row.offers_since is not None,
        asked=row.asked,
        invited=row.invited,
        banned=row.banned,
        proposed=found.proposed_by == member_id,
    )


def _theirs(
    table: type[GroupRequest | GroupInvitation | GroupBan], member_id: int, *more: ColumnElement[bool]
) -> Exists:
    return exists().where(table.group_id == Group.id, table.member_id == member_id, *more)


def sees_it(member_id: int) -> ColumnElement[bool]:
    """Groups that somebody of the network may see; the same as `rules.may_see`, for lists."""
    theirs = exists().where(GroupMember.group_id == Group.id, GroupMember.member_id == member_id)
    invited = _theirs(GroupInvitation, member_id, GroupInvitation.declined_at.is_(None)) & (Group.state == State.OPEN)
    stands = Group.state.in_((State.OPEN, State.ARCHIVED))
    own = Group.state.in_((State.PROPOSED, State.DECLINED)) & (Group.proposed_by == member_id)
    return or_(own, stands & or_(Group.entry != Entry.HIDDEN, theirs, invited))


def seen_among(session: Session, member_id: int, numbers: Collection[int]) -> set[int]:
    """Those of these groups that somebody of the network may see."""
    return set(session.scalars(select(Group.id).where(Group.id.in_(numbers), sees_it(member_id))))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed by."""

    kind: str = ""
    language: str = ""
    archived: bool = False


def listed(session: Session, wanted: Wanted, after: tuple[str, int] | None) -> Sequence[Group]:
    """Groups in the open by name, one more than fits on a page if there are more; hidden ones stand in no list."""
    state = State.ARCHIVED if wanted.archived else State.OPEN
    some = select(Group).where(Group.state == state, Group.entry != Entry.HIDDEN, Group.people > 0)
    if wanted.kind:
        some = some.where(Group.kind == wanted.kind)
    if wanted.language:
        spoken = exists().where(GroupLanguage.group_id == Group.id, GroupLanguage.code == wanted.language)
        some = some.where(spoken)
    if after is not None:
        some = some.where(tuple_(Group.name_key, Group.id) > after)
    return session.scalars(some.order_by(Group.name_key, Group.id).limit(PAGE + 1)).all()


def groups_of(session: Session, member_id: int, after: Group | None = None) -> Sequence[Group]:
    """A page of the groups somebody is in and one more, those put away last; after one of them."""
    theirs = select(Group).join(GroupMember, GroupMember.group_id == Group.id).where(GroupMember.member_id == member_id)
    if after is not None:
        further = tuple_(Group.name_key, Group.id) > tuple_(literal(after.name_key), literal(after.id))
        theirs = theirs.where(or_(Group.state < after.state, (Group.state == after.state) & further))
    order = (Group.state.desc(), Group.name_key, Group.id)
    return session.scalars(theirs.order_by(*order).limit(PAGE + 1)).all()


def waiting_for(session: Session, member_id: int) -> list[tuple[Group, str]]:
    """Groups in which something of somebody's waits, and what: `invited`, `asked` or `proposed`."""
    invited = (
        select(Group, literal("invited").label("what"))
        .join(GroupInvitation, GroupInvitation.group_id == Group.id)
        .where(GroupInvitation.member_id == member_id, GroupInvitation.declined_at.is_(None), Group.state == State.OPEN)
    )
    asked = (
        select(Group, literal("asked").label("what"))
        .join(GroupRequest, GroupRequest.group_id == Group.id)
        .where(GroupRequest.member_id == member_id)
    )
    not_open = Group.state.in_((State.PROPOSED, State.DECLINED))
    proposed = select(Group, literal("proposed").label("what")).where(Group.proposed_by == member_id, not_open)
    found = [session.execute(some.order_by(Group.id).limit(PAGE)) for some in (invited, asked, proposed)]
    return [(row.Group, row.what) for rows in found for row in rows]


def languages_of(session: Session, numbers: Collection[int]) -> dict[int, list[str]]:
    """The codes of the languages spoken in each of these groups."""
    found: dict[int, list[str]] = defaultdict(list)
    theirs = select(GroupLanguage.group_id, GroupLanguage.code).where(GroupLanguage.group_id.in_(numbers))
    for row in session.execute(theirs.order_by(GroupLanguage.code)):
        found[row.group_id].append(row.code)
    return found


def is_there() -> ColumnElement[bool]:
    """Members who are of the network still; for queries that join Member."""
    keeps = exists().where(RoleGrant.member_id == Member.id, RoleGrant.role.in_((MODERATOR, ADMIN)))
    return (Member.state == ACTIVE) & or_(Member.alumnus_since.is_not(None), keeps)


def conveners_of(session: Session, group_id: int) -> list[int]:
    """The members who look after a group and are there still, the first one first."""
    theirs = select(GroupMember.member_id).join(Member, Member.id == GroupMember.member_id)
    mine = theirs.where(GroupMember.group_id == group_id, GroupMember.is_convener, is_there())
    return list(session.scalars(mine.order_by(GroupMember.id)))


def notes_of(session: Session, group_id: int) -> Sequence[GroupNote]:
    """What is pinned up in a group, the oldest first."""
    return session.scalars(select(GroupNote).where(GroupNote.group_id == group_id).order_by(GroupNote.id)).all()


def note(session: Session, group_id: int, number: int) -> GroupNote | None:
    """One of the pinned notes of a group."""
    return session.scalar(select(GroupNote).where(GroupNote.group_id == group_id, GroupNote.id == number))


def invitation_to(session: Session, group_id: int, member_id: int) -> GroupInvitation | None:
    """The invitation of somebody that waits for their answer."""
    theirs = select(GroupInvitation).where(
        GroupInvitation.group_id == group_id,
        GroupInvitation.member_id == member_id,
        GroupInvitation.declined_at.is_(None),
    )
    return session.scalar(theirs)


def waiting_proposals_of(session: Session, member_id: int) -> int:
    """How many proposals of somebody wait to be decided."""
    theirs = select(Group.id).where(Group.proposed_by == member_id, Group.state == State.PROPOSED)
    return len(session.scalars(theirs.limit(100)).all())


def all_there(session: Session) -> Sequence[Group]:
    """Every group that is open or put away, hidden ones too: for what the site keeps beside them, never to be shown."""
    return session.scalars(select(Group).where(Group.state.in_((State.OPEN, State.ARCHIVED)))).all()
