"""Certificates whose last day comes or has passed: holders are told, and the history says so."""

from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from academy import db, zones
from academy.audit.service import record
from academy.jobs.registry import Values
from courses.certificates import history, telling, validity
from courses.certificates.models import Certificate, CertificateEvent, EventKind

REMINDERS = (60, 14)
"""So many days before the end its holder is told."""
AT_ONCE = 100


def watch(_values: Values, now: datetime) -> None:
    """What the worker does once a day; doing it twice is the same as doing it once."""
    with db.the_database().transaction() as session:
        soon = Certificate.expires_at.between(now, now + timedelta(days=max(REMINDERS)))
        for certificate in session.scalars(_standing().where(soon)):
            remind(session, certificate, now)
    while note_ends(now):
        continue


def _standing() -> Select[Certificate]:
    return select(Certificate).where(Certificate.withdrawn_at.is_(None), Certificate.member_id.is_not(None))


def remind(session: Session, certificate: Certificate, now: datetime) -> None:
    """Tell a holder that the end is near: once at each of the two distances, and at the nearer one if both came."""
    if certificate.expires_at is not None:
        left = certificate.expires_at - now
        days = min(days for days in REMINDERS if left <= timedelta(days=days))
        last_day = validity.last_day_of(certificate.expires_at, zones.home())
        telling.remind(session, certificate=certificate, last_day=last_day, days=days, now=now)


def note_ends(now: datetime) -> int:
    """Write down that certificates are over, and tell their holders; says of how many, at most a hundred."""
    noted = exists().where(
        CertificateEvent.certificate_id == Certificate.id,
        CertificateEvent.kind == EventKind.EXPIRED,
        CertificateEvent.at >= Certificate.expires_at,
    )
    with db.the_database().transaction() as session:
        over = list(session.scalars(_standing().where(Certificate.expires_at <= now, ~noted).limit(AT_ONCE)))
        for certificate in over:
            history.note(session, certificate, EventKind.EXPIRED, by=None, now=now)
            subject = f"certificate:{certificate.code}"
            record(session, actor=None, action="certificate.expired", now=now, subject=subject)
        telling.tell(session, certificates=over, what=EventKind.EXPIRED, now=now)
        return len(over)
