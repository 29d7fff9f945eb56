"""Reads of the register: whoever takes a course, by where they stand on the way to a certificate."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member
from courses.catalogue.library import LiveCourse
from courses.certificates.models import Certificate, CertificateName, WithdrawClass
from courses.certificates.queries import CONFIRMED, candidates
from courses.certificates.rules import Candidate
from courses.cohorts.models import CohortMember
from courses.enrolment.models import Enrolment
from courses.progress.models import Completion
from courses.progress.rules import Tier

PAGE = 50
CHUNK = 500


class Show(StrEnum):
    """Who of a course is looked at."""

    ALL = ""
    READY = "ready"
    SHORT = "short"
    HAVE = "have"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose certificates are looked at: a course, a tier, perhaps a cohort, words of a name, one group of people."""

    course_slug: str
    tier: Tier
    cohort_id: int | None = None
    words: str = ""
    show: Show = Show.ALL


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people stand where."""

    ready: int
    short: int
    have: int


def learner_ids(session: Session, wanted: Wanted, *, after: int = 0, most: int = PAGE) -> list[int]:
    """These people by name, after this one: whoever takes the course or finished it before leaving."""
    query = _of(wanted).with_only_columns(Member.id)
    if after:
        name = select(Member.search_key).where(Member.id == after).scalar_subquery()
        namesake = and_(Member.search_key == name, Member.id > after)
        query = query.where(or_(Member.search_key > name, namesake))
    return list(session.scalars(query.order_by(Member.search_key, Member.id).limit(most)))


def counts(session: Session, wanted: Wanted) -> Counts:
    """How many of them are ready, short or have one, whichever group is looked at."""
    stand = _of(wanted, everybody=True).with_only_columns(
        case((_held(wanted), 2), (_ready(wanted), 1), else_=0).label("place")
    )
    place = stand.subquery().c.place
    found: dict[int, int] = {row[0]: row[1] for row in session.execute(select(place, func.count()).group_by(place))}
    return Counts(ready=found.get(1, 0), short=found.get(0, 0), have=found.get(2, 0))


def eligible(session: Session, live: LiveCourse, wanted: Wanted) -> list[int]:
    """Everybody who earned the certificate, said how they are written, and has none yet nor had one taken away."""
    without = _of(wanted, everybody=True).with_only_columns(Member.id).where(~_held(wanted), Member.legal_name != "")
    ids = list(session.scalars(without.order_by(Member.search_key, Member.id)))
    found: list[Candidate] = []
    for start in range(0, len(ids), CHUNK):
        found += candidates(session, live, wanted.tier, ids[start : start + CHUNK])
    return [each.member_id for each in found if each.eligible(wanted.tier)]


def present(session: Session, wanted: Wanted, member_ids: Collection[int]) -> list[int]:
    """Which of these members take the course, or finished it, by name."""
    here = _of(wanted, everybody=True).with_only_columns(Member.id).where(Member.id.in_(member_ids))
    return list(session.scalars(here.order_by(Member.search_key, Member.id)))


def unchecked_ids(session: Session, wanted: Wanted) -> list[int]:
    """Those without a certificate who have not looked at how they are written."""
    query = _of(wanted, everybody=True).where(~_held(wanted), ~CONFIRMED)
    return list(session.scalars(query.with_only_columns(Member.id)))


def _of(wanted: Wanted, *, everybody: bool = False) -> Select[*tuple[Any, ...]]:
    finished = exists().where(
        Completion.member_id == Enrolment.member_id, Completion.course_slug == Enrolment.course_slug
    )
    query = (
        select(Member.id)
        .join(Enrolment, Enrolment.member_id == Member.id)
        .outerjoin(CertificateName, CertificateName.member_id == Member.id)
        .where(Member.state == ACTIVE, Enrolment.course_slug == wanted.course_slug)
        .where(or_(Enrolment.left_at.is_(None), finished))
    )
    if wanted.cohort_id is not None:
        inside = exists().where(CohortMember.member_id == Member.id, CohortMember.cohort_id == wanted.cohort_id)
        query = query.where(inside)
    for word in wanted.words.casefold().split():
        query = query.where(Member.search_key.contains(word, autoescape=True))
    return query if everybody else query.where(*_group(wanted))


def _group(wanted: Wanted) -> Collection[ColumnElement[bool]]:
    groups: dict[Show, Collection[ColumnElement[bool]]] = {
        Show.ALL: (),
        Show.HAVE: (_held(wanted),),
        Show.READY: (~_held(wanted), _ready(wanted)),
        Show.SHORT: (~_held(wanted), ~_ready(wanted)),
        Show.UNCHECKED: (~_held(wanted), ~CONFIRMED),
    }
    return groups[wanted.show]


def _certificates(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    return (
        Certificate.member_id == Member.id,
        Certificate.course_slug == wanted.course_slug,
        Certificate.tier == wanted.tier,
    )


def _held(wanted: Wanted) -> ColumnElement[bool]:
    return exists().where(*_certificates(wanted), Certificate.withdrawn_at.is_(None))


def _ready(wanted: Wanted) -> ColumnElement[bool]:
    earned = exists().where(
        Completion.member_id == Member.id,
        Completion.course_slug == wanted.course_slug,
        Completion.tier == wanted.tier,
    )
    for_good = Certificate.withdraw_class.not_in(("", WithdrawClass.SUPERSEDED))
    return and_(earned, ~exists().where(*_certificates(wanted), for_good), Member.legal_name != "")


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
