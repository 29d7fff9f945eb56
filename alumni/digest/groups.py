"""New groups in the open; hidden ones are told of nowhere."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from alumni.digest.pieces import MOST_LINES, Line, Piece, Reader
from alumni.groups.models import Entry, Group, GroupMember, State


def _lines(session: Session, reader: Reader) -> Sequence[Line]:
    mine = exists().where(GroupMember.group_id == Group.id, GroupMember.member_id == reader.actor.id)
    new = select(Group.name, Group.key, Group.for_whom).where(
        Group.state == State.OPEN, Group.entry != Entry.HIDDEN, Group.decided_at > reader.since, ~mine
    )
    rows = session.execute(new.order_by(Group.decided_at.desc()).limit(MOST_LINES))
    return [Line(row.name, f"/alumni/groups/{row.key}", row.for_whom) for row in rows]


GROUPS = Piece(_l("New groups"), 40, "/alumni/groups/", _lines)
