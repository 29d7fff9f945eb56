"""What an admin does to a certificate after it was issued: write it anew, renew it."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy import zones
from academy.audit.service import record
from academy.people.actor import Actor
from courses.certificates import history, telling, validity
from courses.certificates.models import Certificate, EventKind
from courses.certificates.names import printable
from courses.certificates.refusals import (
    ChangedMeanwhile,
    CountsWithoutEnd,
    HolderErased,
    SameAsBefore,
    WithdrawnStays,
)
from courses.certificates.service import check_name
from courses.credentials import service as credentials


def reissue(
    session: Session,
    *,
    certificate: Certificate,
    name: str,
    second_name: str,
    words: str,
    by: Actor,
    now: datetime,
) -> None:
    """Write a certificate anew under its code with another spelling of the name; the former document is replaced.

    Raises WithdrawnStays, HolderErased, SameAsBefore, ChangedMeanwhile, or what keeps the name from paper.
    """
    name, second_name = printable(name), printable(second_name)
    if (name, second_name) == (certificate.holder_name, certificate.second_name):
        raise SameAsBefore
    check_name(name, second_name)
    _write_anew(session, certificate, {"holder_name": name, "second_name": second_name})
    _follow(session, certificate, EventKind.REISSUED, words=words, by=by, now=now)


def renew(session: Session, *, certificate: Certificate, months: int, words: str, by: Actor, now: datetime) -> None:
    """Let a certificate count for so many more months (0: without end), whether it has expired or not yet.

    Raises WithdrawnStays, HolderErased, CountsWithoutEnd or ChangedMeanwhile.
    """
    if certificate.expires_at is None:
        raise CountsWithoutEnd
    until = validity.renewed(certificate.expires_at, now, months, zones.home())
    _write_anew(session, certificate, {"expires_at": until})
    _follow(session, certificate, EventKind.RENEWED, words=words, by=by, now=now)


def _write_anew(session: Session, certificate: Certificate, marks: dict[str, object]) -> None:
    if certificate.member_id is None:
        raise HolderErased
    if not certificate.valid:
        raise WithdrawnStays
    seen = (Certificate.id == certificate.id, Certificate.version == certificate.version)
    next_one = update(Certificate).where(*seen, Certificate.withdrawn_at.is_(None))
    written = next_one.values(**marks, version=Certificate.version + 1).returning(Certificate.id)
    if session.execute(written, execution_options={"synchronize_session": False}).first() is None:
        raise ChangedMeanwhile
    session.refresh(certificate)


def _follow(
    session: Session, certificate: Certificate, what: EventKind, *, words: str, by: Actor, now: datetime
) -> None:
    history.note(session, certificate, what, by=by, now=now, words=words)
    history.keep_version(session, certificate, by=by, now=now)
    credentials.renew(session, code=certificate.code, now=now)
    detail = f"version {certificate.version}"
    record(session, actor=by, action=f"certificate.{what}", now=now, subject=subject_of(certificate), detail=detail)
    telling.tell(session, certificates=[certificate], what=what, now=now)


def subject_of(certificate: Certificate) -> str:
    """How the audit log names a certificate."""
    return f"certificate:{certificate.code}"
