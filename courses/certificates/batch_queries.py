"""Reads of batches: who is in one, how far it is, which there were."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.certificates.models import Certificate, CertificateBatch, CertificateBatchLine

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a batch: how they are called, and the certificate they were given or held."""

    line: CertificateBatchLine
    name: str
    code: str


def by_number(session: Session, number: int) -> CertificateBatch | None:
    """The batch with this number."""
    return session.get(CertificateBatch, number)


def lines_after(session: Session, batch_id: int, *, state: str, after: int) -> list[Line]:
    """A page of a batch and one more, in the order in which it is worked through."""
    query = (
        select(CertificateBatchLine, Member.display_name, Certificate.code)
        .join(Member, Member.id == CertificateBatchLine.member_id)
        .outerjoin(Certificate, Certificate.id == CertificateBatchLine.certificate_id)
        .where(CertificateBatchLine.batch_id == batch_id, CertificateBatchLine.id > after)
    )
    if state:
        query = query.where(CertificateBatchLine.state == state)
    found = session.execute(query.order_by(CertificateBatchLine.id).limit(PAGE + 1))
    return [Line(line, name, code or "") for line, name, code in found]


def counts(session: Session, batch_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How many people of each of these batches stand how."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = session.execute(
        select(CertificateBatchLine.batch_id, CertificateBatchLine.state, func.count())
        .where(CertificateBatchLine.batch_id.in_(batch_ids))
        .group_by(CertificateBatchLine.batch_id, CertificateBatchLine.state)
    )
    for batch_id, state, people_there in rows:
        found[batch_id][state] = people_there
    return found


def batches_before(session: Session, before: int) -> list[tuple[CertificateBatch, str]]:
    """A page of batches and one more, the newest first, each with the name of whoever made it."""
    query = select(CertificateBatch, Member.display_name).outerjoin(Member, Member.id == CertificateBatch.made_by)
    if before:
        query = query.where(CertificateBatch.id < before)
    rows = session.execute(query.order_by(CertificateBatch.id.desc()).limit(PAGE + 1))
    return [(batch, name or "") for batch, name in rows]
