"""A member's part in mentoring: what they may take away, and what goes when they are erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from academy import clock
from alumni.mentoring import pair_queries, queries
from alumni.mentoring.asking import pass_on_stuck
from alumni.mentoring.models import (
    Mentor,
    MentoringMeeting,
    MentoringNote,
    MentoringRequest,
    Mentorship,
    MentorshipGoal,
)
from alumni.mentoring.pairing import free_place


def forget(session: Session, member_id: int) -> None:
    """Erase a member's offer, requests and words; pairs that run end, and what waits for them goes on to others."""
    now = clock.now()
    offer = queries.offer_of(session, member_id)
    if offer is not None:
        offer.stopped_at = now
        session.flush()
        while pass_on_stuck(session, now, mentor_id=offer.id):
            continue
    session.execute(delete(MentoringRequest).where(MentoringRequest.member_id == member_id))
    _leave_pairs(session, member_id, now)
    session.execute(delete(MentoringNote).where(MentoringNote.author_id == member_id))
    session.execute(delete(MentorshipGoal).where(MentorshipGoal.author_id == member_id))
    session.execute(update(MentoringMeeting).where(MentoringMeeting.author_id == member_id).values(author_id=None))
    session.execute(delete(Mentor).where(Mentor.member_id == member_id))


def _leave_pairs(session: Session, member_id: int, now: datetime) -> None:
    running = select(Mentorship.mentor_id).where(Mentorship.mentee_id == member_id, Mentorship.ended_at.is_(None))
    for mentor_id in session.scalars(running).all():
        free_place(session, mentor_id)
    theirs = update(Mentorship).where(or_(Mentorship.mentor_id == member_id, Mentorship.mentee_id == member_id))
    session.execute(theirs.where(Mentorship.ended_at.is_(None)).values(ended_at=now))
    session.execute(theirs.where(Mentorship.ended_by == member_id).values(ended_by=None))
    # Places of meetings say where somebody could be found: they go with either of the two.
    pairs = select(Mentorship.id).where(or_(Mentorship.mentor_id == member_id, Mentorship.mentee_id == member_id))
    session.execute(update(MentoringMeeting).where(MentoringMeeting.mentorship_id.in_(pairs)).values(place=""))
    both = {"mentor_agrees": False, "mentee_agrees": False}
    as_mentor = update(Mentorship).where(Mentorship.mentor_id == member_id)
    session.execute(as_mentor.values(mentor_id=None, mentor_thanks="", **both))
    as_mentee = update(Mentorship).where(Mentorship.mentee_id == member_id)
    session.execute(as_mentee.values(mentee_id=None, mentee_thanks="", goal="", **both))
    session.execute(delete(Mentorship).where(Mentorship.mentor_id.is_(None), Mentorship.mentee_id.is_(None)))


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """Everything a member said in mentoring, for their export."""
    return {
        "offer": _offer(session, queries.offer_of(session, member_id)),
        "requests": [
            {"topic": each.topic, "goal": each.goal, "state": each.state, "asked_at": each.asked_at.isoformat()}
            for each in queries.requests_of(session, member_id)
        ],
        "pairs": [_pair(session, each, member_id) for each in pair_queries.pairs_of(session, member_id)],
    }


def _offer(session: Session, offer: Mentor | None) -> dict[str, Any] | None:
    if offer is None:
        return None
    return {
        "places": offer.capacity,
        "serves": offer.serves,
        "words": offer.words,
        "paused_until": offer.paused_until.isoformat() if offer.paused_until else None,
        "since": offer.since.isoformat(),
        **queries.terms_of(session, [offer.id])[offer.id],
    }


def _pair(session: Session, pair: Mentorship, member_id: int) -> dict[str, Any]:
    as_mentor = pair.mentor_id == member_id
    meetings = pair_queries.meetings_of(session, pair.id)
    notes = pair_queries.notes_of(session, [each.id for each in meetings])
    return {
        "as": "mentor" if as_mentor else "mentee",
        "topic": pair.topic,
        "began_at": pair.began_at.isoformat(),
        "ended_at": pair.ended_at.isoformat() if pair.ended_at else None,
        "thanks_given": pair.mentor_thanks if as_mentor else pair.mentee_thanks,
        "thanks_received": pair.mentee_thanks if as_mentor else pair.mentor_thanks,
        "goals": [{"words": each.words, "state": each.state} for each in pair_queries.goals_of(session, pair.id)],
        "meetings": [
            {
                "at": each.at.isoformat(),
                "place": each.place,
                "my_note": next((note.text for note in notes[each.id] if note.author_id == member_id), ""),
            }
            for each in meetings
        ],
    }
