"""Who looks after a group: handing over, stepping down, offering, being appointed."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.people.actor import Actor
from alumni.groups import people_queries, queries
from alumni.groups.log import note
from alumni.groups.models import Group, GroupMember
from alumni.groups.refusals import DecidedAlready, LastConvener, TooManyConveners
from alumni.groups.rules import MOST_CONVENERS
from alumni.groups.telling import about


def make(session: Session, *, group: Group, membership: GroupMember, by: Actor, now: datetime) -> None:
    """Let another member look after the group too."""
    if membership.is_convener:
        return
    if len(queries.conveners_of(session, group.id)) >= MOST_CONVENERS:
        raise TooManyConveners
    _make(session, group, membership, now)
    note(session, group=group, by=by, action="group.convener", now=now, member_id=membership.member_id)


def _make(session: Session, group: Group, membership: GroupMember, now: datetime) -> None:
    membership.is_convener, membership.offers_since = True, None
    session.flush()
    about(session, group=group, what="convener", to=[membership.member_id], now=now)


def relieve(session: Session, *, group: Group, membership: GroupMember, reason: str, by: Actor, now: datetime) -> None:
    """Let another convener look after the group no longer; they stay in it and are told why, not by whom.

    Raises DecidedAlready when they look after it no longer, LastConvener when nobody else is there.
    """
    if not membership.is_convener:
        raise DecidedAlready
    if not [each for each in queries.conveners_of(session, group.id) if each != membership.member_id]:
        raise LastConvener
    membership.is_convener = False
    session.flush()
    note(session, group=group, by=by, action="group.relieved", now=now, member_id=membership.member_id)
    about(session, group=group, what="relieved", to=[membership.member_id], now=now, words=reason)


def step_down(session: Session, *, group: Group, member_id: int) -> None:
    """Look after the group no longer, but stay in it; raise LastConvener."""
    others = [each for each in queries.conveners_of(session, group.id) if each != member_id]
    if not others:
        raise LastConvener
    mine = people_queries.membership_of(session, group.id, member_id)
    if mine is not None:
        mine.is_convener = False
        session.flush()


def offer(session: Session, *, group: Group, member_id: int, now: datetime) -> None:
    """Say that one is ready to look after a group nobody looks after."""
    if queries.conveners_of(session, group.id):
        raise DecidedAlready
    mine = people_queries.membership_of(session, group.id, member_id)
    if mine is not None and mine.offers_since is None:
        mine.offers_since = now
        session.flush()


def appoint(session: Session, *, group: Group, number: int, by: Actor, now: datetime) -> None:
    """Give a group that nobody looks after to a member who offered to; raise DecidedAlready."""
    membership = people_queries.membership(session, group.id, number)
    if membership is None or membership.offers_since is None or queries.conveners_of(session, group.id):
        raise DecidedAlready
    _make(session, group, membership, now)
    record(session, actor=by, action="group.appointed", now=now, subject=f"group:{group.id}")
    theirs = update(GroupMember).where(GroupMember.group_id == group.id)
    session.execute(theirs.values(offers_since=None))
