"""Join, ask, leave, and what conveners decide about people."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.people.actor import Actor
from alumni.groups import hosting, people_queries, queries
from alumni.groups.log import note
from alumni.groups.models import Entry, Group, GroupBan, GroupInvitation, GroupMember, GroupRequest, State
from alumni.groups.refusals import (
    DecidedAlready,
    LastConvener,
    NotAConvener,
    NotInvited,
    PutAway,
    ShownOut,
)
from alumni.groups.rules import Standing
from alumni.groups.telling import LIST, about

# Whoever calls has locked the row of the group (`queries.group(…, lock=True)`): acts in one group follow each other.


def join(
    session: Session, *, group: Group, standing: Standing, member_id: int, shown: bool, sentence: str, now: datetime
) -> bool:
    """Let somebody in, or let them ask; says whether they are in now. To do it twice changes nothing."""
    if group.state != State.OPEN:
        raise PutAway
    if standing.banned:
        raise ShownOut
    if standing.is_in:
        return True
    if group.entry == Entry.OPEN or standing.invited:
        let_in(session, group=group, member_id=member_id, shown=shown, now=now)
        return True
    if group.entry == Entry.HIDDEN:
        raise NotInvited
    _ask(session, group=group, member_id=member_id, shown=shown, sentence=sentence, now=now)
    return False


def _ask(session: Session, *, group: Group, member_id: int, shown: bool, sentence: str, now: datetime) -> None:
    new = insert_into(GroupRequest, session.get_bind()).values(
        group_id=group.id, member_id=member_id, sentence=sentence, shown=shown, asked_at=now
    )
    if session.execute(new.on_conflict_do_nothing().returning(GroupRequest.id)).first() is not None:
        to = queries.conveners_of(session, group.id)
        about(session, group=group, what="asked", to=to, now=now, url=f"{LIST}{group.key}/requests")


def let_in(
    session: Session, *, group: Group, member_id: int, shown: bool, now: datetime, is_convener: bool = False
) -> None:
    """Make somebody a member; what they asked or were asked is settled by it."""
    new = insert_into(GroupMember, session.get_bind()).values(
        group_id=group.id, member_id=member_id, shown=shown, is_convener=is_convener, joined_at=now
    )
    if session.execute(new.on_conflict_do_nothing().returning(GroupMember.id)).first() is not None:
        group.people += 1
    for table in (GroupRequest, GroupInvitation):
        session.execute(delete(table).where(table.group_id == group.id, table.member_id == member_id))
    session.flush()


def withdraw_request(session: Session, *, group: Group, member_id: int) -> None:
    """Ask no longer."""
    mine = (GroupRequest.group_id == group.id, GroupRequest.member_id == member_id)
    session.execute(delete(GroupRequest).where(*mine))


def decide(session: Session, *, group: Group, number: int, accept: bool, words: str, now: datetime) -> None:
    """Answer a request; raise DecidedAlready when another convener was faster or it was taken back."""
    if accept and group.state != State.OPEN:
        raise PutAway
    gone = delete(GroupRequest).where(GroupRequest.group_id == group.id, GroupRequest.id == number)
    asked = session.execute(gone.returning(GroupRequest.member_id, GroupRequest.shown)).first()
    if asked is None:
        raise DecidedAlready
    if accept:
        let_in(session, group=group, member_id=asked.member_id, shown=asked.shown, now=now)
    what, url = ("accepted", "") if accept else ("refused", LIST)
    about(session, group=group, what=what, to=[asked.member_id], now=now, words=words, url=url)


def show(session: Session, *, group: Group, member_id: int, shown: bool) -> None:
    """Let fellow members see somebody in this group, or no longer."""
    mine = update(GroupMember).where(GroupMember.group_id == group.id, GroupMember.member_id == member_id)
    session.execute(mine.values(shown=shown))


def leave(session: Session, *, group: Group, member_id: int, alone: bool, now: datetime) -> None:
    """Go; a group without anybody is put away.

    Raises LastConvener when nobody would look after those who stay, unless `alone` says that it may be so.
    """
    mine = people_queries.membership_of(session, group.id, member_id)
    if mine is None:
        return
    looked_after = mine.is_convener
    others = [each for each in queries.conveners_of(session, group.id) if each != member_id]
    if looked_after and not others and group.people > 1 and not alone:
        raise LastConvener
    _take_out(session, group, mine)
    hosting.leave_events(session, group=group, member_id=member_id, also_held=False, now=now)
    if looked_after and not others and group.state == State.OPEN:
        about(session, group=group, what="alone", to=people_queries.all_of(session, group.id), now=now)


def _take_out(session: Session, group: Group, membership: GroupMember) -> None:
    session.delete(membership)
    group.people = max(0, group.people - 1)
    if group.people == 0 and group.state == State.OPEN:
        group.state = State.ARCHIVED
    session.flush()


def remove(
    session: Session, *, group: Group, membership: GroupMember, reason: str, ban: bool, by: Actor, now: datetime
) -> None:
    """Take somebody out, with a reason that they are told; with `ban` they cannot come back."""
    if membership.is_convener:
        raise NotAConvener
    member_id = membership.member_id
    _take_out(session, group, membership)
    hosting.leave_events(session, group=group, member_id=member_id, also_held=True, now=now)
    if ban:
        new = insert_into(GroupBan, session.get_bind()).values(
            group_id=group.id, member_id=member_id, reason=reason, since=now
        )
        session.execute(new.on_conflict_do_nothing())
    action = "group.banned" if ban else "group.removed"
    note(session, group=group, by=by, action=action, now=now, member_id=member_id)
    about(session, group=group, what="removed", to=[member_id], now=now, words=reason, url=LIST)


def lift(session: Session, *, group: Group, number: int, by: Actor, now: datetime) -> None:
    """Let somebody come back who was shown out."""
    gone = delete(GroupBan).where(GroupBan.group_id == group.id, GroupBan.id == number).returning(GroupBan.member_id)
    row = session.execute(gone).first()
    if row is not None:
        note(session, group=group, by=by, action="group.lifted", now=now, member_id=row.member_id)
