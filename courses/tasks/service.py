"""Write, hand in, send back, mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.notices.kinds import Kind
from academy.notices.service import tell
from academy.people.actor import Actor
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import Task
from courses.progress.models import LessonState
from courses.progress.service import record_result
from courses.tasks import queries, rules
from courses.tasks.models import Work, WorkState

ROUNDS = 3
RETURNED = Kind(
    "returned",
    _l("A trainer sent your work back"),
    _l("Your work on “%(lesson)s” came back with a comment. You can improve it and hand it in again."),
)
MARKED = Kind("task_marked", _l("A trainer marked your task"), _l("Your work on “%(lesson)s” has been marked."))


class HandedIn(DomainError):
    """The work is with a trainer or has been passed already, and this is another text."""

    sentence = _l("Your work was handed in already, from another window. Your text below was not sent.")


class MarkedMeanwhile(DomainError):
    """Somebody else dealt with the work after this trainer had opened it."""

    sentence = _l("Somebody else dealt with this work in the meantime. What you gave was not saved.")


class Crowded(DomainError):
    """Too many tabs wrote at once."""

    status = 503
    sentence = _l("The site is busy. Please try again in a few seconds.")


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose work on which task of which edition."""

    member_id: int
    live: LiveCourse
    lesson: Lesson

    def versions(self, session: Session) -> list[Work]:
        """All versions so far, locked."""
        return queries.versions_of(session, self.member_id, self.live.slug, self.lesson.key, lock=True)


def save_draft(session: Session, *, desk: Desk, text: str, now: datetime) -> Work:
    """Keep what is written so far; raise HandedIn while a trainer reads or when the task is passed."""
    for _ in range(ROUNDS):
        versions = desk.versions(session)
        if not rules.may_write(versions):
            raise HandedIn
        draft = rules.going(versions) or _begin(session, desk, len(versions) + 1, now)
        if draft is not None:
            draft.text, draft.saved_at = text, now
            session.flush()
            return draft
    raise Crowded


def _begin(session: Session, desk: Desk, number: int, now: datetime) -> Work | None:
    made = Work(
        member_id=desk.member_id,
        course_slug=desk.live.slug,
        lesson_key=desk.lesson.key,
        number=number,
        edition=desk.live.edition_number,
        text="",
        saved_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return None  # another tab was quicker: look again
    return made


def hand_in(session: Session, *, desk: Desk, text: str, now: datetime) -> bool:
    """Give the text to the trainers; False if the same text was handed in already. Raises HandedIn for another text."""
    newest = max(desk.versions(session), key=lambda work: work.number, default=None)
    if newest is not None and (newest.waits or newest.passed) and newest.text == text:
        return False
    work = save_draft(session, desk=desk, text=text, now=now)
    work.state, work.handed_in_at, work.edition = WorkState.HANDED_IN, now, desk.live.edition_number
    session.flush()
    _record(session, work, LessonState.WAITING, None, now)
    return True


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a trainer says of a work, read at this `revision`; `url` is where its learner finds it."""

    by: Actor
    comment: str
    revision: int
    url: str


def give_marks(
    session: Session,
    *,
    work: Work,
    lesson: Lesson,
    task: Task,
    points: Mapping[str, int],
    judgement: Judgement,
    now: datetime,
) -> None:
    """Mark a work by its rubric and tell the learner; raise MarkedMeanwhile if somebody else dealt with it."""
    score, passed = rules.score(task, points), rules.passes(task, points)
    state = WorkState.PASSED if passed else WorkState.NOT_YET
    _settle(session, work, judgement, now, state=state, points=dict(points), score=score)
    _record(session, work, LessonState.PASSED if passed else LessonState.FAILED, score, now)
    _tell(session, work, MARKED, lesson, judgement.url, now)
    subject = f"task_work:{work.id}"
    record(session, actor=judgement.by, action="task.marked", now=now, subject=subject, detail=f"{score} %")


def send_back(session: Session, *, work: Work, lesson: Lesson, judgement: Judgement, now: datetime) -> None:
    """Return a work for another try and tell the learner; raise MarkedMeanwhile if somebody else dealt with it."""
    _settle(session, work, judgement, now, state=WorkState.RETURNED, points={}, score=None)
    _record(session, work, LessonState.FAILED, None, now)
    _tell(session, work, RETURNED, lesson, judgement.url, now)
    record(session, actor=judgement.by, action="task.returned", now=now, subject=f"task_work:{work.id}")


def _settle(session: Session, work: Work, judgement: Judgement, now: datetime, **values: object) -> None:
    marked = {
        "comment": judgement.comment,
        "marked_at": now,
        "marked_by": judgement.by.id,
        "revision": judgement.revision + 1,
    }
    done = session.scalar(
        update(Work)
        .where(Work.id == work.id, Work.revision == judgement.revision, Work.state == WorkState.HANDED_IN)
        .values(**values, **marked)
        .returning(Work.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        raise MarkedMeanwhile


def _record(session: Session, work: Work, state: LessonState, score: int | None, now: datetime) -> None:
    record_result(
        session,
        member_id=work.member_id,
        course_slug=work.course_slug,
        lesson_key=work.lesson_key,
        state=state,
        score=score,
        edition=work.edition,
        now=now,
    )


def _tell(session: Session, work: Work, kind: Kind, lesson: Lesson, url: str, now: datetime) -> None:
    values = {"lesson": lesson.title}
    tell(session, member_ids=[work.member_id], kind=kind.name, values=values, url=url, now=now)


def forget(session: Session, member_id: int) -> None:
    """Erase all works of a member."""
    session.execute(delete(Work).where(Work.member_id == member_id))
