"""Reads of shares and counts."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from courses.shares.models import CertificateChecks, CertificateShare


@dataclass(frozen=True, slots=True)
class Checks:
    """How often a code was looked up: ever, and in the month at hand."""

    ever: int = 0
    lately: int = 0


def shares_of(session: Session, member_id: int) -> dict[str, list[CertificateShare]]:
    """The links a member did not take back, by code, the newest first."""
    found: dict[str, list[CertificateShare]] = defaultdict(list)
    kept = select(CertificateShare).where(CertificateShare.member_id == member_id, CertificateShare.ended_at.is_(None))
    for share in session.scalars(kept.order_by(CertificateShare.id.desc())):
        found[share.code].append(share)
    return dict(found)


def shares_of_code(session: Session, code: str) -> Sequence[CertificateShare]:
    """Every link to one certificate that was not taken back."""
    kept = select(CertificateShare).where(CertificateShare.code == code, CertificateShare.ended_at.is_(None))
    return session.scalars(kept).all()


def every_share_of(session: Session, member_id: int) -> Sequence[CertificateShare]:
    """Every link a member ever made."""
    return session.scalars(
        select(CertificateShare).where(CertificateShare.member_id == member_id).order_by(CertificateShare.id)
    ).all()


def checks_of(session: Session, codes: Collection[str], month: int) -> dict[str, Checks]:
    """How often each of these was looked up (one query)."""
    lately = func.sum(CertificateChecks.times).filter(CertificateChecks.month == month)
    counted = (
        select(CertificateChecks.code, func.sum(CertificateChecks.times), func.coalesce(lately, 0))
        .where(CertificateChecks.code.in_(codes))
        .group_by(CertificateChecks.code)
    )
    return {code: Checks(int(ever), int(recent)) for code, ever, recent in session.execute(counted)}
