"""Facilitators in the world of permissions: Ana ran a session for Ada and asks for a certificate, another one waits."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.facilitators import service
from alumni.facilitators.models import Facilitation
from courses.certificates.service_wishes import ServiceWish
from tests.makers import LONG_AGO

OFFER = "I play a mayor who will not listen."
TITLE = "A mayor and a well"


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """What things of facilitators are called in addresses."""
    ana, ada = people["ana"].id, people["ada"].id
    terms = {"topics": ["mediation"], "languages": ["en"], "formats": ["online"]}
    offer = service.offer(session, member_id=ana, words=OFFER, terms=terms, now=LONG_AGO)
    used, waits = (_ran(ana, ada) for _ in range(2))
    used.confirmed_at, used.confirmed_by = LONG_AGO, ada
    session.add_all([used, waits])
    session.flush()
    page = "/alumni/facilitators/mine"
    service.ask_for_certificate(session, member_id=ana, lines=lambda _: [TITLE], page=page, now=clock.now())
    wish = session.scalars(select(ServiceWish.id)).one()
    session.commit()
    return {"facilitator": str(offer.id), "facilitation": str(waits.id), "service-wish": str(wish)}


def _ran(who: int, by: int) -> Facilitation:
    made = Facilitation(member_id=who, title=TITLE, at=LONG_AGO, expected=120, state="accepted")
    made.invited_by, made.invited_at, made.logged, made.logged_at = by, LONG_AGO, 120, LONG_AGO
    return made
