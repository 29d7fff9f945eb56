"""Reads of certificates: in public, of one member, and for the register of those who run the place."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Select, Table, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from academy.db import rows
from academy.people.models import ACTIVE, Member
from courses.catalogue.library import LiveCourse
from courses.certificates.cards import Card, card
from courses.certificates.models import Certificate, CertificateEvent, WithdrawClass
from courses.certificates.rules import SMALLEST_COHORT, Candidate
from courses.cohorts.models import CohortMember
from courses.cohorts.queries import cohorts_of
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion
from courses.progress.queries import Standing, standings_in_course
from courses.progress.rules import Checklist, Tier, checklist

PAGE = 50
CHUNK = 500
_PEOPLE = (
    select(func.count()).where(CohortMember.cohort_id == Certificate.cohort_id).correlate(Certificate).scalar_subquery()
)
_IN_PUBLIC = select(Certificate, _PEOPLE).where(Certificate.code == bindparam("code"))
_certificate = cast("Table", Certificate.__table__)
_CERTIFICATES = (
    select(_certificate)
    .where(_certificate.c.member_id == bindparam("member_id"))
    .order_by(_certificate.c.issued_at.desc(), _certificate.c.id.desc())
)
_NAME_AND_CERTIFICATES = (
    select(Member.legal_name, Certificate)
    .outerjoin(Certificate, Certificate.member_id == Member.id)
    .where(Member.id == bindparam("member_id"))
    .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
)


@dataclass(frozen=True, slots=True)
class InPublic:
    """A certificate with the year of its cohort, as far as the cohort is large enough to be named."""

    certificate: Certificate
    cohort_year: int | None


@dataclass(frozen=True, slots=True)
class Own:
    """A member's name for certificates ('' while they have not said) and every certificate, newest first."""

    legal_name: str
    certificates: Sequence[Certificate]


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a certificate's history with the name of whoever did it ('' for the system)."""

    event: CertificateEvent
    by_name: str


def by_code(session: Session, code: str) -> Certificate | None:
    """The certificate with this code in its one spelling."""
    return session.scalars(select(Certificate).where(Certificate.code == code)).one_or_none()


def in_public(session: Session, code: str) -> InPublic | None:
    """The certificate as whoever has its code may see it (one query)."""
    row = session.execute(_IN_PUBLIC, {"code": code}).one_or_none()
    if row is None:
        return None
    certificate, size = row
    return InPublic(certificate, certificate.cohort_year if size >= SMALLEST_COHORT else None)


def standing(session: Session, *, member_id: int, course_slug: str, tier: Tier) -> Certificate | None:
    """The certificate of this tier that a member holds now."""
    return session.scalars(
        select(Certificate).where(
            Certificate.member_id == member_id,
            Certificate.course_slug == course_slug,
            Certificate.tier == tier,
            Certificate.withdrawn_at.is_(None),
        )
    ).one_or_none()


def own(session: Session, member_id: int) -> list[Card]:
    """The cards of one member's certificates, newest first."""
    # Rows, not objects of the session: most learners have none, and their first page should not pay for the ORM.
    return [card(Certificate(**row)) for row in rows(session, _CERTIFICATES, {"member_id": member_id}).mappings()]


def name_and_certificates(session: Session, member_id: int) -> Own:
    """The name and the certificates of one member (one query)."""
    found = session.execute(_NAME_AND_CERTIFICATES, {"member_id": member_id}).all()
    return Own(found[0][0] if found else "", [row[1] for row in found if row[1] is not None])


def certificates_of(session: Session, member_ids: Collection[int]) -> dict[int, list[Certificate]]:
    """The valid certificates of each of these members, newest first."""
    found: dict[int, list[Certificate]] = defaultdict(list)
    valid = (
        select(Certificate)
        .where(Certificate.member_id.in_(member_ids), Certificate.withdrawn_at.is_(None))
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )
    for certificate in session.scalars(valid):
        if certificate.member_id is not None:
            found[certificate.member_id].append(certificate)
    return dict(found)


def history(session: Session, certificate_id: int) -> list[Step]:
    """What happened to a certificate, first things first."""
    rows = session.execute(
        select(CertificateEvent, Member.display_name)
        .outerjoin(Member, Member.id == CertificateEvent.by_id)
        .where(CertificateEvent.certificate_id == certificate_id)
        .order_by(CertificateEvent.id)
    )
    return [Step(event, name or "") for event, name in rows]


def learner_ids(
    session: Session, course_slug: str, *, cohort_id: int | None = None, after: int = 0, most: int = PAGE
) -> list[int]:
    """Whoever takes this course or finished it before leaving (of a cohort), by number, after this one."""
    query = _learners(course_slug, cohort_id).where(Enrolment.member_id > after)
    return list(session.scalars(query.order_by(Enrolment.member_id).limit(most)))


def uncertified_ids(session: Session, course_slug: str, tier: Tier, *, cohort_id: int | None = None) -> list[int]:
    """Those of them who hold no certificate of this tier now."""
    held = exists().where(
        Certificate.member_id == Enrolment.member_id,
        Certificate.course_slug == course_slug,
        Certificate.tier == tier,
        Certificate.withdrawn_at.is_(None),
    )
    return list(session.scalars(_learners(course_slug, cohort_id).where(~held).order_by(Enrolment.member_id)))


def _learners(course_slug: str, cohort_id: int | None) -> Select[int]:
    finished = exists().where(
        Completion.member_id == Enrolment.member_id, Completion.course_slug == Enrolment.course_slug
    )
    query = (
        select(Enrolment.member_id)
        .join(Member, and_(Member.id == Enrolment.member_id, Member.state == ACTIVE))
        .where(Enrolment.course_slug == course_slug, or_(Enrolment.left_at.is_(None), finished))
    )
    if cohort_id is None:
        return query
    return query.where(
        exists().where(CohortMember.member_id == Enrolment.member_id, CohortMember.cohort_id == cohort_id)
    )


def candidates(session: Session, live: LiveCourse, tier: Tier, member_ids: Collection[int]) -> list[Candidate]:
    """These members as candidates for a certificate of this tier, by name (five queries, whatever their number)."""
    people = session.execute(
        select(Member.id, Member.display_name, Member.legal_name, Member.language).where(
            Member.id.in_(member_ids), Member.state == ACTIVE
        )
    ).all()
    standings = standings_in_course(session, live.slug, member_ids)
    cohorts = cohorts_of(session, member_ids, live.slug)
    given = _given(session, live.slug, tier, member_ids)
    found = [
        Candidate(
            *person,
            _checklist(live, standings.get(person.id)),
            cohort=cohorts.get(person.id),
            certificate=next((each for each in given[person.id] if each.valid), None),
            withdrawn=next((each for each in given[person.id] if each.taken_away), None),
        )
        for person in people
    ]
    return sorted(found, key=lambda each: (each.display_name.casefold(), each.member_id))


def _checklist(live: LiveCourse, stands: Standing | None) -> Checklist:
    if stands is None:
        return checklist(live.course, {})
    return checklist(live.course, stands.done, stands.earned)


def _given(
    session: Session, course_slug: str, tier: Tier, member_ids: Collection[int]
) -> defaultdict[int, list[Certificate]]:
    """Every certificate of this tier they were ever given, newest first."""
    found: defaultdict[int, list[Certificate]] = defaultdict(list)
    ever = (
        select(Certificate)
        .where(Certificate.member_id.in_(member_ids), Certificate.course_slug == course_slug, Certificate.tier == tier)
        .order_by(Certificate.id.desc())
    )
    for certificate in session.scalars(ever):
        if certificate.member_id is not None:
            found[certificate.member_id].append(certificate)
    return found


def eligible(
    session: Session, live: LiveCourse, tier: Tier, *, cohort_id: int | None = None, most: int
) -> list[Candidate]:
    """Whoever earned a certificate of this tier and has none yet, at most so many."""
    ids = uncertified_ids(session, live.slug, tier, cohort_id=cohort_id)
    found: list[Candidate] = []
    for start in range(0, len(ids), CHUNK):
        group = candidates(session, live, tier, ids[start : start + CHUNK])
        found += [each for each in group if each.eligible(tier)]
        if len(found) >= most:
            break
    return found[:most]


def waiting(session: Session) -> int:
    """How many people completed a course and neither hold its certificate of completion nor had it taken away."""
    settled = exists().where(
        Certificate.member_id == Completion.member_id,
        Certificate.course_slug == Completion.course_slug,
        Certificate.tier == Completion.tier,
        or_(Certificate.withdrawn_at.is_(None), Certificate.withdraw_class != WithdrawClass.SUPERSEDED),
    )
    count = select(func.count()).select_from(Completion).where(Completion.tier == Tier.COMPLETION, ~settled)
    return session.scalar(count) or 0
