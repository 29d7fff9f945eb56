"""Whoever holds a certificate of a course that stands is an alumnus; it may have expired."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from academy.people import alumnus
from academy.people.actor import Actor
from courses.certificates.models import Certificate, WithdrawClass


def settle(session: Session, *, certificates: Collection[Certificate], by: Actor | None, now: datetime) -> None:
    """Let the standing of the holders of these follow what happened to them."""
    holders = {each.member_id for each in certificates if each.member_id is not None}
    if holders:
        alumnus.settle(session, member_ids=holders, by=by, now=now)


def since_certificates(session: Session, member_ids: Collection[int]) -> list[tuple[int, datetime]]:
    """Since when these members have had a certificate, as far as one stands now; a replaced one counts for its day."""
    of_course = Certificate.course_slug.is_not(None)
    standing = select(Certificate.member_id).where(Certificate.withdrawn_at.is_(None), of_course)
    first = (
        select(Certificate.member_id, func.min(Certificate.issued_at).label("since"))
        .where(
            Certificate.member_id.in_(member_ids),
            Certificate.member_id.in_(standing),
            of_course,
            or_(Certificate.withdrawn_at.is_(None), Certificate.withdraw_class == WithdrawClass.SUPERSEDED),
        )
        .group_by(Certificate.member_id)
    )
    return [(row.member_id, row.since) for row in session.execute(first)]
