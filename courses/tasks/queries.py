"""Reads of tasks."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session, aliased

from academy.people.models import Member
from courses.tasks.models import Work, WorkState


@dataclass(frozen=True, slots=True)
class Submitted:
    """A work that was handed in, with whose it is and who marked it."""

    work: Work
    learner: str
    marked_by: str | None


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


def waiting(*, not_of: int, course_slugs: Collection[str] | None) -> Select[*tuple[Any, ...]]:
    """Works that wait for marks, of everyone but this member; `course_slugs` None means of every course."""
    query = (
        select(
            literal("tasks").label("feature"),
            Work.id,
            Work.handed_in_at.label("since"),
            Work.course_slug,
            Work.lesson_key,
            Member.display_name.label("learner"),
        )
        .join(Member, Member.id == Work.member_id)
        .where(Work.state == WorkState.HANDED_IN, Work.member_id != not_of)
    )
    return query if course_slugs is None else query.where(Work.course_slug.in_(course_slugs))


def known_of(session: Session, member_id: int) -> list[dict[str, Any]]:
    """The works of a member, drafts included, for their export."""
    works = session.scalars(select(Work).where(Work.member_id == member_id).order_by(Work.id))
    return [_known(work) for work in works]


def _known(work: Work) -> dict[str, Any]:
    return {
        "course": work.course_slug,
        "lesson": work.lesson_key,
        "number": work.number,
        "state": work.state,
        "text": work.text,
        "saved_at": work.saved_at.isoformat(),
        "handed_in_at": work.handed_in_at.isoformat() if work.handed_in_at else None,
        "points": work.points,
        "score": work.score,
        "comment": work.comment,
    }
