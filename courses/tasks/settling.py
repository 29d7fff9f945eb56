"""Mark a work or send it back: by one marker, by two, or by an owner where two are far apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from academy.audit.service import record as note
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.notices.kinds import Kind
from academy.notices.service import tell
from academy.people.actor import Actor
from courses.catalogue.content import Lesson
from courses.catalogue.questions import Task
from courses.progress.models import LessonState
from courses.tasks import queries, rules
from courses.tasks.models import Stage, Work, WorkMark, WorkState
from courses.tasks.service import record

RETURNED = Kind(
    "returned",
    _l("A trainer sent your work back"),
    _l("Your work on “%(lesson)s” came back with a comment. You can improve it and hand it in again."),
)
MARKED = Kind("task_marked", _l("A trainer marked your task"), _l("Your work on “%(lesson)s” has been marked."))
APART = Kind(
    "task_apart",
    _l("Two markers are far apart"),
    _l("Two markers are far apart about a work on “%(lesson)s”. An owner of the course decides."),
)


class MarkedMeanwhile(DomainError):
    """Somebody else dealt with the work after this trainer had opened it."""

    sentence = _l("Somebody else dealt with this work in the meantime. What you gave was not saved.")


class SameMarker(DomainError):
    """A second opinion must be somebody else's."""

    sentence = _l("You have marked this work already. Now somebody else has to.")


class Outcome(StrEnum):
    """What marks led to: they stand, another person marks too, or an owner decides."""

    SETTLED = "settled"
    SECOND = "second"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a trainer says of a work, read at this `revision`; `url` is where its learner finds it."""

    by: Actor
    comment: str
    revision: int
    url: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A work with the lesson and the task it was handed in for."""

    work: Work
    lesson: Lesson
    task: Task


def give_marks(
    session: Session, *, handed: Handed, points: Mapping[str, float], judgement: Judgement, now: datetime
) -> Outcome:
    """Mark a work by its rubric; the learner is told once the marks stand. Raises MarkedMeanwhile, SameMarker."""
    work, task = handed.work, handed.task
    if not task.second_marker:
        _settle(session, handed, points, judgement.comment, judgement, now)
        return Outcome.SETTLED
    before = queries.marks_of(session, work.id)
    if any(mark.marker_id == judgement.by.id for mark in before):
        raise SameMarker
    if work.stage == Stage.FIRST:
        _wait(session, handed, judgement, Stage.SECOND)
    elif work.stage == Stage.SECOND and rules.far_apart(task, before[0].points, points):
        _wait(session, handed, judgement, Stage.THIRD)
        _tell_owners(session, handed, now)
    else:
        together = points if work.stage == Stage.THIRD else rules.mean(before[0].points, points)
        _settle(session, handed, together, _comments(work, before, judgement), judgement, now)
    _keep(session, handed, len(before) + 1, points, judgement, now)
    return _outcome(session, work)


def _outcome(session: Session, work: Work) -> Outcome:
    session.refresh(work)
    return Outcome.SETTLED if work.settled else Outcome(work.stage)


def _comments(work: Work, before: Sequence[WorkMark], judgement: Judgement) -> str:
    said = [judgement.comment] if work.stage == Stage.THIRD else [*(mark.comment for mark in before), judgement.comment]
    return "\n\n".join(text for text in said if text)


def _keep(
    session: Session, handed: Handed, place: int, points: Mapping[str, float], judgement: Judgement, now: datetime
) -> None:
    mark = WorkMark(
        work_id=handed.work.id,
        place=place,
        marker_id=judgement.by.id,
        points=dict(points),
        score=rules.score(handed.task, points),
        comment=judgement.comment,
        given_at=now,
    )
    session.add(mark)
    session.flush()
    subject = f"task_work:{handed.work.id}"
    note(session, actor=judgement.by, action="task.opinion", now=now, subject=subject, detail=f"{mark.score} %")


def _wait(session: Session, handed: Handed, judgement: Judgement, stage: Stage) -> None:
    _change(session, handed.work, judgement, stage=stage)


def _tell_owners(session: Session, handed: Handed, now: datetime) -> None:
    owners = queries.owners_of(session, handed.work.course_slug)
    values, url = {"lesson": handed.lesson.title}, f"/teach/marking/tasks/{handed.work.id}"
    tell(session, member_ids=owners, kind=APART.name, values=values, url=url, now=now)


def _settle(
    session: Session, handed: Handed, points: Mapping[str, float], comment: str, judgement: Judgement, now: datetime
) -> None:
    work, task = handed.work, handed.task
    peers = queries.peer_points(session, work.id) if task.peers and task.peers.weight else ()
    score, passed = rules.score(task, points, peers), rules.passes(task, points, peers)
    state = WorkState.PASSED if passed else WorkState.NOT_YET
    _end(session, work, judgement, now, state=state, points=dict(points), score=score, comment=comment)
    record(session, work, LessonState.PASSED if passed else LessonState.FAILED, score, now)
    _tell(session, handed, MARKED, judgement.url, now)
    subject = f"task_work:{work.id}"
    note(session, actor=judgement.by, action="task.marked", now=now, subject=subject, detail=f"{score} %")


def send_back(session: Session, *, handed: Handed, judgement: Judgement, now: datetime) -> None:
    """Return a work for another try and tell the learner; raise MarkedMeanwhile if somebody else dealt with it."""
    work = handed.work
    changed: dict[str, object] = {
        "state": WorkState.RETURNED,
        "points": {},
        "score": None,
        "comment": judgement.comment,
    }
    _end(session, work, judgement, now, stage=Stage.FIRST, **changed)
    session.execute(delete(WorkMark).where(WorkMark.work_id == work.id))
    record(session, work, LessonState.FAILED, None, now)
    _tell(session, handed, RETURNED, judgement.url, now)
    note(session, actor=judgement.by, action="task.returned", now=now, subject=f"task_work:{work.id}")


def _end(session: Session, work: Work, judgement: Judgement, now: datetime, **values: object) -> None:
    _change(session, work, judgement, marked_at=now, marked_by=judgement.by.id, **values)


def _change(session: Session, work: Work, judgement: Judgement, **values: object) -> None:
    done = session.scalar(
        update(Work)
        .where(Work.id == work.id, Work.revision == judgement.revision, Work.state == WorkState.HANDED_IN)
        .values(**values, revision=judgement.revision + 1)
        .returning(Work.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        raise MarkedMeanwhile


def _tell(session: Session, handed: Handed, kind: Kind, url: str, now: datetime) -> None:
    values = {"lesson": handed.lesson.title}
    tell(session, member_ids=[handed.work.member_id], kind=kind.name, values=values, url=url, now=now)
