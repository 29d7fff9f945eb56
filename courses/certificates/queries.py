"""Reads of certificates: in public, of one member, and for the register of those who run the place."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, bindparam, exists, select
from sqlalchemy.orm import Session

from academy.db import rows
from academy.people.models import ACTIVE, Member
from courses.catalogue.library import LiveCourse
from courses.certificates.cards import Card, card
from courses.certificates.models import Certificate, CertificateName
from courses.certificates.rules import Candidate
from courses.cohorts.queries import cohorts_of
from courses.progress.queries import Standing, standings_in_course
from courses.progress.rules import Checklist, Tier, checklist

_certificate = cast("Table", Certificate.__table__)
_CERTIFICATES = (
    select(_certificate)
    .where(_certificate.c.member_id == bindparam("member_id"))
    .order_by(_certificate.c.issued_at.desc(), _certificate.c.id.desc())
)
CONFIRMED = CertificateName.confirmed_at.is_not(None) & (CertificateName.name == Member.legal_name)
_NAMES = select(
    Member.id,
    Member.display_name,
    Member.legal_name,
    Member.language,
    CertificateName.second_name,
    CONFIRMED.label("confirmed"),
).outerjoin(CertificateName, CertificateName.member_id == Member.id)
_NAME_AND_CERTIFICATES = (
    select(Member.legal_name, Certificate, CertificateName.second_name, CONFIRMED.label("confirmed"))
    .outerjoin(Certificate, Certificate.member_id == Member.id)
    .outerjoin(CertificateName, CertificateName.member_id == Member.id)
    .where(Member.id == bindparam("member_id"))
    .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
)


@dataclass(frozen=True, slots=True)
class Own:
    """A member's name for certificates ('' while they have not said) and every certificate, newest first.

    `second_name` is the name in another script; `confirmed`: they looked at the name as it is now and agreed to it.
    """

    legal_name: str
    certificates: Sequence[Certificate]
    second_name: str = ""
    confirmed: bool = False


def by_code(session: Session, code: str) -> Certificate | None:
    """The certificate with this code in its one spelling."""
    return session.scalars(select(Certificate).where(Certificate.code == code)).one_or_none()


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


HOLDS_SOME = exists().where(_certificate.c.member_id == bindparam("viewer"))
"""Whether a member, the parameter `viewer`, holds any certificate, withdrawn ones included."""


def own(session: Session, member_id: int) -> list[Card]:
    """The cards of one member's certificates, newest first."""
    # Rows, not objects of the session: most learners have none, and their first page should not pay for the ORM.
    return [card(Certificate(**row)) for row in rows(session, _CERTIFICATES, {"member_id": member_id}).mappings()]


def name_and_certificates(session: Session, member_id: int) -> Own:
    """The name and the certificates of one member (one query)."""
    found = session.execute(_NAME_AND_CERTIFICATES, {"member_id": member_id}).all()
    if not found:
        return Own("", [])
    first, certificates = found[0], [row[1] for row in found if row[1] is not None]
    return Own(first.legal_name, certificates, first.second_name or "", bool(first.confirmed))


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


def candidates(session: Session, live: LiveCourse, tier: Tier, member_ids: Collection[int]) -> list[Candidate]:
    """These members as candidates for a certificate of this tier, by name (five queries, whatever their number)."""
    people = session.execute(_NAMES.where(Member.id.in_(member_ids), Member.state == ACTIVE)).all()
    standings = standings_in_course(session, live.slug, member_ids)
    cohorts = cohorts_of(session, member_ids, live.slug)
    given = _given(session, live.slug, tier, member_ids)
    found = [
        Candidate(
            person.id,
            person.display_name,
            person.legal_name,
            person.language,
            person.second_name or "",
            confirmed=bool(person.confirmed),
            checklist=_checklist(live, standings.get(person.id)),
            cohort=cohorts.get(person.id),
            certificate=next((each for each in given[person.id] if each.valid), None),
            withdrawn=next((each for each in given[person.id] if each.taken_away), None),
        )
        for person in people
    ]
    return sorted(found, key=lambda each: (each.display_name.casefold(), each.member_id))


@dataclass(frozen=True, slots=True)
class Named:
    """A member, and how they would be written on a certificate ('' where they have not said)."""

    id: int
    display_name: str
    legal_name: str
    second_name: str


def people_named(session: Session, member_ids: Collection[int]) -> list[Named]:
    """How these members would be written, by name."""
    found = session.execute(_NAMES.where(Member.id.in_(member_ids)).order_by(Member.search_key, Member.id))
    return [Named(row.id, row.display_name, row.legal_name, row.second_name or "") for row in found]


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
