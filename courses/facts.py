"""The one door for alumni: what courses know of members, for many at once; and one wish that alumni utter."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, Select
from sqlalchemy.orm import Session

from academy.people.actor import Actor
from courses.catalogue import library
from courses.catalogue.content import Status, first_of
from courses.certificates import codes, service_wishes
from courses.certificates import queries as certificates
from courses.certificates.service_wishes import Service
from courses.cohorts import queries as cohorts
from courses.cohorts.models import Cohort
from courses.enrolment import queries as enrolment
from courses.enrolment import queries as enrolments
from courses.guides import readers


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """A valid certificate; its code stays with its holder. One without a course has no slug and no tier."""

    course_slug: str
    course_title: str
    tier: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class CohortFact:
    """An intake somebody belongs to, and its last day."""

    id: int
    course_slug: str
    name: str
    year: int
    ends_on: date


@dataclass(frozen=True, slots=True)
class CourseFact:
    """A course learners can see: `open` while it is not closed."""

    slug: str
    title: str
    open: bool


@dataclass(frozen=True, slots=True)
class ServiceFact:
    """A wish for a certificate of service: open, done or refused, with the words and the code that came of it."""

    decision: str
    answer: str
    code: str


def _cohort(each: Cohort) -> CohortFact:
    return CohortFact(each.id, each.course_slug, each.name, each.year, each.ends_on)


def guide_title(session: Session, course_slug: str, languages: Sequence[str]) -> str:
    """What the guide of a course is called, in the first of these languages it has; "" where there is none."""
    live = library.live_course(session, course_slug)
    guide = live.course.guide if live else {}
    return guide[first_of(guide, tuple(languages), live.course.language)].title if live and guide else ""


def let_read_guides(name: str, courses: readers.Courses) -> None:
    """Let this name the courses whose guides a member may read, because they run sessions of them."""
    readers.add(name, courses)


def certificates_of(session: Session, member_ids: Collection[int]) -> dict[int, list[CertificateFact]]:
    """The valid certificates of each of these members, newest first; whoever has none has an empty list."""
    found = certificates.certificates_of(session, member_ids)
    return {
        member_id: [
            CertificateFact(each.course_slug or "", each.course_title, each.tier, each.issued_at)
            for each in found.get(member_id, [])
        ]
        for member_id in member_ids
    }


def certificate_with_code(session: Session, typed: str) -> CertificateFact | None:
    """The certificate of a course that has this code and stands, however the code was typed."""
    code = codes.read_code(typed)
    found = certificates.by_code(session, code) if code else None
    if found is None or not found.valid:
        return None
    return CertificateFact(found.course_slug or "", found.course_title, found.tier, found.issued_at)


def cohorts_of(session: Session, member_ids: Collection[int]) -> dict[int, list[CohortFact]]:
    """The cohorts of each of these members, newest first; whoever has none has an empty list."""
    return {
        member_id: [_cohort(each) for each in theirs]
        for member_id, theirs in cohorts.cohorts_by_member(session, member_ids).items()
    }


def cohort_ids_of(member_id: int | BindParameter[int]) -> Select[int]:
    """The numbers of a member's cohorts, as a part of a larger query."""
    return cohorts.ids_of(member_id)


def named_cohorts_of(member_ids: Collection[int] | BindParameter[Sequence[int]]) -> Select[int, int, str, int]:
    """The member, number, name and year of each cohort of these members, as a part of a larger query."""
    return cohorts.named_of(member_ids)


def members_of(cohort_ids: Collection[int | BindParameter[int]] | Select[int]) -> Select[int]:
    """The numbers of all members of any of these cohorts, as a part of a larger query."""
    return cohorts.members_in(cohort_ids)


def cohorts_in_lines(member_id: ColumnElement[int]) -> ScalarSelect[str]:
    """The cohorts of the member in this column of a larger query: a line of number, year and name for each."""
    return cohorts.in_lines(member_id)


def cohort_names(session: Session, cohort_ids: Collection[int]) -> dict[int, str]:
    """What these cohorts are called."""
    return cohorts.names_of(session, cohort_ids)


def learns(session: Session, member_id: int) -> bool:
    """Whether somebody takes a course now."""
    return enrolment.learns(session, member_id)


def courses_of(session: Session, member_id: int) -> frozenset[str]:
    """The slugs of the courses in which a member has a place now."""
    return frozenset(enrolments.slugs_of(session, member_id))


def course_slugs_of(member_id: BindParameter[int]) -> Select[str]:
    """The slugs of the courses in which a member has a place now, as a part of a larger query."""
    return enrolments.slugs_select(member_id)


def learners_of(course_slug: str) -> Select[int]:
    """The numbers of those who have a place in a course now, as a part of a larger query."""
    return enrolments.members_in(course_slug)


def courses(session: Session) -> list[CourseFact]:
    """Every course that learners can see or once could, by slug."""
    live = library.live_courses(session).values()
    shown = (each for each in live if each.status != Status.DRAFT)
    return [CourseFact(each.slug, each.course.title, each.status == Status.PUBLISHED) for each in shown]


def cohorts_in(session: Session, course_slugs: Collection[str] | None) -> list[CohortFact]:
    """The cohorts of these courses (None: of all), the newest intake first."""
    return [
        _cohort(each.cohort)
        for each in cohorts.cohorts(session)
        if course_slugs is None or each.cohort.course_slug in course_slugs
    ]


def ask_for_service(
    session: Session, *, member_id: int, hours: int, lines: Sequence[str], page: str, now: datetime
) -> int:
    """Ask the academy for a certificate of service for confirmed hours; the number by which its answer is found.

    `lines` say for what, `page` is the address where the member reads what came of it. Raises a refusal while an
    earlier wish of this member is open.
    """
    service = Service(hours, lines, page)
    return service_wishes.ask(session, member_id=member_id, service=service, now=now).id


def grant_service(session: Session, *, number: int, by: Actor, now: datetime) -> None:
    """Give the certificate of service that was asked for, by the newest template that fits: the demo's desk."""
    wish = service_wishes.by_number(session, number)
    templates = service_wishes.templates_for(session, wish.member_id) if wish else ()
    if wish is not None and templates:
        service_wishes.grant(session, wish=wish, template=templates[0], answer="", by=by, now=now)


def service_asked(session: Session, numbers: Collection[int]) -> dict[int, ServiceFact]:
    """What came of these wishes for certificates of service (one query)."""
    found = service_wishes.among(session, numbers) if numbers else {}
    return {number: ServiceFact(wish.decision, wish.answer, code) for number, (wish, code) in found.items()}


def cohorts_among(session: Session, cohort_ids: Collection[int]) -> list[CohortFact]:
    """The intakes with these numbers."""
    found = cohorts.with_numbers(session, cohort_ids)
    return [_cohort(each) for each in found]


def members_and_cohorts() -> Select[int, int, int]:
    """Every member with each of their intakes and its year, as a part of a larger query."""
    return cohorts.places()
