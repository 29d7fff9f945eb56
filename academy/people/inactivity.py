"""Accounts that nobody signs in to for two years are erased, after two letters that say so.

Nobody is erased unwarned: the last letter must have left a week before. Whoever has a role stays (an admin takes it
first), and so does whoever holds a certificate that stands: it would lose its name.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Exists, Select, String, cast, exists, func, literal, select
from sqlalchemy.orm import Session

from academy import db
from academy.jobs.registry import Values, add_interval
from academy.mail.models import SENT, Letter
from academy.mail.service import Address, queue
from academy.mail.writing import public_url
from academy.people import accounts
from academy.people.models import ACTIVE, Member, RoleGrant

KEPT = timedelta(days=730)
WARNING = timedelta(days=30)
LAST_CALL = timedelta(days=7)
EVERY = timedelta(days=1)
last_here = func.coalesce(Member.signed_in_at, Member.created_at)


def init_app() -> None:
    """Let the worker look once a day."""
    add_interval("people.inactive", look, every=EVERY)


def look(_values: Values, now: datetime) -> None:
    """Write the letters that are due and erase what is past its time, each person in a short transaction."""
    for wanted, step in ((_to_warn(now), _warn), (_to_call(now), _call), (_to_go(now), _go)):
        with db.the_database().reading() as session:
            numbers = session.scalars(wanted.with_only_columns(Member.id)).all()
        for number in numbers:
            with db.the_database().transaction() as session:
                # Asked once more: they may have signed in meanwhile.
                member = session.scalar(wanted.where(Member.id == number).with_for_update(of=Member))
                if member is not None:
                    step(session, member, now)


def _unused_since(moment: datetime) -> Select[Member]:
    return select(Member).where(
        Member.state == ACTIVE,
        Member.alumnus_since.is_(None),
        Member.id.not_in(select(RoleGrant.member_id)),
        last_here <= moment,
    )


def _to_warn(now: datetime) -> Select[Member]:
    return _unused_since(now - KEPT + WARNING).where(Member.warned_at.is_(None))


def _to_call(now: datetime) -> Select[Member]:
    due = Member.warned_at <= now - WARNING + LAST_CALL
    return _unused_since(now - KEPT + LAST_CALL).where(due, ~_last_letter())


def _to_go(now: datetime) -> Select[Member]:
    due = Member.warned_at <= now - WARNING
    return _unused_since(now - KEPT).where(due, _last_letter(Letter.state == SENT, Letter.sent_at <= now - LAST_CALL))


def _last_letter(*more: ColumnElement[bool]) -> Exists:
    return exists().where(Letter.key == literal("inactive:") + cast(Member.id, String), *more)


def _warn(session: Session, member: Member, now: datetime) -> None:
    member.warned_at = now
    _write(session, member, now, until=max(_seen(member) + KEPT, now + WARNING))


def _call(session: Session, member: Member, now: datetime) -> None:
    _write(session, member, now, until=now + LAST_CALL, key=f"inactive:{member.id}")


def _go(session: Session, member: Member, now: datetime) -> None:
    accounts.wipe(session, member=member, by=None, now=now, detail="unused for two years")


def _write(session: Session, member: Member, now: datetime, *, until: datetime, key: str | None = None) -> None:
    values = {"until": until, "seen": _seen(member), "link": public_url("people.sign_in")}
    address = Address(member.email, "", member.language, member.time_zone)
    queue(session, to=address, template="inactive", values=values, now=now, key=key)


def _seen(member: Member) -> datetime:
    return member.signed_in_at or member.created_at
