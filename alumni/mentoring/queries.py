"""Reads of offers and requests."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Date, Select, and_, bindparam, false, or_, select
from sqlalchemy.orm import Session

from academy.dialects import in_so_many_words
from academy.people.models import ACTIVE, Member, Minor
from alumni.audiences import Audience
from alumni.blocks.queries import blocked_of, blockers_of
from alumni.mentoring.kinds import ChoiceState, RequestState, Serves
from alumni.mentoring.models import Mentor, MentoringChoice, MentoringRequest, MentorTerm
from alumni.profiles.models import Profile
from alumni.profiles.viewers import AnyViewer, Viewer
from courses import facts

PAGE = 20
MOST_OTHERS = 60
"""So many mentors can be chosen from as the second and the third."""
TOPICS, LANGUAGES = "topics", "languages"
Terms = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mentors somebody looks for; '' and None are any."""

    topic: str = ""
    language: str = ""
    only_free: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the mentors of a request, with the member behind the offer."""

    choice: MentoringChoice
    mentor: Mentor


def stands() -> ColumnElement[bool]:
    """Offers that neither their mentors nor moderators ended."""
    return and_(Mentor.stopped_at.is_(None), Mentor.withheld_at.is_(None))


def is_there() -> ColumnElement[bool]:
    """Offers of grown alumni who are there and whose profiles nobody hid; for queries that join Member and Profile."""
    return and_(
        stands(),
        Member.state == ACTIVE,
        Member.alumnus_since.is_not(None),
        Profile.hidden_at.is_(None),
        Profile.withheld_at.is_(None),
        Mentor.member_id.not_in(select(Minor.member_id)),
    )


def can_be_asked(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Offers with a free place now."""
    rested = or_(Mentor.paused_until.is_(None), Mentor.paused_until <= today)
    return and_(rested, Mentor.taken < Mentor.capacity)


def offers() -> Select[Mentor]:
    """All offers that are there."""
    joined = select(Mentor).join(Member, Member.id == Mentor.member_id)
    return joined.outerjoin(Profile, Profile.member_id == Mentor.member_id).where(is_there())


def shown_to(viewer: Viewer | AnyViewer) -> Select[Mentor]:
    """The offers of others made to whoever looks; none from either side of a block."""
    found = offers()
    if viewer.stands > Audience.NETWORK:
        found = found.where(Mentor.serves == Serves.ACADEMY)
    if viewer.member_id is None:
        return found.where(false())
    return found.where(
        Mentor.member_id != viewer.member_id,
        Mentor.member_id.not_in(blockers_of(viewer.member_id)),
        Mentor.member_id.not_in(blocked_of(viewer.member_id)),
    )


def mentors_before(
    session: Session, viewer: Viewer, wanted: Wanted, before: int | None, today: date
) -> Sequence[Mentor]:
    """A page of offers and one more, the newest first, before the offer with this number."""
    found = shown_to(viewer)
    if wanted.only_free:
        found = found.where(can_be_asked(today))
    if wanted.topic:
        found = found.where(Mentor.id.in_(_with_terms(TOPICS, [wanted.topic])))
    if wanted.language:
        found = found.where(Mentor.id.in_(_with_terms(LANGUAGES, [wanted.language])))
    if before is not None:
        found = found.where(Mentor.id < before)
    return session.scalars(found.order_by(Mentor.id.desc()).limit(PAGE + 1)).all()


def _with_terms(kind: str, keys: Collection[str]) -> Select[int]:
    return select(MentorTerm.mentor_id).where(MentorTerm.kind == kind, MentorTerm.key.in_(keys))


def is_open_to_learner() -> ColumnElement[bool]:
    """Whether somebody outside the network who learns in a cohort, the `viewer`, could ask a mentor `today`."""
    outside = AnyViewer(Audience.EVERYONE, has_cohorts=False)
    free = shown_to(outside).where(can_be_asked(bindparam("today", type_=Date)))
    waiting = select(MentoringRequest.id).where(
        MentoringRequest.member_id == outside.member_id,
        MentoringRequest.state == in_so_many_words(RequestState.WAITING),
    )
    return facts.cohort_ids_of(outside.member_id).exists() & free.exists() & ~waiting.exists()


def free_offer_of(session: Session, viewer: Viewer, member_id: int, today: date) -> int | None:
    """The number of the offer of this member, if it is made to whoever looks and has a place now."""
    theirs = shown_to(viewer).where(can_be_asked(today), Mentor.member_id == member_id)
    return session.scalar(theirs.with_only_columns(Mentor.id))


def mentor_for(session: Session, viewer: Viewer, number: int) -> Mentor | None:
    """The offer with this number if it is made to whoever looks."""
    return session.scalar(shown_to(viewer).where(Mentor.id == number))


def others_for(
    session: Session, viewer: Viewer, mentor: Mentor, topics: Collection[str], today: date
) -> Sequence[Mentor]:
    """Who else could be asked about any of these topics, those with most room first."""
    alike = shown_to(viewer).where(can_be_asked(today), Mentor.id != mentor.id)
    order = (Mentor.taken - Mentor.capacity, Mentor.id.desc())
    return session.scalars(
        alike.where(Mentor.id.in_(_with_terms(TOPICS, topics))).order_by(*order).limit(MOST_OTHERS)
    ).all()


def terms_of(session: Session, numbers: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """The topics and languages of each of these offers."""
    found: dict[int, dict[str, list[str]]] = {number: {TOPICS: [], LANGUAGES: []} for number in numbers}
    rows = select(MentorTerm).where(MentorTerm.mentor_id.in_(numbers)).order_by(MentorTerm.key)
    for term in session.scalars(rows):
        found[term.mentor_id][term.kind].append(term.key)
    return found


def offer_of(session: Session, member_id: int) -> Mentor | None:
    """What this member offers or offered."""
    return session.scalar(select(Mentor).where(Mentor.member_id == member_id))


def request_of(session: Session, number: int) -> MentoringRequest | None:
    """The request with this number."""
    return session.get(MentoringRequest, number)


def waiting_of(session: Session, member_id: int) -> MentoringRequest | None:
    """The request of this member that waits for an answer."""
    theirs = (MentoringRequest.member_id == member_id, MentoringRequest.state == RequestState.WAITING)
    return session.scalar(select(MentoringRequest).where(*theirs))


def newest_of(session: Session, member_id: int) -> MentoringRequest | None:
    """The latest request of this member."""
    theirs = select(MentoringRequest).where(MentoringRequest.member_id == member_id)
    return session.scalars(theirs.order_by(MentoringRequest.id.desc()).limit(1)).one_or_none()


def requests_of(session: Session, member_id: int) -> Sequence[MentoringRequest]:
    """All requests of this member."""
    theirs = select(MentoringRequest).where(MentoringRequest.member_id == member_id)
    return session.scalars(theirs.order_by(MentoringRequest.id)).all()


def chosen_of(session: Session, numbers: Collection[int]) -> dict[int, list[Chosen]]:
    """Whom each of these requests names, in order."""
    found: dict[int, list[Chosen]] = defaultdict(list)
    rows = session.execute(
        select(MentoringChoice, Mentor)
        .join(Mentor, Mentor.id == MentoringChoice.mentor_id)
        .where(MentoringChoice.request_id.in_(numbers))
        .order_by(MentoringChoice.request_id, MentoringChoice.place)
    )
    for row in rows:
        found[row[0].request_id].append(Chosen(*row))
    return found


def asked_of(session: Session, member_id: int) -> Sequence[tuple[MentoringRequest, MentoringChoice]]:
    """What waits for an answer of this mentor, what ends first first."""
    rows = session.execute(
        select(MentoringRequest, MentoringChoice)
        .join(MentoringChoice, MentoringChoice.request_id == MentoringRequest.id)
        .join(Mentor, Mentor.id == MentoringChoice.mentor_id)
        .where(Mentor.member_id == member_id, MentoringChoice.state == ChoiceState.ASKED)
        .order_by(MentoringChoice.expires_at, MentoringRequest.id)
        .limit(PAGE)
    )
    return [(row[0], row[1]) for row in rows]


def offers_to(viewer: Viewer, today: date) -> ColumnElement[bool]:
    """Profiles of members who have a free place as mentors for whoever looks."""
    theirs = shown_to(viewer).where(can_be_asked(today)).with_only_columns(Mentor.member_id)
    return Profile.member_id.in_(theirs)
