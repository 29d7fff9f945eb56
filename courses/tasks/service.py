"""Write, add and take away files, hand in, forget."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.uploads import service as uploads
from academy.uploads.models import Upload
from academy.uploads.refusals import FileRefused
from academy.uploads.service import Parcel
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import HandIn, Task
from courses.progress.models import LessonState
from courses.progress.service import record_result
from courses.tasks import queries, reviewing, rules
from courses.tasks.dues import Deadline
from courses.tasks.models import Stage, Work, WorkFile, WorkMark, WorkMessage, WorkReview, WorkState

ROUNDS = 3


class HandedIn(DomainError):
    """The work is with a trainer or has been passed already, and this is another text."""

    sentence = _l("Your work was handed in already, from another window. Your text below was not sent.")


class Unfinished(DomainError):
    """What the task asks for is not there yet."""

    status = 422
    sentence = _l("There is nothing to hand in yet.")


class Closed(DomainError):
    """The day is over and the task takes no late work."""

    sentence = _l("The time for this task is over, and late work is not taken. Your text is kept here as a draft.")


class Crowded(DomainError):
    """Too many tabs wrote at once."""

    status = 503
    sentence = _l("The site is busy. Please try again in a few seconds.")


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose work on which task of which edition, and until when it is asked for."""

    member_id: int
    live: LiveCourse
    lesson: Lesson
    task: Task
    deadline: Deadline | None = None

    def versions(self, session: Session) -> list[Work]:
        """All versions so far, locked."""
        return queries.versions_of(session, self.member_id, self.live.slug, self.lesson.key, lock=True)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to the files of a draft: one comes, one goes."""

    added: Parcel | None = None
    removed: int | None = None


NO_CHANGE = Change()


def save_draft(session: Session, *, desk: Desk, text: str, now: datetime, change: Change = NO_CHANGE) -> Work:
    """Keep what is written so far; raise HandedIn while a trainer reads, when it is passed or no try is left."""
    for _ in range(ROUNDS):
        versions = desk.versions(session)
        if not rules.may_write(versions, desk.task.resubmit):
            raise HandedIn
        draft = rules.going(versions) or _begin(session, desk, versions, now)
        if draft is not None:
            draft.text, draft.saved_at = text, now
            session.flush()
            _change_files(session, desk, draft, change, now)
            return draft
    raise Crowded


def _begin(session: Session, desk: Desk, versions: Sequence[Work], now: datetime) -> Work | None:
    before = rules.newest(versions)
    made = Work(
        member_id=desk.member_id,
        course_slug=desk.live.slug,
        lesson_key=desk.lesson.key,
        number=len(versions) + 1,
        edition=desk.live.edition_number,
        text="",
        saved_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return None  # another tab was quicker: look again
    if before is not None:
        kept = select(literal(made.id), WorkFile.upload_id).where(WorkFile.work_id == before.id)
        session.execute(insert(WorkFile).from_select(["work_id", "upload_id"], kept))
    return made


def _change_files(session: Session, desk: Desk, draft: Work, change: Change, now: datetime) -> None:
    if change.removed is not None:
        gone = (WorkFile.work_id == draft.id, WorkFile.upload_id == change.removed)
        session.execute(delete(WorkFile).where(*gone))
    if change.added is None:
        return
    present = queries.files_of(session, [draft.id]).get(draft.id, ())
    if any(each.digest == change.added.digest for each in present):
        return  # sent twice
    if len(present) >= desk.task.most_files:
        raise FileRefused(_l("There are as many files as this task takes: %(most)d.", most=desk.task.most_files))
    upload = uploads.add(session, parcel=change.added, member_id=desk.member_id, now=now)
    session.add(WorkFile(work_id=draft.id, upload_id=upload.id))
    session.flush()


def hand_in(session: Session, *, desk: Desk, text: str, now: datetime, change: Change = NO_CHANGE) -> bool:
    """Give the work to the trainers; False if the same was handed in already. Raises HandedIn for another text."""
    if _is_twin(session, rules.newest(desk.versions(session)), text, change):
        return False
    try:
        work = save_draft(session, desk=desk, text=text, now=now, change=change)
    except HandedIn:  # another tab was quicker: with the same it is no fault
        if _is_twin(session, rules.newest(desk.versions(session)), text, change):
            return False
        raise
    files = queries.files_of(session, [work.id]).get(work.id, ())
    _check(desk, text, files, now)
    work.state, work.handed_in_at, work.edition = WorkState.HANDED_IN, now, desk.live.edition_number
    work.late = desk.deadline is not None and desk.deadline.is_late(now)
    work.blind, work.stage = desk.task.blind, Stage.FIRST
    session.flush()
    record(session, work, LessonState.WAITING, None, now)
    if desk.task.peers is not None:
        reviewing.assign(session, work=work, peers=desk.task.peers, now=now)
    return True


def _is_twin(session: Session, work: Work | None, text: str, change: Change) -> bool:
    if work is None or not (work.waits or work.passed) or work.text != text:
        return False
    present = {each.digest for each in queries.files_of(session, [work.id]).get(work.id, ())}
    return change.removed is None and (change.added is None or change.added.digest in present)


def _check(desk: Desk, text: str, files: Collection[Upload], now: datetime) -> None:
    if not rules.is_whole(desk.task, text, files):
        raise Unfinished(_ASKS[desk.task.hand_in])
    if desk.deadline is not None and desk.deadline.is_shut(now):
        raise Closed


_ASKS = {
    HandIn.TEXT: _l("Please write your work before you hand it in."),
    HandIn.FILE: _l("Please add a file before you hand in."),
    HandIn.BOTH: _l("Please write a text or add a file before you hand in."),
}


def record(session: Session, work: Work, state: LessonState, score: int | None, now: datetime) -> None:
    """Keep in the learner's progress what became of a work."""
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


def forget(session: Session, member_id: int) -> None:
    """Erase a member's works with all that was said of them, and what they said of others'; marks lose their name."""
    session.execute(delete(WorkReview).where(WorkReview.reader_id == member_id))
    session.execute(delete(WorkMessage).where(WorkMessage.author_id == member_id))
    session.execute(update(WorkMark).where(WorkMark.marker_id == member_id).values(marker_id=None))
    session.execute(delete(Work).where(Work.member_id == member_id))
