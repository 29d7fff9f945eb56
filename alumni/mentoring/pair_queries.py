"""Reads of pairs: who goes with whom, what they want to reach, when they meet, what they noted."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from alumni.mentoring.kinds import RequestState
from alumni.mentoring.models import (
    Mentor,
    MentoringMeeting,
    MentoringNote,
    MentoringRequest,
    Mentorship,
    MentorshipGoal,
    MentorTerm,
)
from alumni.mentoring.queries import stands

PAGE = 20
MOST_PAIRS = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """Mentoring in numbers."""

    mentors: int
    places: int
    taken: int
    waiting: int
    running: int
    ended: int
    unanswered: int


def pair_of(session: Session, number: int) -> Mentorship | None:
    """The pair with this number."""
    return session.get(Mentorship, number)


def pairs_of(session: Session, member_id: int) -> Sequence[Mentorship]:
    """All pairs this member is or was part of, those that run first, then the latest."""
    order = (Mentorship.ended_at.is_not(None), Mentorship.id.desc())
    return session.scalars(_of(member_id).order_by(*order)).all()


def running_of(session: Session, member_id: int) -> Sequence[Mentorship]:
    """The pairs of this member that go on, the latest first; nobody has many."""
    running = _of(member_id).where(Mentorship.ended_at.is_(None))
    return session.scalars(running.order_by(Mentorship.id.desc()).limit(MOST_PAIRS)).all()


def ended_of(session: Session, member_id: int, before: int | None = None) -> Sequence[Mentorship]:
    """A page of those that ended and one more, the latest first, before the pair with this number."""
    over = _of(member_id).where(Mentorship.ended_at.is_not(None))
    if before is not None:
        over = over.where(Mentorship.id < before)
    return session.scalars(over.order_by(Mentorship.id.desc()).limit(PAGE + 1)).all()


def _of(member_id: int) -> Select[Mentorship]:
    return select(Mentorship).where(or_(Mentorship.mentor_id == member_id, Mentorship.mentee_id == member_id))


def known_to(session: Session, member_id: int, others: Collection[int]) -> set[int]:
    """Those of these members who go with somebody as their mentor or mentee now."""
    mine = Mentorship.mentor_id == member_id, Mentorship.mentee_id.in_(others)
    theirs = Mentorship.mentee_id == member_id, Mentorship.mentor_id.in_(others)
    running = select(Mentorship).where(Mentorship.ended_at.is_(None), or_(and_(*mine), and_(*theirs)))
    return {other for pair in session.scalars(running) if (other := pair.other_than(member_id)) is not None}


def next_meetings(session: Session, numbers: Collection[int], now: object) -> dict[int, MentoringMeeting]:
    """The next meeting of each of these pairs that has one."""
    coming = (
        select(MentoringMeeting)
        .where(
            MentoringMeeting.mentorship_id.in_(numbers),
            MentoringMeeting.cancelled_at.is_(None),
            MentoringMeeting.at >= now,
        )
        .order_by(MentoringMeeting.at.desc())
    )
    return {each.mentorship_id: each for each in session.scalars(coming)}


def goals_of(session: Session, number: int) -> Sequence[MentorshipGoal]:
    """What a pair wants to reach, as it was written down."""
    theirs = select(MentorshipGoal).where(MentorshipGoal.mentorship_id == number)
    return session.scalars(theirs.order_by(MentorshipGoal.id)).all()


def goal_of(session: Session, number: int, goal: int) -> MentorshipGoal | None:
    """One goal of a pair, locked until the transaction ends."""
    theirs = select(MentorshipGoal).where(MentorshipGoal.mentorship_id == number, MentorshipGoal.id == goal)
    return session.scalar(theirs.with_for_update())


def meetings_of(session: Session, number: int) -> Sequence[MentoringMeeting]:
    """All times at which a pair meets and met, the latest first."""
    theirs = select(MentoringMeeting).where(MentoringMeeting.mentorship_id == number)
    return session.scalars(theirs.order_by(MentoringMeeting.at.desc())).all()


def coming_of(session: Session, number: int, now: datetime) -> Sequence[MentoringMeeting]:
    """When a pair meets next; at most a page of it."""
    ahead = select(MentoringMeeting).where(MentoringMeeting.mentorship_id == number, _is_ahead(now))
    return session.scalars(ahead.order_by(MentoringMeeting.at, MentoringMeeting.id).limit(PAGE)).all()


def past_of(
    session: Session, number: int, now: datetime, before: MentoringMeeting | None = None
) -> Sequence[MentoringMeeting]:
    """A page of when a pair met or would have met and one more, the latest first, before this meeting."""
    over = select(MentoringMeeting).where(MentoringMeeting.mentorship_id == number, ~_is_ahead(now))
    place = tuple_(MentoringMeeting.at, MentoringMeeting.id)
    if before is not None:
        over = over.where(place < tuple_(literal(before.at, MentoringMeeting.at.type), literal(before.id)))
    return session.scalars(over.order_by(MentoringMeeting.at.desc(), MentoringMeeting.id.desc()).limit(PAGE + 1)).all()


def _is_ahead(now: datetime) -> ColumnElement[bool]:
    return and_(MentoringMeeting.at >= now, MentoringMeeting.cancelled_at.is_(None))


def meeting_of(session: Session, number: int, meeting: int) -> MentoringMeeting | None:
    """One meeting of a pair."""
    theirs = (MentoringMeeting.mentorship_id == number, MentoringMeeting.id == meeting)
    return session.scalar(select(MentoringMeeting).where(*theirs))


def notes_of(session: Session, meetings: Collection[int]) -> dict[int, list[MentoringNote]]:
    """What was noted about each of these meetings, first things first."""
    found: dict[int, list[MentoringNote]] = defaultdict(list)
    notes = select(MentoringNote).where(MentoringNote.meeting_id.in_(meetings))
    for note in session.scalars(notes.order_by(MentoringNote.written_at, MentoringNote.author_id)):
        found[note.meeting_id].append(note)
    return found


def note_of(session: Session, meeting: int, author_id: int) -> MentoringNote | None:
    """What somebody noted about a meeting."""
    return session.get(MentoringNote, (meeting, author_id))


def records_of(session: Session, member_id: int) -> Sequence[Mentorship]:
    """The pairs that both agreed to show on their profiles, the latest first."""
    both = and_(Mentorship.ended_at.is_not(None), Mentorship.mentor_agrees, Mentorship.mentee_agrees)
    theirs = or_(Mentorship.mentor_id == member_id, Mentorship.mentee_id == member_id)
    found = select(Mentorship).where(both, theirs).order_by(Mentorship.ended_at.desc(), Mentorship.id.desc())
    return session.scalars(found.limit(MOST_PAIRS)).all()


def figures(session: Session) -> Figures:
    """Mentoring as a whole; no names, no words (three queries)."""
    is_open = stands()
    zero = func.coalesce
    offers = select(
        func.count(Mentor.id).filter(is_open),
        zero(func.sum(Mentor.capacity).filter(is_open), 0),
        zero(func.sum(Mentor.taken), 0),
    )
    mentors, places, taken = session.execute(offers).one()
    states = session.execute(select(MentoringRequest.state, func.count()).group_by(MentoringRequest.state))
    asked = {state: count for state, count in states}  # noqa: C416
    ended = Mentorship.ended_at.is_not(None)
    running, over = session.execute(
        select(func.count(Mentorship.id).filter(~ended), func.count(Mentorship.id).filter(ended))
    ).one()
    return Figures(
        mentors=mentors,
        places=places,
        taken=taken,
        waiting=asked.get(RequestState.WAITING, 0),
        running=running,
        ended=over,
        unanswered=asked.get(RequestState.UNANSWERED, 0),
    )


def topics_asked(session: Session) -> dict[str, int]:
    """How often each topic was asked for."""
    rows = session.execute(select(MentoringRequest.topic, func.count()).group_by(MentoringRequest.topic))
    return {topic: count for topic, count in rows}  # noqa: C416  rows are not pairs to the type checker


def topics_offered(session: Session) -> dict[str, int]:
    """How many mentors help with each topic."""
    offered = select(MentorTerm.key, func.count()).join(Mentor, Mentor.id == MentorTerm.mentor_id)
    open_ones = offered.where(MentorTerm.kind == "topics", stands()).group_by(MentorTerm.key)
    return {key: count for key, count in session.execute(open_ones)}  # noqa: C416
