"""The talk between a learner and whoever marks, under the learner's work."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.notices.kinds import Kind
from academy.notices.service import tell
from courses.tasks import queries
from courses.tasks.models import Work, WorkMessage

ANSWERED = Kind(
    "task_answered", _l("A trainer wrote to you about your work"), _l("There is a new message under “%(lesson)s”.")
)
ASKED = Kind(
    "task_asked",
    _l("A learner wrote to you about their work"),
    _l("A learner wrote under a work on “%(lesson)s”."),
)


@dataclass(frozen=True, slots=True)
class Line:
    """Who writes what about which work; `url` is where the other side reads it, `lesson` its title."""

    author_id: int
    text: str
    lesson: str
    url: str


def write(session: Session, *, work: Work, line: Line, now: datetime) -> None:
    """Add a message, note that the other side's were read, and tell the other side."""
    of_learner = line.author_id == work.member_id
    read(session, work=work, by_learner=of_learner, now=now)
    session.add(
        WorkMessage(work_id=work.id, author_id=line.author_id, of_learner=of_learner, text=line.text, written_at=now)
    )
    session.flush()
    whom = queries.who_marks(session, work) if of_learner else [work.member_id]
    kind = ASKED if of_learner else ANSWERED
    tell(session, member_ids=whom, kind=kind.name, values={"lesson": line.lesson}, url=line.url, now=now)


def read(session: Session, *, work: Work, by_learner: bool, now: datetime) -> None:
    """Note that one side has read what the other wrote under any version of this work."""
    theirs = (WorkMessage.of_learner.is_not(by_learner), WorkMessage.read_at.is_(None))
    versions = queries.version_ids(work)
    session.execute(
        update(WorkMessage)
        .where(WorkMessage.work_id.in_(versions), *theirs)
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
