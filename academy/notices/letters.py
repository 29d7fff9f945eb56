"""Notices by letter: at once, or one letter a day; each notice leaves once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from academy import db, zones
from academy.current import the_settings
from academy.mail.service import Address, queue
from academy.mail.writing import public_url, speaking
from academy.notices import stopping
from academy.notices.kinds import sentence_of
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
    what = notices[0].kind if notices[0].mail == AT_ONCE else stopping.DAILY_LETTER
    stop_url = stopping.address(member.id, what)
    queue(
        session,
        to=Address(member.email, member.display_name, member.language, member.time_zone),
        template="notices",
        values={
            "notices": _lines(member, notices),
            "choices_url": public_url("notices.choices"),
            "stop_url": stop_url,
        },
        now=now,
        key=f"notices:{member.id}:{notices[-1].id}",
        unsubscribe=stop_url,
    )
    numbers = [notice.id for notice in notices]
    session.execute(update(Notice).where(Notice.id.in_(numbers)).values(mailed_at=now))


def _lines(member: Member, notices: Sequence[Notice]) -> list[tuple[str, str]]:
    with speaking(member.language), zones.telling(member.time_zone):
        return [(sentence_of(each.kind, each.values), f"{the_settings().public_url}{each.url}") for each in notices]
