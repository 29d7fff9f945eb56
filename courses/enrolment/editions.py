"""Whom another edition of a course may be told to."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.enrolment.models import Enrolment


def learners(session: Session, slug: str) -> Collection[int]:
    """Everybody who has a place in the course now."""
    return session.scalars(
        select(Enrolment.member_id).where(Enrolment.course_slug == slug, Enrolment.left_at.is_(None))
    ).all()
