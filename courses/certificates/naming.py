"""How holders are written on certificates: they look at the name and agree to it, in one script or two."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.people import accounts
from academy.people.actor import Actor
from academy.people.models import Member
from courses.certificates import telling
from courses.certificates.models import CertificateName

ONCE_IN = timedelta(days=3)
"""Nobody is asked to look at their name more often than that."""


def confirm(session: Session, *, member: Member, name: str, second_name: str, by: Actor, now: datetime) -> None:
    """Let somebody be written so from now on, as they agreed to; certificates that were issued stay as they are."""
    if member.legal_name != name:
        shown = member.display_name
        accounts.rename(session, member=member, display_name=shown, legal_name=name, actor=by, now=now)
    said = {"name": name, "second_name": second_name, "confirmed_at": now}
    _keep(session, [member.id], said)


def ask(session: Session, *, member_ids: Collection[int], now: datetime) -> int:
    """Ask these members to look at their names, except those who did and those who were asked lately; says how many."""
    waiting = (
        select(Member.id)
        .outerjoin(CertificateName, CertificateName.member_id == Member.id)
        .where(
            Member.id.in_(member_ids),
            or_(
                CertificateName.confirmed_at.is_(None),
                CertificateName.name != Member.legal_name,
            ),
            or_(CertificateName.asked_at.is_(None), CertificateName.asked_at < now - ONCE_IN),
        )
    )
    asked = list(session.scalars(waiting))
    if asked:
        _keep(session, asked, {"asked_at": now})
        telling.ask_for_name(session, member_ids=asked, now=now)
    return len(asked)


def _keep(session: Session, member_ids: Collection[int], values: dict[str, object]) -> None:
    """Write this down of each of them, whether anything was kept of them before or not."""
    session.flush()
    first = insert_into(CertificateName, session.connection()).on_conflict_do_nothing()
    empty = {"name": "", "second_name": "", "confirmed_at": None, "asked_at": None}
    session.execute(first, [{"member_id": member_id, **empty} for member_id in member_ids])
    theirs = update(CertificateName).where(CertificateName.member_id.in_(member_ids))
    session.execute(theirs.values(values), execution_options={"synchronize_session": False})
