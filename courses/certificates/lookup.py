"""Reads for whoever checks certificates: one code, many codes, what a check without a network has to know."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, or_, select
from sqlalchemy.orm import Session

from academy.db import rows
from courses.certificates.models import Certificate, CertificateVersion
from courses.certificates.rules import SMALLEST_COHORT
from courses.cohorts.models import CohortMember

CHUNK = 500
_certificate = cast("Table", Certificate.__table__)
_member = cast("Table", CohortMember.__table__)
_version = cast("Table", CertificateVersion.__table__)
_PEOPLE = (
    select(func.count())
    .where(_member.c.cohort_id == _certificate.c.cohort_id)
    .correlate(_certificate)
    .scalar_subquery()
)
_WRITTEN = (
    select(_version.c.made_at)
    .where(_version.c.certificate_id == _certificate.c.id, _version.c.number == _certificate.c.version)
    .correlate(_certificate)
    .scalar_subquery()
)
# Without what nobody is told: who did it, and what was said about it inside.
_TOLD = tuple(
    column
    for column in _certificate.c
    if column.name not in {"issued_by", "withdrawn_by", "withdraw_words", "excepted", "cohort_name", "template_id"}
)
_BY_CODE = select(*_TOLD, _PEOPLE.label("people"), _WRITTEN.label("written_at")).where(
    _certificate.c.code == bindparam("code")
)


@dataclass(frozen=True, slots=True)
class Found:
    """A certificate as whoever has its code may know it.

    `cohort_year` only if the cohort is large enough to be named; `written_at` is when its document was written anew,
    None while it is the first.
    """

    certificate: Certificate
    cohort_year: int | None
    written_at: datetime | None


def by_code(session: Session, code: str) -> Found | None:
    """The certificate with this code (one query)."""
    row = rows(session, _BY_CODE, {"code": code}).mappings().one_or_none()
    if row is None:
        return None
    certificate = Certificate(**{column.name: row[column] for column in _TOLD})
    year = certificate.cohort_year if row["people"] >= SMALLEST_COHORT else None
    return Found(certificate, year, row["written_at"] if certificate.version > 1 else None)


def by_codes(session: Session, codes: Collection[str]) -> dict[str, Certificate]:
    """The certificates that there are among these codes."""
    wanted, found = sorted(set(codes)), dict[str, Certificate]()
    for start in range(0, len(wanted), CHUNK):
        some = select(Certificate).where(Certificate.code.in_(wanted[start : start + CHUNK]))
        found |= {each.code: each for each in session.scalars(some)}
    return found


@dataclass(frozen=True, slots=True)
class Changed:
    """A certificate of which a paper may say too much: withdrawn, or written anew."""

    code: str
    version: int
    withdraw_class: str


def changed(session: Session) -> list[Changed]:
    """Every certificate whose first paper does not stand any more."""
    columns = (_certificate.c.code, _certificate.c.version, _certificate.c.withdraw_class)
    gone = or_(_certificate.c.withdrawn_at.is_not(None), _certificate.c.version > 1)
    return [Changed(*row) for row in session.execute(select(*columns).where(gone))]
