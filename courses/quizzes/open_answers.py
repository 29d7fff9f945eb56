"""Marking open answers: a trainer reads, gives marks and a comment, and the attempt settles."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.notices.kinds import Kind
from academy.notices.service import tell
from academy.people.actor import Actor
from courses.quizzes import queries, service
from courses.quizzes.cases import Case, case_of
from courses.quizzes.models import AnswerRow, Attempt
from courses.quizzes.queries import Submitted

MARKED = Kind(
    "marked",
    _l("A trainer marked your work"),
    _l("Your work in “%(lesson)s” has been marked."),
)


class MarkedMeanwhile(DomainError):
    """Somebody else marked the same answer after this trainer had opened it."""

    sentence = _l("Somebody else marked this answer in the meantime. Your marks were not saved.")


def give_marks(
    session: Session,
    *,
    submitted: Submitted,
    percent: int,
    comment: str,
    version: int,
    by: Actor,
    url: str,
    now: datetime,
) -> Attempt:
    """Mark one open answer, in per cent; raise MarkedMeanwhile unless `version` is still the answer's.

    When nothing in the attempt waits any longer, its learner is told, with a link to `url`.
    """
    # The attempt is locked first, so that two trainers who mark its last two answers do not both see one waiting.
    attempt = queries.locked(session, submitted.attempt.id)
    done = session.scalar(
        update(AnswerRow)
        .where(AnswerRow.id == submitted.row.id, AnswerRow.version == version)
        .values(
            percent=percent,
            comment=comment,
            waiting_since=None,
            marked_at=now,
            marked_by=by.id,
            version=version + 1,
        )
        .returning(AnswerRow.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        raise MarkedMeanwhile
    _settle(session, case_of(session, attempt), url, now)
    subject = f"attempt_answer:{submitted.row.id}"
    record(session, actor=by, action="answer.marked", now=now, subject=subject, detail=f"{percent} %")
    return attempt


def _settle(session: Session, case: Case, url: str, now: datetime) -> None:
    marks = case.marks(queries.answers_of(session, case.attempt.id))
    service.settle(session, case=case, marks=marks, now=now)
    if not marks.waiting:
        tell(
            session,
            member_ids=[case.attempt.member_id],
            kind=MARKED.name,
            values={"lesson": case.lesson.title},
            url=url,
            now=now,
        )
