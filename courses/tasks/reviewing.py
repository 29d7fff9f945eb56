"""Learners read each other's work: who reads what, what they say, and what others think of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from academy.audit.service import record as note
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.notices.kinds import Kind
from academy.notices.service import tell
from academy.people.actor import Actor
from courses.catalogue.models import CourseRecord
from courses.catalogue.questions import Peers
from courses.tasks.models import Quality, Work, WorkReview, WorkState

REVIEWED = Kind(
    "task_reviewed",
    _l("Somebody read your work"),
    _l("Another learner read your work on “%(lesson)s” and says what they think of it."),
)


class ReviewClosed(DomainError):
    """A trainer has judged the review, so it stays as it is."""

    sentence = _l("A trainer has looked at this review, so it can no longer be changed.")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reviews of one learner on one task: what they were given to read, and what others said of their own."""

    given_to_me: Sequence[WorkReview]
    of_mine: Sequence[WorkReview]

    def may_read(self, readers: int, now: datetime) -> bool:
        """Whether the learner sees what others said: after having given theirs, or after the time for it."""
        own = [review for review in self.given_to_me if review.given]
        done = len(own) >= min(readers, len(self.given_to_me)) and bool(own)
        return done or any(review.due_at <= now for review in self.of_mine)


def assign(session: Session, *, work: Work, peers: Peers, now: datetime) -> int:
    """Give whoever handed in `work` others' works to read, the least read first; returns how many were found.

    Of several who ask at once one is served after the other, so that nobody's work is forgotten.
    """
    one_after_another = select(CourseRecord.slug).where(CourseRecord.slug == work.course_slug)
    session.execute(one_after_another.with_for_update(key_share=True))
    mine = _read_by(session, work)
    lacking = peers.readers - len(mine)
    if lacking <= 0:
        return 0
    chosen = session.scalars(_least_read(work, {author for author, _ in mine}).limit(lacking)).all()
    due_at = now + timedelta(days=peers.days)
    session.add_all(
        WorkReview(work_id=each, reader_id=work.member_id, assigned_at=now, due_at=due_at) for each in chosen
    )
    session.flush()
    return len(chosen)


def _read_by(session: Session, work: Work) -> Sequence[tuple[int, int]]:
    found = session.execute(
        select(Work.member_id, WorkReview.id)
        .join(Work, Work.id == WorkReview.work_id)
        .where(
            WorkReview.reader_id == work.member_id,
            Work.course_slug == work.course_slug,
            Work.lesson_key == work.lesson_key,
        )
    )
    return [(row.member_id, row.id) for row in found]


def _least_read(work: Work, known: set[int]) -> Select[int]:
    same_task = (Work.course_slug == work.course_slug, Work.lesson_key == work.lesson_key)
    last = (
        select(Work.member_id, func.max(Work.number).label("number"))
        .where(*same_task, Work.state != WorkState.DRAFT, Work.member_id.not_in({work.member_id, *known}))
        .group_by(Work.member_id)
        .subquery()
    )
    read = select(func.count()).where(WorkReview.work_id == Work.id).correlate(Work).scalar_subquery()
    return (
        select(Work.id)
        .join(last, (last.c.member_id == Work.member_id) & (last.c.number == Work.number))
        .where(*same_task)
        .order_by(read, Work.handed_in_at, Work.id)
    )


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader says of a work."""

    points: Mapping[str, float]
    comment: str


def give(session: Session, *, review: WorkReview, opinion: Opinion, lesson: str, url: str, now: datetime) -> None:
    """Keep what a reader says, and tell the author the first time; raise ReviewClosed once a trainer judged it."""
    author = session.scalar(select(Work.member_id).where(Work.id == review.work_id))
    values = {"points": dict(opinion.points), "comment": opinion.comment, "given_at": now}
    done = session.scalar(
        update(WorkReview)
        .where(WorkReview.id == review.id, WorkReview.quality == Quality.OPEN)
        .values(**values)
        .returning(WorkReview.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        raise ReviewClosed
    if author is not None and not review.given:
        told = {"lesson": lesson}
        tell(session, member_ids=[author], kind=REVIEWED.name, values=told, url=url, now=now, key=f"review:{review.id}")


def rate(session: Session, *, review: WorkReview, helpful: int) -> None:
    """Keep how much a review helped the author."""
    session.execute(update(WorkReview).where(WorkReview.id == review.id).values(helpful=helpful))


def judge(session: Session, *, review: WorkReview, quality: Quality, by: Actor, now: datetime) -> None:
    """Keep what a trainer thinks of a review; one that is poor does not count."""
    session.execute(update(WorkReview).where(WorkReview.id == review.id).values(quality=quality, judged_by=by.id))
    note(session, actor=by, action=f"review.{quality}", now=now, subject=f"task_review:{review.id}")
