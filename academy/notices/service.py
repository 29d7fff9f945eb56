"""Tell members something: on the site, and by letter as each of them chose."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, case, delete, select, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.jobs import pokes
from academy.notices.kinds import Kind, all_kinds
from academy.notices.models import DAILY, NEVER, Notice, NoticeChoice
from academy.notices.queries import choices_of
from academy.people.models import ACTIVE, Member

PUMP = "notices"
AT_MOST = 500
NOTICES = cast("Table", Notice.__table__)


def tell(
    session: Session,
    *,
    member_ids: Collection[int],
    kind: str,
    values: Mapping[str, object],
    url: str,
    now: datetime,
    key: str | None = None,
) -> None:
    """Tell these members; `url` is the path of the page it is about, `values` plain JSON for the kind's sentence.

    With a `key` a member is told once, however often this is called with it. Raises KeyError for an unknown kind.
    """
    known = all_kinds()[kind]
    common = {"key": key, "kind": kind, "values": dict(values), "url": url, "created_at": now}
    for some in _portions(sorted(set(member_ids))):
        rows = [{**common, **row} for row in _channels(session, known, some)]
        if rows:
            _raise_unread(session, _added(session, rows))
    pokes.after_commit(PUMP)


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + AT_MOST] for start in range(0, len(numbers), AT_MOST))


def _channels(session: Session, kind: Kind, member_ids: Sequence[int]) -> list[dict[str, Any]]:
    chosen = (NoticeChoice.member_id == Member.id) & (NoticeChoice.kind == kind.name)
    people = (
        select(Member.id, NoticeChoice.on_site, NoticeChoice.mail)
        .outerjoin(NoticeChoice, chosen)
        .where(Member.id.in_(member_ids), Member.state == ACTIVE)
    )
    rows = [
        {
            "member_id": person.id,
            "on_site": kind.on_site if person.on_site is None else person.on_site,
            "mail": person.mail or kind.mail,
        }
        for person in session.execute(people)
    ]
    return [row for row in rows if row["on_site"] or row["mail"] != NEVER]


def _added(session: Session, rows: list[dict[str, Any]]) -> list[int]:
    new = insert_into(NOTICES, session.get_bind()).on_conflict_do_nothing()
    added = session.execute(new.returning(Notice.member_id, Notice.on_site), rows)
    return [member_id for member_id, on_site in added if on_site]


def _raise_unread(session: Session, member_ids: list[int]) -> None:
    if member_ids:
        session.execute(update(Member).where(Member.id.in_(member_ids)).values(unread=Member.unread + 1))


def mark_read(session: Session, *, member_id: int, now: datetime, notice_id: int | None = None, url: str = "") -> int:
    """Mark one notice of a member as read, all that lead to one page, or all of them; says how many there were."""
    unread = update(Notice).where(Notice.member_id == member_id, Notice.on_site, Notice.read_at.is_(None))
    if notice_id is not None:
        unread = unread.where(Notice.id == notice_id)
    if url:
        unread = unread.where(Notice.url == url)
    count = len(session.scalars(unread.values(read_at=now).returning(Notice.id)).all())
    left = case((Member.unread > count, Member.unread - count), else_=0)
    session.execute(update(Member).where(Member.id == member_id).values(unread=left))
    return count


def mark_read_about(session: Session, *, member_id: int, about: str, now: datetime) -> int:
    """Mark whatever a member was told about this thing as read, letters that wait too; counts what the site told."""
    unread = update(Notice).where(Notice.about == about, Notice.member_id == member_id, Notice.read_at.is_(None))
    count = sum(session.scalars(unread.values(read_at=now).returning(Notice.on_site)).all())
    if count:
        left = case((Member.unread > count, Member.unread - count), else_=0)
        session.execute(update(Member).where(Member.id == member_id).values(unread=left))
    return count


def choose(session: Session, *, member_id: int, kind: str, on_site: bool, mail: str) -> None:
    """Keep how a member wants to be told of this kind."""
    session.merge(NoticeChoice(member_id=member_id, kind=kind, on_site=on_site, mail=mail))


def stop_letters(session: Session, member_id: int, kind: str) -> None:
    """Send this member no more letters of this kind, waiting ones included; what the site shows stays as it was."""
    choice = session.get(NoticeChoice, (member_id, kind))
    on_site = choice.on_site if choice else all_kinds()[kind].on_site
    choose(session, member_id=member_id, kind=kind, on_site=on_site, mail=NEVER)
    waiting = (Notice.member_id == member_id, Notice.kind == kind, Notice.mailed_at.is_(None))
    session.execute(update(Notice).where(*waiting).values(mail=NEVER))


def stop_daily_letter(session: Session, member_id: int) -> None:
    """Send this member no more letters of any kind that comes once a day."""
    chosen = choices_of(session, member_id)
    for kind in all_kinds().values():
        if (chosen[kind.name].mail if kind.name in chosen else kind.mail) == DAILY:
            stop_letters(session, member_id, kind.name)


def forget(session: Session, member_id: int) -> None:
    """Erase what a member was told and how they chose to be told."""
    session.execute(delete(Notice).where(Notice.member_id == member_id))
    session.execute(delete(NoticeChoice).where(NoticeChoice.member_id == member_id))
