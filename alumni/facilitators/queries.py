"""Reads of facilitators and their sessions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member
from alumni.blocks.queries import blocked_of, blockers_of
from alumni.facilitators import rules
from alumni.facilitators.kinds import FORMATS, LANGUAGES, TOPICS, SessionState
from alumni.facilitators.models import Facilitation, Facilitator, FacilitatorTerm
from alumni.profiles.models import Profile
from courses import facts

PAGE = 20
MOST_SESSIONS = 500
KINDS = (TOPICS, LANGUAGES, FORMATS)
Terms = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facilitators somebody looks for; '' is any."""

    topic: str = ""
    language: str = ""
    format: str = ""


def is_there() -> ColumnElement[bool]:
    """Offers of alumni who are there and whose profiles nobody hid; for queries that join Member and Profile."""
    return and_(
        Facilitator.stopped_at.is_(None),
        Facilitator.withheld_at.is_(None),
        Member.state == ACTIVE,
        Member.alumnus_since.is_not(None),
        Profile.hidden_at.is_(None),
        Profile.withheld_at.is_(None),
    )


def shown_to(member_id: int) -> Select[Facilitator]:
    """The offers of others that a member may see; none from either side of a block."""
    joined = select(Facilitator).join(Member, Member.id == Facilitator.member_id)
    return joined.outerjoin(Profile, Profile.member_id == Facilitator.member_id).where(
        is_there(),
        Facilitator.member_id.not_in(blockers_of(member_id)),
        Facilitator.member_id.not_in(blocked_of(member_id)),
    )


def facilitators_before(session: Session, member_id: int, wanted: Wanted, before: int | None) -> Sequence[Facilitator]:
    """A page of offers and one more, the newest first, before the offer with this number."""
    found = shown_to(member_id)
    for kind, key in ((TOPICS, wanted.topic), (LANGUAGES, wanted.language), (FORMATS, wanted.format)):
        if key:
            having = select(FacilitatorTerm.facilitator_id).where(
                FacilitatorTerm.kind == kind, FacilitatorTerm.key == key
            )
            found = found.where(Facilitator.id.in_(having))
    if before is not None:
        found = found.where(Facilitator.id < before)
    return session.scalars(found.order_by(Facilitator.id.desc()).limit(PAGE + 1)).all()


def facilitator_for(session: Session, member_id: int, number: int) -> Facilitator | None:
    """The offer with this number, if this member may see it."""
    return session.scalar(shown_to(member_id).where(Facilitator.id == number))


def offer_seen(session: Session, viewer_id: int, member_id: int) -> int | None:
    """The number of the offer of this member, if another may see it."""
    theirs = shown_to(viewer_id).where(Facilitator.member_id == member_id)
    return session.scalar(theirs.with_only_columns(Facilitator.id))


def offer_of(session: Session, member_id: int) -> Facilitator | None:
    """What this member offers or offered."""
    return session.scalar(select(Facilitator).where(Facilitator.member_id == member_id))


def terms_of(session: Session, numbers: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """The topics, languages and formats of each of these offers."""
    found: dict[int, dict[str, list[str]]] = {number: {kind: [] for kind in KINDS} for number in numbers}
    rows = select(FacilitatorTerm).where(FacilitatorTerm.facilitator_id.in_(numbers)).order_by(FacilitatorTerm.key)
    for term in session.scalars(rows):
        found[term.facilitator_id][term.kind].append(term.key)
    return found


def session_of(session: Session, number: int) -> Facilitation | None:
    """The session with this number."""
    return session.get(Facilitation, number)


def sessions_of(session: Session, member_id: int) -> Sequence[Facilitation]:
    """The sessions this member was invited to run, the latest first."""
    theirs = select(Facilitation).where(Facilitation.member_id == member_id)
    return session.scalars(theirs.order_by(Facilitation.at.desc(), Facilitation.id.desc()).limit(MOST_SESSIONS)).all()


def courses_run_by(session: Session, member_id: int, now: datetime) -> set[str]:
    """The courses whose guides open to a member, because they are asked to run a session."""
    theirs = sessions_of(session, member_id)
    return {each.course_slug for each in theirs if each.course_slug and rules.opens_guide(each, now)}


def confirmed_of(session: Session, member_id: int) -> Sequence[Facilitation]:
    """Those of them that were confirmed, first things first."""
    theirs = (Facilitation.member_id == member_id, Facilitation.confirmed_at.is_not(None))
    return session.scalars(select(Facilitation).where(*theirs).order_by(Facilitation.at, Facilitation.id)).all()


def answers_to(session: Session, sessions: Collection[Facilitation]) -> dict[int, facts.ServiceFact]:
    """What came of the certificates that were asked for with these sessions."""
    return facts.service_asked(session, {each.wish_id for each in sessions if each.wish_id is not None})


def unused(sessions: Collection[Facilitation], answers: Mapping[int, facts.ServiceFact]) -> list[Facilitation]:
    """Those of these confirmed sessions that no certificate was given or asked for yet."""
    return [
        each
        for each in sessions
        if each.wish_id is None or each.wish_id not in answers or answers[each.wish_id].decision == "refused"
    ]


def invited_before(session: Session, member_id: int | None, before: int | None) -> Sequence[Facilitation]:
    """A page of sessions this member invited to (None: anybody) and one more, those to be confirmed first."""
    found = select(Facilitation)
    if member_id is not None:
        found = found.where(Facilitation.invited_by == member_id)
    if before is not None:
        found = found.where(Facilitation.id < before)
    return session.scalars(found.order_by(Facilitation.id.desc()).limit(PAGE + 1)).all()


def to_confirm(session: Session, member_id: int | None) -> Sequence[Facilitation]:
    """Sessions whose hours wait to be confirmed by this member (None: by admins), the oldest first."""
    waits = select(Facilitation).where(
        Facilitation.state == SessionState.ACCEPTED,
        Facilitation.logged.is_not(None),
        Facilitation.confirmed_at.is_(None),
    )
    if member_id is not None:
        waits = waits.where(Facilitation.invited_by == member_id)
    return session.scalars(waits.order_by(Facilitation.logged_at, Facilitation.id).limit(PAGE)).all()


def waiting(session: Session) -> int:
    """How many sessions wait to be confirmed."""
    waits = select(func.count(Facilitation.id)).where(
        Facilitation.state == SessionState.ACCEPTED,
        Facilitation.logged.is_not(None),
        Facilitation.confirmed_at.is_(None),
    )
    return session.scalar(waits) or 0


def offers_to(member_id: int) -> ColumnElement[bool]:
    """Profiles of members who offer to run sessions, for whoever looks."""
    return Profile.member_id.in_(shown_to(member_id).with_only_columns(Facilitator.member_id))


def known(session: Session, member_id: int) -> Sequence[Facilitation]:
    """Every session a member ran or invited to."""
    either = or_(Facilitation.member_id == member_id, Facilitation.invited_by == member_id)
    return session.scalars(select(Facilitation).where(either).order_by(Facilitation.id)).all()
