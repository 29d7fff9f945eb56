"""Groups as moderators know them: what can be reported, and closed."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.groups import queries
from alumni.groups.models import Group, State
from alumni.groups.telling import LIST
from alumni.moderation.subjects import HIDE, Act, Subject
from alumni.profiles.viewers import is_of_the_network

KIND = "group"
LONGEST = 2000


def _may_report(session: Session, actor: Actor, number: int) -> bool:
    return is_of_the_network(actor) and bool(queries.seen_among(session, actor.id, [number]))


def _page(session: Session, number: int) -> str:
    group = session.get(Group, number)
    return f"{LIST}{group.key}" if group else ""


def _excerpt(session: Session, number: int) -> str:
    group = session.get(Group, number)
    return "\n\n".join(filter(None, (group.name, group.description, group.rules)))[:LONGEST] if group else ""


def _owner(session: Session, number: int) -> int | None:
    conveners = queries.conveners_of(session, number)
    return conveners[0] if conveners else None


def _close(session: Session, number: int, now: datetime) -> None:
    group = update(Group).where(Group.id == number, Group.state.in_((State.OPEN, State.ARCHIVED)))
    session.execute(group.values(state=State.ARCHIVED, closed_at=now))


def _open(session: Session, number: int, _now: datetime) -> None:
    group = update(Group).where(Group.id == number, Group.closed_at.is_not(None))
    session.execute(group.values(state=State.OPEN, closed_at=None))


GROUP = Subject(KIND, _l("A group"), _may_report, _page, _excerpt, _owner, {HIDE: Act(_close, _open)})
