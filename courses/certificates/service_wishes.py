"""Certificates of service that people ask for: for hours that somebody confirmed elsewhere on the site."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from academy.audit.service import record
from academy.db import Base, Id, Line, Moment, Prose, Reference, Word
from academy.dialects import PartialIndex
from academy.people.actor import Actor
from courses.certificates import telling, templates
from courses.certificates.kinds import Decision, Given
from courses.certificates.models import Certificate, CertificateTemplate
from courses.certificates.refusals import AnsweredAlready, AskedAlready, HeldAlready

PAGE = 50


class ServiceWish(Base):
    """Somebody asks for a certificate of service. `lines` say for what, `page` is where they read what came of it."""

    __tablename__ = "certificate_service_wish"
    __table_args__ = (
        PartialIndex("uq_certificate_service_wish_open", "member_id", where="decision = 'open'", unique=True),
        Index("ix_certificate_service_wish_member_id", "member_id", "id"),
        CheckConstraint("hours > 0", name="hours"),
        CheckConstraint("decision IN ('open', 'done', 'refused')", name="decision"),
        CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id"))
    hours: Mapped[int]
    lines: Mapped[list[str]] = mapped_column(JSON)
    page: Mapped[Line]
    made_at: Mapped[Moment]
    decision: Mapped[Word] = mapped_column(default=Decision.OPEN)
    answer: Mapped[Prose] = mapped_column(default="")
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))


@dataclass(frozen=True, slots=True)
class Service:
    """What somebody did: so many hours, in these lines; `page` is where they read what came of asking."""

    hours: int
    lines: Sequence[str]
    page: str


def ask(session: Session, *, member_id: int, service: Service, now: datetime) -> ServiceWish:
    """Ask for a certificate for these hours; raise AskedAlready while an earlier wish is open."""
    wish = ServiceWish(
        member_id=member_id, hours=service.hours, lines=list(service.lines), page=service.page, made_at=now
    )
    try:
        with session.begin_nested():
            session.add(wish)
    except IntegrityError as error:
        raise AskedAlready from error
    return wish


def grant(
    session: Session, *, wish: ServiceWish, template: CertificateTemplate, answer: str, by: Actor, now: datetime
) -> Certificate:
    """Give the certificate, with these hours on it; raise AnsweredAlready, HeldAlready or CannotBeIssued."""
    _close(session, wish, Decision.DONE, answer, by, now)
    given = templates.give(session, template=template, member_id=wish.member_id, by=by, now=now, hours=wish.hours)
    if not given.fresh:
        raise HeldAlready
    wish.certificate_id = given.certificate.id
    session.flush()
    return given.certificate


def refuse(session: Session, *, wish: ServiceWish, answer: str, by: Actor, now: datetime) -> None:
    """Say no, and why: the hours can be asked for again. Raises AnsweredAlready."""
    _close(session, wish, Decision.REFUSED, answer, by, now)
    telling.answer_service(session, member_id=wish.member_id, page=wish.page, now=now)


def _close(session: Session, wish: ServiceWish, decision: Decision, answer: str, by: Actor, now: datetime) -> None:
    still = update(ServiceWish).where(ServiceWish.id == wish.id, ServiceWish.decision == Decision.OPEN)
    marks = {"decision": decision, "answer": answer, "decided_at": now, "decided_by": by.id}
    if session.scalar(still.values(marks).returning(ServiceWish.id)) is None:
        raise AnsweredAlready
    detail = f"{wish.hours} h {decision}"
    record(session, actor=by, action="service.answered", now=now, subject=f"member:{wish.member_id}", detail=detail)


def by_number(session: Session, number: int) -> ServiceWish | None:
    """The wish with this number."""
    return session.get(ServiceWish, number)


def open_ones(session: Session) -> Sequence[ServiceWish]:
    """What waits for an answer, the oldest first; at most a page of it."""
    waits = select(ServiceWish).where(ServiceWish.decision == Decision.OPEN)
    return session.scalars(waits.order_by(ServiceWish.id).limit(PAGE)).all()


def waiting(session: Session) -> int:
    """How many wait for an answer."""
    waits = select(func.count()).select_from(ServiceWish).where(ServiceWish.decision == Decision.OPEN)
    return session.scalar(waits) or 0


def among(session: Session, numbers: Collection[int]) -> Mapping[int, tuple[ServiceWish, str]]:
    """These wishes by number, each with the code of the certificate that came of it, or ''."""
    rows = session.execute(
        select(ServiceWish, Certificate.code)
        .outerjoin(Certificate, Certificate.id == ServiceWish.certificate_id)
        .where(ServiceWish.id.in_(numbers))
    )
    return {row[0].id: (row[0], row[1] or "") for row in rows}


def of_member(session: Session, member_id: int) -> Sequence[ServiceWish]:
    """Everything somebody asked for, first things first."""
    theirs = select(ServiceWish).where(ServiceWish.member_id == member_id)
    return session.scalars(theirs.order_by(ServiceWish.id)).all()


def templates_for(session: Session, member_id: int) -> Sequence[CertificateTemplate]:
    """The templates for service by which this member holds no certificate yet, the newest first."""
    held = select(Certificate.template_id).where(
        Certificate.member_id == member_id, Certificate.template_id.is_not(None), Certificate.withdrawn_at.is_(None)
    )
    free = select(CertificateTemplate).where(
        CertificateTemplate.kind == Given.SERVICE,
        CertificateTemplate.retired_at.is_(None),
        CertificateTemplate.id.not_in(held),
    )
    return session.scalars(free.order_by(CertificateTemplate.id.desc())).all()


def forget(session: Session, member_id: int) -> None:
    """Erase what somebody asked for."""
    session.execute(delete(ServiceWish).where(ServiceWish.member_id == member_id))
