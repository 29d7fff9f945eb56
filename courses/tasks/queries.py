"""Reads of tasks."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, Table, and_, case, literal, or_, select
from sqlalchemy.orm import Session, aliased

from academy.people.actor import OWNER, TRAINER
from academy.people.models import Member, RoleGrant
from academy.uploads.models import Upload
from courses.tasks.models import Quality, Stage, Work, WorkFile, WorkMark, WorkMessage, WorkReview, WorkState

MOST_TOLD = 20
_work = cast("Table", Work.__table__)
BEGUN = select(_work.c.member_id, _work.c.course_slug, _work.c.lesson_key)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A work that was handed in, with whose it is and who marked it."""

    work: Work
    learner: str
    marked_by: str | None

    @property
    def hidden(self) -> bool:
        """Whether nobody may learn yet whose it is."""
        return self.work.blind and not self.work.settled


@dataclass(frozen=True, slots=True)
class Said:
    """A message with the name of whoever wrote it."""

    id: int
    work_id: int
    of_learner: bool
    name: str
    text: str
    written_at: datetime
    read_at: datetime | None


def versions_of(
    session: Session, member_id: int, course_slug: str, lesson_key: str, *, lock: bool = False
) -> list[Work]:
    """All versions of a member's work on a task, first to last; with `lock` nobody else changes them meanwhile."""
    query = (
        select(Work)
        .where(Work.member_id == member_id, Work.course_slug == course_slug, Work.lesson_key == lesson_key)
        .order_by(Work.number)
    )
    query = query.with_for_update() if lock else query
    return list(session.scalars(query, execution_options={"populate_existing": True}))


def submitted(session: Session, work_id: int) -> Submitted | None:
    """The work with this id, once it was handed in."""
    trainer = aliased(Member)
    row = session.execute(
        select(Work, Member.display_name, trainer.display_name)
        .join(Member, Member.id == Work.member_id)
        .outerjoin(trainer, trainer.id == Work.marked_by)
        .where(Work.id == work_id, Work.state != WorkState.DRAFT)
    ).one_or_none()
    return Submitted(*row) if row else None


def waiting(
    *, not_of: int, course_slugs: Collection[str] | None, owned: Collection[str] | None = ()
) -> Select[*tuple[Any, ...]]:
    """Works that wait for marks, of everyone but this member; `course_slugs` None means of every course.

    A work this member has marked waits for somebody else; where two are far apart it waits for owners of its course.
    """
    first = select(WorkMark.id).where(WorkMark.work_id == Work.id, WorkMark.marker_id == not_of).exists()
    mine_to_decide = Work.stage != Stage.THIRD if owned is not None else literal(True)
    if owned:
        mine_to_decide = or_(mine_to_decide, Work.course_slug.in_(owned))
    query = (
        select(
            literal("tasks").label("feature"),
            Work.id,
            Work.handed_in_at.label("since"),
            Work.course_slug,
            Work.lesson_key,
            case((Work.blind, ""), else_=Member.display_name).label("learner"),
            Work.member_id.label("member_id"),
            Work.late.label("late"),
            Work.stage.label("stage"),
        )
        .join(Member, Member.id == Work.member_id)
        .where(
            Work.state == WorkState.HANDED_IN,
            Work.member_id != not_of,
            or_(Work.stage == Stage.FIRST, and_(~first, mine_to_decide)),
        )
    )
    return query if course_slugs is None else query.where(Work.course_slug.in_(course_slugs))


def files_of(session: Session, work_ids: Collection[int]) -> Mapping[int, Sequence[Upload]]:
    """The files of these versions, in the order they came."""
    found: dict[int, list[Upload]] = defaultdict(list)
    rows = session.execute(
        select(WorkFile.work_id, Upload)
        .join(Upload, Upload.id == WorkFile.upload_id)
        .where(WorkFile.work_id.in_(work_ids))
        .order_by(Upload.id)
    )
    for work_id, upload in rows:
        found[work_id].append(upload)
    return found


def held(session: Session, upload_ids: Collection[int]) -> Collection[int]:
    """Which of these files belong to a version."""
    return set(session.scalars(select(WorkFile.upload_id).where(WorkFile.upload_id.in_(upload_ids))))


def marks_of(session: Session, work_id: int) -> Sequence[WorkMark]:
    """What each of several markers gave, in order."""
    return session.scalars(select(WorkMark).where(WorkMark.work_id == work_id).order_by(WorkMark.place)).all()


def owners_of(session: Session, course_slug: str) -> Sequence[int]:
    """Who owns a course."""
    return _with_roles(session, course_slug, (OWNER,))


def _with_roles(session: Session, course_slug: str, roles: Collection[str]) -> Sequence[int]:
    held_there = select(RoleGrant.member_id).where(
        RoleGrant.role.in_(roles), RoleGrant.scope == f"course:{course_slug}"
    )
    return session.scalars(held_there.distinct().limit(MOST_TOLD)).all()


def who_marks(session: Session, work: Work) -> Collection[int]:
    """Whom a learner's message reaches: who marked or wrote under the work; before that the course's trainers."""
    versions = version_ids(work)
    marked = select(Work.marked_by).where(Work.id.in_(versions), Work.marked_by.is_not(None))
    gave = select(WorkMark.marker_id).where(WorkMark.work_id.in_(versions), WorkMark.marker_id.is_not(None))
    wrote = select(WorkMessage.author_id).where(WorkMessage.work_id.in_(versions), WorkMessage.of_learner.is_(False))
    known = {each for each in session.scalars(marked.union(gave, wrote)) if each is not None} - {work.member_id}
    return known or set(_with_roles(session, work.course_slug, (OWNER, TRAINER))) - {work.member_id}


def version_ids(work: Work) -> Select[int]:
    """The ids of all versions of the learner's work that this is one of."""
    own = (Work.member_id == work.member_id, Work.course_slug == work.course_slug, Work.lesson_key == work.lesson_key)
    return select(Work.id).where(*own)


def talk_under(session: Session, work: Work) -> Sequence[Said]:
    """Everything said under any version of a work, oldest first."""
    rows = session.execute(
        select(
            WorkMessage.id,
            WorkMessage.work_id,
            WorkMessage.of_learner,
            Member.display_name,
            WorkMessage.text,
            WorkMessage.written_at,
            WorkMessage.read_at,
        )
        .outerjoin(Member, Member.id == WorkMessage.author_id)
        .where(WorkMessage.work_id.in_(version_ids(work)))
        .order_by(WorkMessage.id)
    )
    return [Said(*row) for row in rows]


def unread_questions(session: Session, course_slugs: Collection[str] | None, *, not_of: int) -> Sequence[Any]:
    """Works under which a learner wrote what nobody has read yet, the oldest first."""
    query = (
        select(
            Work.id,
            Work.course_slug,
            Work.lesson_key,
            case((and_(Work.blind, Work.state == WorkState.HANDED_IN), ""), else_=Member.display_name).label("learner"),
            WorkMessage.written_at,
        )
        .join(Work, Work.id == WorkMessage.work_id)
        .join(Member, Member.id == Work.member_id)
        .where(WorkMessage.of_learner, WorkMessage.read_at.is_(None), Work.member_id != not_of)
        .order_by(WorkMessage.id)
        .limit(MOST_TOLD)
    )
    query = query if course_slugs is None else query.where(Work.course_slug.in_(course_slugs))
    return session.execute(query).all()


def peer_points(session: Session, work_id: int) -> Sequence[Mapping[str, float]]:
    """The points readers gave, but for reviews that do not count."""
    given = (WorkReview.work_id == work_id, WorkReview.given_at.is_not(None), WorkReview.quality != Quality.POOR)
    return session.scalars(select(WorkReview.points).where(*given).order_by(WorkReview.id)).all()
