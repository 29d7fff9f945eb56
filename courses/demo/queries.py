"""Who is on the site before the demo people come."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.certificates.models import Certificate


def demo_is_loaded(session: Session) -> bool:
    """Whether there are demo people."""
    return session.scalar(select(Member.id).where(Member.is_demo).limit(1)) is not None


def people_are_here(session: Session) -> bool:
    """Whether there is anybody who is no demo person."""
    return session.scalar(select(Member.id).where(Member.is_demo.is_(False)).limit(1)) is not None


def valid_certificates(session: Session) -> int:
    """How many certificates stand."""
    return session.scalar(select(func.count()).where(Certificate.withdrawn_at.is_(None))) or 0
