"""What a mentor offers, and taking it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from alumni.mentoring import queries
from alumni.mentoring.asking import pass_on_stuck
from alumni.mentoring.kinds import Serves
from alumni.mentoring.models import Mentor, MentorTerm
from alumni.mentoring.refusals import TooFewPlaces


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody offers as a mentor."""

    capacity: int
    topics: Collection[str]
    languages: Collection[str]
    serves: Serves
    words: str
    paused_until: date | None = None


def offer(session: Session, *, member_id: int, said: Offer, now: datetime) -> Mentor:
    """Offer this from now on; raise TooFewPlaces when more pairs run already.

    What waits for somebody who pauses goes on to others.
    """
    values = {
        "capacity": said.capacity,
        "serves": said.serves,
        "words": said.words,
        "paused_until": said.paused_until,
        "stopped_at": None,
    }
    new = insert_into(Mentor, session.get_bind()).values(member_id=member_id, taken=0, since=now, **values)
    session.execute(new.on_conflict_do_nothing(index_elements=["member_id"]))
    fitting = update(Mentor).where(Mentor.member_id == member_id, Mentor.taken <= said.capacity)
    number = session.scalar(fitting.values(values).returning(Mentor.id))
    if number is None:
        raise TooFewPlaces
    _say_terms(session, number, said)
    pass_on_stuck(session, now, mentor_id=number)
    return session.get_one(Mentor, number, populate_existing=True)


def _say_terms(session: Session, number: int, said: Offer) -> None:
    session.execute(delete(MentorTerm).where(MentorTerm.mentor_id == number))
    terms = [(queries.TOPICS, key) for key in said.topics] + [(queries.LANGUAGES, key) for key in said.languages]
    rows = [{"mentor_id": number, "kind": kind, "key": key} for kind, key in dict.fromkeys(terms)]
    session.execute(insert(MentorTerm), rows)


def stop(session: Session, *, member_id: int, now: datetime) -> None:
    """Take no more people on; pairs that run go on, and what waits goes to others."""
    open_one = update(Mentor).where(Mentor.member_id == member_id, Mentor.stopped_at.is_(None))
    number = session.scalar(open_one.values(stopped_at=now).returning(Mentor.id))
    if number is not None:
        pass_on_stuck(session, now, mentor_id=number)
