"""Reads of quizzes."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, false, literal, select
from sqlalchemy.orm import Session, aliased

from academy.db import rows
from academy.people.models import Member
from courses.quizzes.models import AnswerRow, Attempt, AttemptState, Remark

# Built once: a browser saves answers every few seconds.
_ATTEMPT = select(Attempt).where(
    Attempt.member_id == bindparam("member_id"),
    Attempt.course_slug == bindparam("course_slug"),
    Attempt.lesson_key == bindparam("lesson_key"),
    Attempt.number == bindparam("number"),
)
_LOCKED_ATTEMPT = _ATTEMPT.with_for_update()
_attempt = cast("Table", Attempt.__table__)
BEGUN = select(_attempt.c.member_id, _attempt.c.course_slug, _attempt.c.lesson_key)
_answer = cast("Table", AnswerRow.__table__)
_CONTENTS = select(_answer.c.question_id, _answer.c.content).where(_answer.c.attempt_id == bindparam("attempt_id"))


Content = dict[str, Any]
"""An answer as it is kept: JSON."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """An open answer that was handed in, with whose it is."""

    row: AnswerRow
    attempt: Attempt
    learner: str
    marked_by: str | None


def attempts_of(session: Session, member_id: int, course_slug: str, lesson_key: str) -> list[Attempt]:
    """All attempts of this member at this quiz, first to last, as they are in the database now."""
    query = (
        select(Attempt)
        .where(Attempt.member_id == member_id, Attempt.course_slug == course_slug, Attempt.lesson_key == lesson_key)
        .order_by(Attempt.number)
    )
    return list(session.scalars(query, execution_options={"populate_existing": True}))


def attempt_of(
    session: Session, member_id: int, course_slug: str, lesson_key: str, number: int, *, lock: bool = False
) -> Attempt | None:
    """The attempt of this number; with `lock` nobody else changes it until the transaction ends."""
    known = {"member_id": member_id, "course_slug": course_slug, "lesson_key": lesson_key, "number": number}
    return session.scalars(_LOCKED_ATTEMPT if lock else _ATTEMPT, known).one_or_none()


def locked(session: Session, attempt_id: int) -> Attempt:
    """The attempt, which nobody else changes until the transaction ends."""
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update()
    return session.scalars(query, execution_options={"populate_existing": True}).one()


def answers_of(session: Session, attempt_id: int) -> dict[str, AnswerRow]:
    """Every answer saved in an attempt, by question id."""
    query = select(AnswerRow).where(AnswerRow.attempt_id == attempt_id)
    found = session.scalars(query, execution_options={"populate_existing": True})
    return {row.question_id: row for row in found}


def contents_of(session: Session, attempt_id: int) -> dict[str, Content]:
    """What was answered in an attempt so far, by question id."""
    return {question_id: content for question_id, content in rows(session, _CONTENTS, {"attempt_id": attempt_id})}  # noqa: C416  rows are not pairs to the type checker


def overdue(session: Session, before: datetime, most: int) -> list[Attempt]:
    """Open attempts whose deadline lies before this moment, the oldest first."""
    query = (
        select(Attempt)
        .where(Attempt.state == AttemptState.OPEN, Attempt.deadline < before)
        .order_by(Attempt.deadline)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))


def submitted(session: Session, answer_id: int) -> Submitted | None:
    """The open answer with this id, once it was handed in."""
    trainer = aliased(Member)
    row = session.execute(
        select(AnswerRow, Attempt, Member.display_name, trainer.display_name)
        .join(Attempt, Attempt.id == AnswerRow.attempt_id)
        .join(Member, Member.id == Attempt.member_id)
        .outerjoin(trainer, trainer.id == AnswerRow.marked_by)
        .where(
            AnswerRow.id == answer_id,
            Attempt.state != AttemptState.OPEN,
            AnswerRow.waiting_since.is_not(None) | AnswerRow.marked_at.is_not(None),
        )
    ).one_or_none()
    return Submitted(*row) if row else None


def waiting(*, not_of: int, course_slugs: Collection[str] | None) -> Select[*tuple[Any, ...]]:
    """Open answers that wait for marks, of everyone but this member; `course_slugs` None means of every course."""
    query = (
        select(
            literal("quizzes").label("feature"),
            AnswerRow.id,
            AnswerRow.waiting_since.label("since"),
            Attempt.course_slug,
            Attempt.lesson_key,
            Member.display_name.label("learner"),
            Attempt.member_id.label("member_id"),
            false().label("late"),
            literal("first").label("stage"),
        )
        .join(Attempt, Attempt.id == AnswerRow.attempt_id)
        .join(Member, Member.id == Attempt.member_id)
        .where(AnswerRow.waiting_since.is_not(None), Attempt.member_id != not_of)
    )
    return query if course_slugs is None else query.where(Attempt.course_slug.in_(course_slugs))


def remarks_of(session: Session, attempt_ids: Collection[int]) -> dict[int, list[Remark]]:
    """How these attempts were marked again after a key was corrected, first to last."""
    found: dict[int, list[Remark]] = defaultdict(list)
    query = select(Remark).where(Remark.attempt_id.in_(attempt_ids)).order_by(Remark.id)
    for remark in session.scalars(query):
        found[remark.attempt_id].append(remark)
    return found


def known_of(session: Session, member_id: int) -> list[dict[str, Any]]:
    """The attempts of a member with their answers, for their export.

    Answers of an open attempt stay out: as they are kept, by positions in the file, they would give right ones away.
    """
    attempts = session.scalars(select(Attempt).where(Attempt.member_id == member_id).order_by(Attempt.id)).all()
    closed = [attempt.id for attempt in attempts if not attempt.is_open]
    answers = session.scalars(select(AnswerRow).where(AnswerRow.attempt_id.in_(closed)).order_by(AnswerRow.id)).all()
    again = remarks_of(session, closed)
    return [
        _attempt_known(each, [row for row in answers if row.attempt_id == each.id], again.get(each.id, []))
        for each in attempts
    ]


def _attempt_known(attempt: Attempt, answers: Sequence[AnswerRow], again: Sequence[Remark]) -> dict[str, Any]:
    return {
        "course": attempt.course_slug,
        "lesson": attempt.lesson_key,
        "number": attempt.number,
        "edition": attempt.edition,
        "started_at": attempt.started_at.isoformat(),
        "handed_in_at": attempt.handed_in_at.isoformat() if attempt.handed_in_at else None,
        "score": attempt.score,
        "answers": [
            {"question": row.question_id, "answer": row.content, "percent": row.percent, "comment": row.comment}
            for row in answers
        ],
        "marked_again": [
            {
                "at": each.marked_at.isoformat(),
                "questions": each.questions.splitlines(),
                "score_before": each.score_before,
                "score_after": each.score_after,
            }
            for each in again
        ],
    }
