"""A request on its way: from one chosen mentor to the next, until somebody says yes.

The rows are locked in one order (request, then mentor), and nobody waits for a second request: so no two acts can
hold each other up, and the last place of a mentor is given once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import zones
from academy.dialects import in_so_many_words
from academy.errors import NotFound
from academy.people.minors import minors_among
from alumni.blocks.queries import apart_from
from alumni.mentoring import queries
from alumni.mentoring.kinds import ChoiceState, RequestState
from alumni.mentoring.models import Mentor, MentoringChoice, MentoringRequest, Mentorship
from alumni.mentoring.refusals import AnsweredAlready, AskedAlready, NoPlaceLeft, NotOfAge
from alumni.mentoring.rules import ANSWER_WITHIN
from alumni.mentoring.telling import What, tell
from alumni.messages.service import open_conversation

REQUEST, PAIR = "mentoring.request_page", "mentoring.pair"
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody asks for, and whom, first wishes first (numbers of offers)."""

    topic: str
    goal: str
    mentors: Sequence[int]


def ask(session: Session, *, member_id: int, asking: Asking, now: datetime) -> MentoringRequest:
    """Ask the first of these mentors who has a place.

    Raises AskedAlready while an earlier request waits, NotOfAge for minors.
    """
    if minors_among(session, [member_id]):
        raise NotOfAge
    request = MentoringRequest(
        member_id=member_id, topic=asking.topic, goal=asking.goal, state=RequestState.WAITING, asked_at=now
    )
    try:
        with session.begin_nested():
            session.add(request)
    except IntegrityError as error:
        raise AskedAlready from error
    for place, mentor_id in enumerate(dict.fromkeys(asking.mentors), start=1):
        session.add(MentoringChoice(request_id=request.id, place=place, mentor_id=mentor_id, state=ChoiceState.LATER))
    session.flush()
    _ask_next(session, request, now)
    return request


def accept(session: Session, *, number: int, member_id: int, answer: str, now: datetime) -> Mentorship:
    """Take somebody on; raise AnsweredAlready, or NoPlaceLeft when the last place was taken in the meantime."""
    request, choice = _asked(session, number, member_id)
    if apart_from(session, request.member_id, [member_id]) or minors_among(session, [request.member_id]):
        raise AnsweredAlready
    taking = update(Mentor).where(Mentor.id == choice.mentor_id, Mentor.taken < Mentor.capacity)
    taken = taking.values(taken=Mentor.taken + 1).returning(Mentor.id)
    if session.scalars(taken, execution_options={"synchronize_session": False}).one_or_none() is None:
        raise NoPlaceLeft
    _settle(choice, ChoiceState.ACCEPTED, now, answer)
    _close(request, RequestState.ACCEPTED, now)
    pair = Mentorship(
        request_id=request.id,
        mentor_id=member_id,
        mentee_id=request.member_id,
        topic=request.topic,
        goal=request.goal,
        began_at=now,
        conversation_id=open_conversation(session, [member_id, request.member_id], "mentoring", now),
    )
    session.add(pair)
    session.flush()
    tell(session, What.ACCEPTED, member_ids=[request.member_id], page=PAIR, number=pair.id, now=now)
    pass_on_stuck(session, now, mentor_id=choice.mentor_id)
    return pair


def decline(session: Session, *, number: int, member_id: int, answer: str, now: datetime) -> None:
    """Say no kindly; the next mentor is asked. Raises AnsweredAlready."""
    request, choice = _asked(session, number, member_id)
    _settle(choice, ChoiceState.DECLINED, now, answer)
    session.flush()
    _go_on(session, request, What.DECLINED, now)


def withdraw(session: Session, *, number: int, now: datetime) -> None:
    """Take a request back; raise AnsweredAlready."""
    request = _waiting(session, number)
    choice = _choice_asked(session, request)
    _close(request, RequestState.WITHDRAWN, now)
    if choice is not None:
        _settle(choice, ChoiceState.WITHDRAWN, now)
        asked = select(Mentor.member_id).where(Mentor.id == choice.mentor_id)
        tell(session, What.WITHDRAWN, member_ids=session.scalars(asked).all(), page="mentoring.mine", now=now)
    session.flush()


def pass_on_stuck(session: Session, now: datetime, *, mentor_id: int | None = None) -> int:
    """Pass on what its mentor did not answer in time, or cannot take now; says how many, at most fifty.

    A request that somebody is answering at this moment is left to them.
    """
    can = _able(now).where(Mentor.id == MentoringChoice.mentor_id).correlate(MentoringChoice)
    stuck = (
        select(MentoringRequest, MentoringChoice)
        .join(MentoringChoice, MentoringChoice.request_id == MentoringRequest.id)
        .where(MentoringChoice.state == in_so_many_words(ChoiceState.ASKED))
        .where(MentoringRequest.state == RequestState.WAITING, or_(MentoringChoice.expires_at <= now, ~can.exists()))
        .order_by(MentoringChoice.expires_at, MentoringChoice.request_id)
        .limit(AT_ONCE)
        .with_for_update(of=MentoringRequest, skip_locked=True)
    )
    if mentor_id is not None:
        stuck = stuck.where(MentoringChoice.mentor_id == mentor_id)
    found = session.execute(stuck).all()
    for request, choice in found:
        _lapse(session, request, choice, now)
    return len(found)


def _able(now: datetime) -> Select[int]:
    return queries.offers().where(queries.can_be_asked(zones.home_day(now))).with_only_columns(Mentor.id)


def _lapse(session: Session, request: MentoringRequest, choice: MentoringChoice, now: datetime) -> None:
    late = choice.expires_at is not None and choice.expires_at <= now
    _settle(choice, ChoiceState.EXPIRED if late else ChoiceState.PASSED, now)
    session.flush()
    if late:
        asked = select(Mentor.member_id).where(Mentor.id == choice.mentor_id, queries.stands())
        tell(session, What.LAPSED, member_ids=session.scalars(asked).all(), page="mentoring.mine", now=now)
    _go_on(session, request, What.PASSED_ON, now)


def _go_on(session: Session, request: MentoringRequest, why: What, now: datetime) -> None:
    """Ask the next one and say so to whoever asked; that nobody is left is told by itself."""
    if _ask_next(session, request, now):
        tell(session, why, member_ids=[request.member_id], page=REQUEST, number=request.id, now=now)


def _ask_next(session: Session, request: MentoringRequest, now: datetime) -> bool:
    """Ask the next mentor who can be asked; if there is none, the request ends."""
    later = select(MentoringChoice).where(
        MentoringChoice.request_id == request.id, MentoringChoice.state == ChoiceState.LATER
    )
    able = _able_for(session, request, later.with_only_columns(MentoringChoice.mentor_id), now)
    for choice in session.scalars(later.order_by(MentoringChoice.place)).all():
        if choice.mentor_id in able:
            choice.state, choice.expires_at = ChoiceState.ASKED, now + ANSWER_WITHIN
            session.flush()
            who = [able[choice.mentor_id]]
            tell(session, What.ASKED, member_ids=who, page=REQUEST, number=request.id, now=now)
            return True
        _settle(choice, ChoiceState.PASSED, now)
    _close(request, RequestState.UNANSWERED, now)
    session.flush()
    tell(session, What.UNANSWERED, member_ids=[request.member_id], page=REQUEST, number=request.id, now=now)
    return False


def _able_for(session: Session, request: MentoringRequest, among: Select[int], now: datetime) -> dict[int, int]:
    """The members behind those of these offers that can be taken up by whoever asks, by the number of the offer."""
    rows = session.execute(_able(now).with_only_columns(Mentor.id, Mentor.member_id).where(Mentor.id.in_(among)))
    found = {row.id: row.member_id for row in rows}
    apart = apart_from(session, request.member_id, found.values())
    return {number: member_id for number, member_id in found.items() if member_id not in apart}


def _asked(session: Session, number: int, member_id: int) -> tuple[MentoringRequest, MentoringChoice]:
    """The request, locked, and the choice by which it waits for this member."""
    request = _waiting(session, number)
    choice = _choice_asked(session, request)
    mentor = session.get(Mentor, choice.mentor_id) if choice else None
    if choice is None or mentor is None or mentor.member_id != member_id:
        raise AnsweredAlready
    return request, choice


def _waiting(session: Session, number: int) -> MentoringRequest:
    locked = select(MentoringRequest).where(MentoringRequest.id == number).with_for_update()
    # What the page read before the lock may be old by now.
    found = session.scalars(locked.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    if found.state != RequestState.WAITING:
        raise AnsweredAlready
    return found


def _choice_asked(session: Session, request: MentoringRequest) -> MentoringChoice | None:
    asked = select(MentoringChoice).where(
        MentoringChoice.request_id == request.id, MentoringChoice.state == ChoiceState.ASKED
    )
    return session.scalars(asked.execution_options(populate_existing=True)).one_or_none()


def _settle(choice: MentoringChoice, state: ChoiceState, now: datetime, answer: str = "") -> None:
    choice.state, choice.answered_at, choice.answer = state, now, answer


def _close(request: MentoringRequest, state: RequestState, now: datetime) -> None:
    request.state, request.closed_at = state, now
