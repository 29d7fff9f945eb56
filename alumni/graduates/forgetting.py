"""The part of earlier graduates in a member's data."""

from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from academy.dialects import in_so_many_words
from academy.people.models import Member
from alumni.graduates.models import EarlierGraduate, GraduateImport, PastCohort
from alumni.graduates.sealing import sealed


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """What the list of earlier graduates says of a member."""
    theirs = (
        select(EarlierGraduate, PastCohort)
        .join(PastCohort, PastCohort.id == EarlierGraduate.cohort_id)
        .where(EarlierGraduate.member_id == member_id)
        .order_by(EarlierGraduate.id)
    )
    return {
        "entries": [
            {
                "name": graduate.name,
                "email": graduate.email,
                "cohort": cohort.name,
                "year": cohort.year,
                "country": graduate.country,
                "confirmed_at": graduate.answered_at.isoformat() if graduate.answered_at else None,
            }
            for graduate, cohort in session.execute(theirs)
        ]
    }


def forget_member(session: Session, member_id: int) -> None:
    """Take a member off the list, and their row out of tables that are still being looked at."""
    key = session.scalar(select(Member.email_key).where(Member.id == member_id)) or ""
    own = EarlierGraduate.member_id == member_id
    known = EarlierGraduate.email_key != in_so_many_words("")
    theirs = or_(own, and_(EarlierGraduate.email_key.in_((key, sealed(key))), known)) if key else own
    session.execute(delete(EarlierGraduate).where(theirs))
    session.execute(delete(GraduateImport).where(GraduateImport.made_by == member_id))
    for draft in session.scalars(select(GraduateImport)) if key else ():
        rest = [row for row in draft.rows if not any(key in cell.casefold() for cell in row)]
        if len(rest) < len(draft.rows):
            draft.rows = rest
