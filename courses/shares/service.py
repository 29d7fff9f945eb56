"""Make a link, take it back, forget a holder."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from courses.shares.models import CertificateShare

MOST = 20


class TooManyLinks(DomainError):
    """Somebody makes more links to one certificate than anybody can look after."""

    sentence = _l("There are 20 links to this certificate already. End one of them first.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a link shows beside the facts that the code alone tells."""

    name: bool = False
    sheet: bool = False
    credential: bool = False


def share(
    session: Session, *, code: str, member_id: int, shown: Shown, ends_at: datetime | None, now: datetime
) -> CertificateShare:
    """Make a link; raise TooManyLinks."""
    count = select(func.count()).where(CertificateShare.code == code, CertificateShare.ended_at.is_(None))
    if (session.scalar(count) or 0) >= MOST:
        raise TooManyLinks
    made = CertificateShare(
        code=code,
        member_id=member_id,
        shows_name=shown.name,
        shows_sheet=shown.sheet,
        shows_credential=shown.credential,
        made_at=now,
        ends_at=ends_at,
    )
    session.add(made)
    session.flush()
    return made


def end(session: Session, *, share_id: int, code: str, member_id: int, now: datetime) -> bool:
    """Take a link back; returns whether it was theirs and stood."""
    standing = update(CertificateShare).where(
        CertificateShare.id == share_id,
        CertificateShare.code == code,
        CertificateShare.member_id == member_id,
        CertificateShare.ended_at.is_(None),
    )
    return session.execute(standing.values(ended_at=now).returning(CertificateShare.id)).first() is not None


def forget_member(session: Session, member_id: int) -> None:
    """Remove every link of a member."""
    session.execute(delete(CertificateShare).where(CertificateShare.member_id == member_id))
