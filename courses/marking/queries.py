"""What waits for a trainer, over all features, oldest first; who is at what; comments to use again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.cohorts.models import CohortMember
from courses.marking.models import Claim, SavedComment
from courses.quizzes import queries as quizzes
from courses.tasks import queries as tasks

PAGE = 30
CLAIM_LASTS = timedelta(minutes=45)
MOST_COMMENTS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the queue ends: moment, feature and id of its last row."""

    since: datetime
    feature: str
    id: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """One piece of work in the queue; `feature` is quizzes or tasks; no name where none may be known."""

    feature: str
    id: int
    since: datetime
    course_slug: str
    lesson_key: str
    learner: str
    late: bool
    stage: str
    claimed_by: int | None
    claimed_name: str | None

    @property
    def place(self) -> Place:
        """Its place in the queue."""
        return Place(self.since, self.feature, self.id)


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose queue it is: nobody marks their own, courses None means all, `owned` are those they decide in."""

    member_id: int
    course_slugs: Collection[str] | None
    owned: Collection[str] | None = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the queue is narrowed to."""

    course: str = ""
    lesson: str = ""
    cohort: int = 0
    late: bool = False


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who is at a piece of work, and since when."""

    member_id: int
    name: str
    since: datetime


def waiting(
    session: Session, desk: Desk, *, now: datetime, wanted: Wanted = EVERYTHING, after: Place | None = None
) -> list[Waiting]:
    """One page of the queue and one row more, if there is more."""
    both = _both(desk)
    at_work = and_(Claim.feature == both.c.feature, Claim.item_id == both.c.id, Claim.claimed_at > now - CLAIM_LASTS)
    columns = [
        both.c[name] for name in ("feature", "id", "since", "course_slug", "lesson_key", "learner", "late", "stage")
    ]
    query = (
        select(*columns, Claim.member_id, Member.display_name)
        .outerjoin(Claim, at_work)
        .outerjoin(Member, Member.id == Claim.member_id)
        .where(*_narrowed(both, wanted))
        .order_by(both.c.since, both.c.feature, both.c.id)
        .limit(PAGE + 1)
    )
    rows: list[Any] = list(session.execute(query.where(_behind(both, after)) if after else query))
    return [Waiting(*row) for row in rows]


def _both(desk: Desk) -> FromClause:
    return union_all(
        quizzes.waiting(not_of=desk.member_id, course_slugs=desk.course_slugs),
        tasks.waiting(not_of=desk.member_id, course_slugs=desk.course_slugs, owned=desk.owned),
    ).subquery()


def _narrowed(both: FromClause, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.course:
        found.append(both.c.course_slug == wanted.course)
    if wanted.lesson:
        found.append(both.c.lesson_key == wanted.lesson)
    if wanted.cohort:
        people = select(CohortMember.member_id).where(CohortMember.cohort_id == wanted.cohort)
        found.append(both.c.member_id.in_(people))
    if wanted.late:
        found.append(both.c.late)
    return found


def _behind(both: FromClause, place: Place) -> ColumnElement[bool]:
    same_moment = both.c.since == place.since
    same_feature = and_(same_moment, both.c.feature == place.feature)
    return or_(
        both.c.since > place.since,
        and_(same_moment, both.c.feature > place.feature),
        and_(same_feature, both.c.id > place.id),
    )


def how_many(session: Session, desk: Desk) -> int:
    """How many pieces of work wait for this trainer."""
    return session.scalar(select(func.count()).select_from(_both(desk))) or 0


def claim_on(session: Session, feature: str, item_id: int, now: datetime) -> Claimed | None:
    """Who is at a piece of work now."""
    row = session.execute(
        select(Claim.member_id, Member.display_name, Claim.claimed_at)
        .join(Member, Member.id == Claim.member_id)
        .where(Claim.feature == feature, Claim.item_id == item_id, Claim.claimed_at > now - CLAIM_LASTS)
    ).one_or_none()
    return Claimed(*row) if row else None


def comments_of(session: Session, course_slug: str) -> Sequence[SavedComment]:
    """The comments of a course, the newest first."""
    return session.scalars(_comments(course_slug).order_by(SavedComment.id.desc()).limit(MOST_COMMENTS)).all()


def comment(session: Session, course_slug: str, comment_id: int) -> SavedComment | None:
    """One of the comments of a course."""
    return session.scalar(_comments(course_slug).where(SavedComment.id == comment_id))


def _comments(course_slug: str) -> Select[SavedComment]:
    return select(SavedComment).where(SavedComment.course_slug == course_slug)
