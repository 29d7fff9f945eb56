"""Makers of facilitators and sessions."""

from datetime import timedelta

from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.facilitators import service
from alumni.facilitators.models import Facilitation, Facilitator
from tests.makers import LONG_AGO

TERMS = {"topics": ["mediation"], "languages": ["en"], "formats": ["online"]}


def facilitator(session: Session, who: Member, **terms: list[str]) -> Facilitator:
    """Somebody who offers to run sessions."""
    made = service.offer(session, member_id=who.id, words="I run role plays.", terms={**TERMS, **terms}, now=LONG_AGO)
    session.commit()
    return made


def ran(
    session: Session, who: Member, by: Member, *, minutes: int | None = 120, confirmed: bool = True
) -> Facilitation:
    """A session that somebody ran yesterday; the hours as far as they were logged and confirmed."""
    now = clock.now()
    made = Facilitation(
        member_id=who.id, title="Who speaks first?", cohort="Spring", at=now - timedelta(days=1), expected=120
    )
    made.state, made.invited_by, made.invited_at, made.answered_at = "accepted", by.id, LONG_AGO, LONG_AGO
    if minutes is not None:
        made.logged, made.logged_at = minutes, now
        if confirmed:
            made.confirmed_at, made.confirmed_by = now, by.id
    session.add(made)
    session.commit()
    return made
