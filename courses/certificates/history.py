"""What is written down whenever something happens to a certificate: an event, and each edition of its document."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from academy.people.actor import Actor
from academy.people.models import Member
from courses.certificates.models import Certificate, CertificateEvent, CertificateVersion, EventKind


def note(
    session: Session, certificate: Certificate, kind: EventKind, *, by: Actor | None, now: datetime, words: str = ""
) -> None:
    """Add an event; `words` are for those who run the place alone."""
    event = {"certificate_id": certificate.id, "kind": kind, "at": now, "by_id": by.id if by else None, "words": words}
    session.execute(insert(CertificateEvent), event)


def keep_version(session: Session, certificate: Certificate, *, by: Actor | None, now: datetime) -> None:
    """Keep what the document says from now on."""
    version = {
        "certificate_id": certificate.id,
        "number": certificate.version,
        "holder_name": certificate.holder_name,
        "second_name": certificate.second_name,
        "expires_at": certificate.expires_at,
        "made_at": now,
        "made_by": by.id if by else None,
    }
    session.execute(insert(CertificateVersion), version)


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a certificate's history with the name of whoever did it ('' for the system)."""

    event: CertificateEvent
    by_name: str


def steps_of(session: Session, certificate_id: int) -> list[Step]:
    """What happened to a certificate, first things first."""
    rows = session.execute(
        select(CertificateEvent, Member.display_name)
        .outerjoin(Member, Member.id == CertificateEvent.by_id)
        .where(CertificateEvent.certificate_id == certificate_id)
        .order_by(CertificateEvent.id)
    )
    return [Step(event, name or "") for event, name in rows]


def versions_of(session: Session, certificate_id: int) -> list[CertificateVersion]:
    """The editions of a certificate's document, the first one first."""
    found = select(CertificateVersion).where(CertificateVersion.certificate_id == certificate_id)
    return list(session.scalars(found.order_by(CertificateVersion.number)))
