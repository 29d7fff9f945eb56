"""What waits for a trainer, over all features, oldest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from courses.quizzes import queries as quizzes
from courses.tasks import queries as tasks

PAGE = 30


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the queue ends: moment, feature and id of its last row."""

    since: datetime
    feature: str
    id: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """One piece of work in the queue; `feature` is quizzes or tasks."""

    feature: str
    id: int
    since: datetime
    course_slug: str
    lesson_key: str
    learner: str

    @property
    def place(self) -> Place:
        """Its place in the queue."""
        return Place(self.since, self.feature, self.id)


def waiting(
    session: Session, *, not_of: int, course_slugs: Collection[str] | None, after: Place | None = None
) -> list[Waiting]:
    """One page of the queue and one row more, if there is more."""
    both = union_all(
        quizzes.waiting(not_of=not_of, course_slugs=course_slugs),
        tasks.waiting(not_of=not_of, course_slugs=course_slugs),
    ).subquery()
    query = select(both).order_by(both.c.since, both.c.feature, both.c.id).limit(PAGE + 1)
    rows: list[Any] = list(session.execute(query.where(_behind(both, after)) if after else query))
    return [Waiting(*row) for row in rows]


def _behind(both: FromClause, place: Place) -> ColumnElement[bool]:
    same_moment = both.c.since == place.since
    same_feature = and_(same_moment, both.c.feature == place.feature)
    return or_(
        both.c.since > place.since,
        and_(same_moment, both.c.feature > place.feature),
        and_(same_feature, both.c.id > place.id),
    )


def how_many(session: Session, *, not_of: int, course_slugs: Collection[str] | None) -> int:
    """How many pieces of work wait for this trainer."""
    both = union_all(
        quizzes.waiting(not_of=not_of, course_slugs=course_slugs),
        tasks.waiting(not_of=not_of, course_slugs=course_slugs),
    ).subquery()
    return session.scalar(select(func.count()).select_from(both)) or 0
