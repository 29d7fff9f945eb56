"""What holders ask for about a certificate, and how it is answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.people.actor import Actor
from courses.certificates import telling
from courses.certificates.kinds import Decision, Wish
from courses.certificates.models import Certificate, CertificateRequest
from courses.certificates.refusals import AnsweredAlready, AskedAlready, CountsWithoutEnd, HolderErased, WithdrawnStays

PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, with the certificate it is about."""

    request: CertificateRequest
    certificate: Certificate


def ask(
    session: Session,
    *,
    certificate: Certificate,
    wish: Wish,
    now: datetime,
    name: str = "",
    second_name: str = "",
    words: str = "",
) -> None:
    """Ask for another spelling of the name, or for renewal; raise AskedAlready while the same is open."""
    if certificate.member_id is None:
        raise HolderErased
    if not certificate.valid:
        raise WithdrawnStays
    if wish is Wish.RENEWAL and certificate.expires_at is None:
        raise CountsWithoutEnd
    request = CertificateRequest(
        certificate_id=certificate.id,
        member_id=certificate.member_id,
        wish=wish,
        name=name,
        second_name=second_name,
        words=words,
        made_at=now,
    )
    try:
        with session.begin_nested():
            session.add(request)
    except IntegrityError as error:
        raise AskedAlready from error


def close(
    session: Session, *, asked: Asked, decision: Decision, answer: str, by: Actor, now: datetime, tell: bool
) -> None:
    """Say what became of it; raise AnsweredAlready when somebody was quicker."""
    still = update(CertificateRequest).where(
        CertificateRequest.id == asked.request.id, CertificateRequest.decision == Decision.OPEN
    )
    marks = {"decision": decision, "answer": answer, "decided_at": now, "decided_by": by.id}
    closed = still.values(marks).returning(CertificateRequest.id)
    if session.execute(closed, execution_options={"synchronize_session": False}).first() is None:
        raise AnsweredAlready
    subject = f"certificate:{asked.certificate.code}"
    detail = f"{asked.request.wish} {decision}"
    record(session, actor=by, action="certificate.answered", now=now, subject=subject, detail=detail)
    if tell:
        course = asked.certificate.course_title
        telling.answer(session, member_id=asked.request.member_id, course=course, now=now)


def by_number(session: Session, number: int) -> Asked | None:
    """What was asked for under this number."""
    row = session.execute(_ASKED.where(CertificateRequest.id == number)).one_or_none()
    return Asked(*row) if row else None


def open_after(session: Session, after: int) -> list[Asked]:
    """A page and one more of what waits for an answer, the oldest first."""
    waits = _ASKED.where(CertificateRequest.decision == Decision.OPEN, CertificateRequest.id > after)
    return [Asked(*row) for row in session.execute(waits.order_by(CertificateRequest.id).limit(PAGE + 1))]


def waiting(session: Session) -> int:
    """How many requests wait for an answer."""
    waits = select(func.count()).select_from(CertificateRequest).where(CertificateRequest.decision == Decision.OPEN)
    return session.scalar(waits) or 0


def of_certificate(session: Session, certificate_id: int) -> list[CertificateRequest]:
    """Everything that was asked for about one certificate, first things first."""
    theirs = select(CertificateRequest).where(CertificateRequest.certificate_id == certificate_id)
    return list(session.scalars(theirs.order_by(CertificateRequest.id)))


def own_after(session: Session, member_id: int, before: int) -> list[Asked]:
    """A page and one more of what a holder asked for, the newest first, before this one."""
    theirs = _ASKED.where(CertificateRequest.member_id == member_id)
    if before:
        theirs = theirs.where(CertificateRequest.id < before)
    return [Asked(*row) for row in session.execute(theirs.order_by(CertificateRequest.id.desc()).limit(PAGE + 1))]


def of_member(session: Session, member_id: int) -> list[CertificateRequest]:
    """Everything a holder asked for, the newest first."""
    theirs = select(CertificateRequest).where(CertificateRequest.member_id == member_id)
    return list(session.scalars(theirs.order_by(CertificateRequest.id.desc())))


_ASKED = select(CertificateRequest, Certificate).join(Certificate, Certificate.id == CertificateRequest.certificate_id)
