"""What a member may take away of their part as a facilitator."""

from typing import Any

from sqlalchemy.orm import Session

from alumni.facilitators import queries
from alumni.facilitators.models import Facilitation, Facilitator


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """A member's offer, the sessions they ran and those they invited others to."""
    offer, sessions = queries.offer_of(session, member_id), queries.known(session, member_id)
    return {
        "offer": _offer(session, offer) if offer is not None else None,
        "ran": [_session(each) for each in sessions if each.member_id == member_id],
        "invited_to": [
            {"title": each.title, "cohort": each.cohort, "at": each.at.isoformat(), "words": each.words}
            for each in sessions
            if each.invited_by == member_id
        ],
    }


def _offer(session: Session, offer: Facilitator) -> dict[str, Any]:
    terms = queries.terms_of(session, [offer.id])[offer.id]
    return {"words": offer.words, "since": offer.since.isoformat(), **terms}


def _session(each: Facilitation) -> dict[str, Any]:
    return {
        "title": each.title,
        "cohort": each.cohort,
        "course": each.course_slug,
        "at": each.at.isoformat(),
        "place": each.place,
        "state": each.state,
        "answer": each.answer,
        "minutes": each.logged,
        "what_i_did": each.logged_words,
        "confirmed_at": each.confirmed_at.isoformat() if each.confirmed_at else None,
        "thanks": each.thanks,
    }
