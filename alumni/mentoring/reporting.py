"""What can be reported of mentoring: an offer, a request, and what one of a pair wrote.

Moderators read of a pair what the reported one wrote, never the notes of the other.
"""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.mentoring import pair_queries, queries
from alumni.mentoring.kinds import ChoiceState
from alumni.mentoring.models import Mentor, Mentorship
from alumni.moderation.subjects import HIDE, Act, Subject, add_subject
from alumni.profiles.viewers import viewer_of

OFFER, REQUEST, PAIR = "mentor", "mentoring_request", "mentoring"
LONGEST = 4000


def register() -> None:
    """Let these be reported."""
    hide = Act(_hide, _show)
    add_subject(Subject(OFFER, _l("An offer to be a mentor"), _sees_offer, _offers, _offer, _offer_owner, {HIDE: hide}))
    add_subject(Subject(REQUEST, _l("A request for a mentor"), _is_asked, _asked_page, _asked_words, _asked_owner))
    add_subject(
        Subject(PAIR, _l("What somebody wrote or did in a mentoring"), _is_other, _pair_page, _written, _side_owner)
    )


def number_of(pair: Mentorship, reported: int) -> int:
    """The number under which one of the two is reported: that of the pair, and which of them."""
    return pair.id * 2 + (reported == pair.mentee_id)


def _sees_offer(session: Session, actor: Actor, number: int) -> bool:
    return queries.mentor_for(session, viewer_of(session, actor), number) is not None


def _offers(session: Session, number: int) -> str:
    return url_for("mentoring.index") if session.get(Mentor, number) is not None else ""


def _offer(session: Session, number: int) -> str:
    offer = session.get(Mentor, number)
    return offer.words if offer is not None else ""


def _offer_owner(session: Session, number: int) -> int | None:
    offer = session.get(Mentor, number)
    return offer.member_id if offer is not None else None


def _hide(session: Session, number: int, now: datetime) -> None:
    offer = session.get(Mentor, number)
    if offer is not None and offer.withheld_at is None:
        offer.withheld_at = now


def _show(session: Session, number: int, now: datetime) -> None:
    del now
    offer = session.get(Mentor, number)
    if offer is not None:
        offer.withheld_at = None


def _is_asked(session: Session, actor: Actor, number: int) -> bool:
    chosen = queries.chosen_of(session, [number]).get(number, [])
    return any(each.mentor.member_id == actor.id and each.choice.state == ChoiceState.ASKED for each in chosen)


def _asked_page(session: Session, number: int) -> str:
    there = queries.request_of(session, number) is not None
    return url_for("mentoring.request_page", number=number) if there else ""


def _asked_words(session: Session, number: int) -> str:
    asked = queries.request_of(session, number)
    return asked.goal if asked is not None else ""


def _asked_owner(session: Session, number: int) -> int | None:
    asked = queries.request_of(session, number)
    return asked.member_id if asked is not None else None


def _is_other(session: Session, actor: Actor, number: int) -> bool:
    pair, reported = pair_queries.pair_of(session, number // 2), _side_owner(session, number)
    return pair is not None and reported is not None and pair.other_than(reported) == actor.id


def _pair_page(session: Session, number: int) -> str:
    there = pair_queries.pair_of(session, number // 2) is not None
    return url_for("mentoring.pair", number=number // 2) if there else ""


def _side_owner(session: Session, number: int) -> int | None:
    pair = pair_queries.pair_of(session, number // 2)
    if pair is None:
        return None
    return pair.mentee_id if number % 2 else pair.mentor_id


def _written(session: Session, number: int) -> str:
    pair, who = pair_queries.pair_of(session, number // 2), _side_owner(session, number)
    if pair is None or who is None:
        return ""
    meetings = [each.id for each in pair_queries.meetings_of(session, pair.id)]
    notes = [each for those in pair_queries.notes_of(session, meetings).values() for each in those]
    goals = [each.words for each in pair_queries.goals_of(session, pair.id) if each.author_id == who]
    own = [pair.goal, pair.mentee_thanks] if who == pair.mentee_id else [pair.mentor_thanks]
    written = [*own, *goals, *(each.text for each in notes if each.author_id == who)]
    return "\n\n".join(filter(None, written))[:LONGEST]
