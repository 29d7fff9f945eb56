"""Certificates without a course: what they say, and giving them to people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import i18n, zones
from academy.audit.service import record
from academy.people.actor import Actor
from academy.people.models import ACTIVE, Member
from courses.certificates import history, telling, validity
from courses.certificates.codes import new_code
from courses.certificates.models import Certificate, CertificateName, CertificateTemplate, EventKind
from courses.certificates.names import printable
from courses.certificates.refusals import NoSuchLearner, TemplateRetired
from courses.certificates.service import Granted, check_name
from courses.credentials import service as credentials

Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a template says: texts by language with `title` and `text`, hours, months it counts (0: without end)."""

    kind: str
    language: str
    texts: Texts
    hours: int
    months: int


def make(session: Session, *, said: Said, by: Actor, now: datetime) -> CertificateTemplate:
    """Keep a template."""
    template = CertificateTemplate(made_at=now, made_by=by.id, retired_at=None, **_columns(said))
    session.add(template)
    session.flush()
    _record(session, template, "template.made", by, now)
    return template


def change(session: Session, *, template: CertificateTemplate, said: Said, by: Actor, now: datetime) -> None:
    """Let it say something else from now on; certificates that were given keep what they said."""
    for name, value in _columns(said).items():
        setattr(template, name, value)
    _record(session, template, "template.changed", by, now)


def retire(session: Session, *, template: CertificateTemplate, retired: bool, by: Actor, now: datetime) -> None:
    """Let it be given no more, or again; saying the same twice changes nothing."""
    if (template.retired_at is not None) != retired:
        template.retired_at = now if retired else None
        _record(session, template, "template.retired" if retired else "template.taken_up", by, now)


def _columns(said: Said) -> dict[str, object]:
    texts = {language: dict(each) for language, each in said.texts.items()}
    return {"kind": said.kind, "language": said.language, "texts": texts, "hours": said.hours, "months": said.months}


def _record(session: Session, template: CertificateTemplate, what: str, by: Actor, now: datetime) -> None:
    subject, detail = f"template:{template.id}", title_of(template, template.language)
    record(session, actor=by, action=f"certificate.{what}", now=now, subject=subject, detail=detail)


def text_of(texts: Texts, own: str, *languages: str) -> Mapping[str, str]:
    """What is said in the first of these languages there is, else in its own."""
    return texts[next((code for code in languages if code in texts), own)]


def title_of(template: CertificateTemplate, *languages: str) -> str:
    """The title of a template in the first of these languages there is."""
    return text_of(template.texts, template.language, *languages)["title"]


def give(
    session: Session,
    *,
    template: CertificateTemplate,
    member_id: int,
    by: Actor | None,
    now: datetime,
    hours: int | None = None,
) -> Granted:
    """Give somebody a certificate by this template, or the one they hold already; raise CannotBeIssued.

    `hours` stand on it instead of those of the template.
    """
    held = _standing(session, template.id, member_id)
    if held is not None:
        return Granted(held, fresh=False)
    if template.retired_at is not None:
        raise TemplateRetired
    certificate = _certificate(session, template, member_id, by, now)
    if hours is not None:
        certificate.hours = hours
    try:
        with session.begin_nested():
            session.add(certificate)
    except IntegrityError:
        held = _standing(session, template.id, member_id)
        if held is None:
            raise
        return Granted(held, fresh=False)
    history.note(session, certificate, EventKind.ISSUED, by=by, now=now)
    history.keep_version(session, certificate, by=by, now=now)
    credentials.allot(session, code=certificate.code, now=now)
    subject, detail = f"certificate:{certificate.code}", f"template {template.id}"
    record(session, actor=by, action="certificate.issued", now=now, subject=subject, detail=detail)
    telling.tell(session, certificates=[certificate], what=EventKind.ISSUED, now=now)
    return Granted(certificate, fresh=True)


def _certificate(
    session: Session, template: CertificateTemplate, member_id: int, by: Actor | None, now: datetime
) -> Certificate:
    person = session.execute(
        select(Member.legal_name, Member.language, CertificateName.second_name)
        .outerjoin(CertificateName, CertificateName.member_id == Member.id)
        .where(Member.id == member_id, Member.state == ACTIVE)
    ).one_or_none()
    if person is None:
        raise NoSuchLearner
    check_name(person.legal_name, person.second_name or "")
    language = person.language if person.language in i18n.offered() else i18n.offered()[0]
    return Certificate(
        code=new_code(),
        member_id=member_id,
        kind=template.kind,
        template_id=template.id,
        texts=template.texts,
        holder_name=printable(person.legal_name),
        second_name=printable(person.second_name or ""),
        language=language,
        hours=template.hours,
        course_title=title_of(template, *i18n.reading_order(language))[:255],
        how_checked={},
        issued_at=now,
        issued_by=by.id if by else None,
        expires_at=validity.expiry(now, template.months, zones.home()),
    )


def _standing(session: Session, template_id: int, member_id: int) -> Certificate | None:
    theirs = (Certificate.template_id == template_id, Certificate.member_id == member_id)
    return session.scalars(select(Certificate).where(*theirs, Certificate.withdrawn_at.is_(None))).one_or_none()


def by_number(session: Session, number: int) -> CertificateTemplate | None:
    """The template with this number."""
    return session.get(CertificateTemplate, number)


def titles_of(session: Session, numbers: Collection[int], *languages: str) -> dict[int, str]:
    """The titles of these templates."""
    found = session.scalars(select(CertificateTemplate).where(CertificateTemplate.id.in_(numbers)))
    return {each.id: title_of(each, *languages) for each in found}


def all_of_them(session: Session) -> Sequence[tuple[CertificateTemplate, int]]:
    """Every template, the newest first and retired ones last, with how many certificates by it stand."""
    stand = (
        select(func.count())
        .where(Certificate.template_id == CertificateTemplate.id, Certificate.withdrawn_at.is_(None))
        .correlate(CertificateTemplate)
        .scalar_subquery()
    )
    order = (CertificateTemplate.retired_at.is_not(None), CertificateTemplate.id.desc())
    return [(row[0], row[1]) for row in session.execute(select(CertificateTemplate, stand).order_by(*order))]


def given_after(session: Session, template_id: int, before: int, most: int) -> Sequence[Certificate]:
    """Certificates by this template, the newest first, before this one."""
    theirs = select(Certificate).where(Certificate.template_id == template_id)
    if before:
        theirs = theirs.where(Certificate.id < before)
    return session.scalars(theirs.order_by(Certificate.id.desc()).limit(most)).all()


def holders(session: Session, template_id: int, member_ids: Collection[int]) -> set[int]:
    """Which of these members hold one by this template."""
    held = select(Certificate.member_id).where(
        Certificate.template_id == template_id,
        Certificate.member_id.in_(member_ids),
        Certificate.withdrawn_at.is_(None),
    )
    return {number for number in session.scalars(held) if number is not None}
