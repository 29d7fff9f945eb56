"""Makers of mentors, requests and pairs."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.mentoring import asking, offering
from alumni.mentoring.asking import Asking
from alumni.mentoring.kinds import Serves
from alumni.mentoring.models import Mentor, MentoringRequest, Mentorship
from tests.makers import LONG_AGO

WORDS = "I sat in many long meetings and learned to listen."
GOAL = "I want to argue less and ask more in the village council before the elections in May."


def mentor(
    app: Flask,
    session: Session,
    who: Member,
    *,
    places: int = 1,
    topics: Sequence[str] = ("mediation",),
    languages: Sequence[str] = ("en",),
    serves: Serves = Serves.NETWORK,
    rests: date | None = None,
) -> Mentor:
    """Somebody who offers to be a mentor."""
    said = offering.Offer(places, topics, languages, serves, WORDS, rests)
    with app.test_request_context():
        made = offering.offer(session, member_id=who.id, said=said, now=LONG_AGO)
    session.commit()
    return made


def asked(
    app: Flask, session: Session, who: Member, *mentors: Mentor, topic: str = "mediation", now: datetime = LONG_AGO
) -> MentoringRequest:
    """A request to these mentors, in this order."""
    wish = Asking(topic, GOAL, [each.id for each in mentors])
    with app.test_request_context():
        made = asking.ask(session, member_id=who.id, asking=wish, now=now)
    session.commit()
    return made


def pair(app: Flask, session: Session, mentor_member: Member, mentee: Member) -> Mentorship:
    """Two who go together."""
    request = asked(app, session, mentee, mentor(app, session, mentor_member))
    with app.test_request_context():
        made = asking.accept(session, number=request.id, member_id=mentor_member.id, answer="", now=LONG_AGO)
    session.commit()
    return made
