"""Notices by letter: at once, or one letter a day; each notice leaves once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from academy import db, zones
from academy.current import the_settings
from academy.mail.service import Address, queue
from academy.mail.writing import ANSWER_ABOVE, public_url, speaking
from academy.notices import stopping
from academy.notices.kinds import Enclosed, Values, all_kinds, filled, sentence_of
from academy.notices.models import AT_ONCE, DAILY, Notice
from academy.people.models import ACTIVE, Member

BATCH = 100
KEPT = timedelta(days=180)

_WAITING = (
    select(Notice, Member)
    .join(Member, Member.id == Notice.member_id)
    .where(Notice.mailed_at.is_(None), Member.state == ACTIVE)
    .order_by(Notice.member_id, Notice.id)
    .with_for_update(of=Notice, skip_locked=True)
)


def pump(now: datetime) -> None:
    """Write the letters that are wanted at once."""
    while _some_at_once(now):
        pass


def _some_at_once(now: datetime) -> bool:
    with db.the_database().transaction() as session:
        told = session.execute(_WAITING.where(Notice.mail == AT_ONCE).limit(BATCH)).all()
        for row in told:
            _write(session, row.Member, [row.Notice], now)
        return bool(told)


def daily(_values: object, now: datetime) -> None:
    """Write each member one letter about what is new since yesterday and not read yet."""
    with db.the_database().transaction() as session:
        told = session.execute(_WAITING.where(Notice.mail == DAILY, Notice.read_at.is_(None))).all()
        for _member_id, theirs in groupby(told, key=lambda row: row.Notice.member_id):
            rows = list(theirs)
            _write(session, rows[0].Member, [row.Notice for row in rows], now)


def tidy_up(_values: object, now: datetime) -> None:
    """Drop notices that were read half a year ago."""
    with db.the_database().transaction() as session:
        session.execute(delete(Notice).where(Notice.read_at < now - KEPT))


def _write(session: Session, member: Member, notices: Sequence[Notice], now: datetime) -> None:
    hold = filled(session, member.id, notices)
    told = [each for each in notices if each.id in hold]
    if told:
        enclosed = _enclosed(session, member, told)
        _queue(session, member, told, _lines(member, told, hold, enclosed.words), enclosed, now)
    numbers = [notice.id for notice in notices]
    session.execute(update(Notice).where(Notice.id.in_(numbers)).values(mailed_at=now))


def _enclosed(session: Session, member: Member, notices: Sequence[Notice]) -> Enclosed:
    """What goes with a letter about one thing; a letter of the day carries nothing more."""
    if notices[0].mail != AT_ONCE:
        return Enclosed()
    enclose = all_kinds()[notices[0].kind].enclose
    return enclose(session, member, notices[0]) if enclose else Enclosed()


def _queue(
    session: Session,
    member: Member,
    notices: Sequence[Notice],
    lines: Sequence[tuple[str, str, str]],
    enclosed: Enclosed,
    now: datetime,
) -> None:
    last, what = notices[-1], notices[0].kind if notices[0].mail == AT_ONCE else stopping.DAILY_LETTER
    stop_url = stopping.address(member.id, what)
    queue(
        session,
        to=Address(member.email, member.display_name, member.language, member.time_zone),
        template="notices",
        values={
            "notices": lines,
            "choices_url": public_url("notices.choices"),
            "stop_url": stop_url,
            "answer_above": ANSWER_ABOVE if "Reply-To" in enclosed.headers else "",
        },
        now=now,
        key=f"notices:{member.id}:{last.id}:{last.times}",
        unsubscribe=stop_url,
        headers=enclosed.headers,
    )


def _lines(
    member: Member, notices: Sequence[Notice], values: Mapping[int, Values], words: str
) -> list[tuple[str, str, str]]:
    site = the_settings().public_url
    with speaking(member.language), zones.telling(member.time_zone):
        return [(sentence_of(each.kind, values[each.id]), f"{site}{each.url}", words) for each in notices]
