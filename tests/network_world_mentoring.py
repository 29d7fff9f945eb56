"""Mentoring in the world of permissions: Ana is a mentor, goes with Zoya, and is asked by Lena."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.mentoring import asking, offering, pairing
from alumni.mentoring.asking import Asking
from alumni.mentoring.kinds import Serves
from alumni.mentoring.models import MentorshipGoal
from tests.makers import LONG_AGO

OFFER = "I listen for an hour before I say anything."
GOAL = "I want to chair a meeting without raising my voice."
FIRST_GOAL = "Chair one small meeting"
NOTE = "We agreed on one small meeting in March."
SECRETS = {
    "what Lena wants a mentor for": (GOAL, frozenset({"lena", "ana", "zoya"})),
    "a note of a pair": (NOTE, frozenset({"ana", "zoya"})),
}


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """What things of mentoring are called in addresses."""
    ana, zoya, lena = people["ana"].id, people["zoya"].id, people["lena"].id
    said = offering.Offer(3, ("mediation",), ("en",), Serves.ACADEMY, OFFER)
    mentor = offering.offer(session, member_id=ana, said=said, now=LONG_AGO)
    wish = Asking("mediation", GOAL, [mentor.id])
    first = asking.ask(session, member_id=zoya, asking=wish, now=LONG_AGO)
    pair = asking.accept(session, number=first.id, member_id=ana, answer="", now=LONG_AGO)
    pairing.add_goal(session, pair=pair, words=FIRST_GOAL, by=zoya, now=LONG_AGO)
    meeting = pairing.meet(session, pair=pair, at=clock.now(), place="", by=ana, now=LONG_AGO)
    pairing.note(session, pair=pair, meeting=meeting.id, text=NOTE, version=0, by=ana, now=LONG_AGO)
    waiting = asking.ask(session, member_id=lena, asking=wish, now=clock.now())
    goal = session.query(MentorshipGoal.id).scalar()
    session.commit()
    return {
        "mentor": str(mentor.id),
        "mentoring-request": str(waiting.id),
        "pair": str(pair.id),
        "pair-goal": str(goal),
        "pair-meeting": str(meeting.id),
    }
