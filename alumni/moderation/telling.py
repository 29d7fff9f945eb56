"""What reporters, the people a decision is about, and moderators are told; never who reported, never about what."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.mail.writing import path_of
from academy.notices import kinds
from academy.notices.models import AT_ONCE, DAILY
from academy.notices.service import tell
from alumni.moderation import queries
from alumni.moderation.models import URGENT, Case

OUTCOME = kinds.Kind(
    "report_outcome",
    _l("What became of your reports"),
    _l("We looked at what you reported. Thank you for telling us."),
    mail=DAILY,
)
DECISION = kinds.Kind(
    "moderation_decision",
    _l("Decisions about you"),
    _l("Moderators decided something that concerns you. Read what and why, and what you can do about it."),
    mail=AT_ONCE,
)
ANSWER = kinds.Kind(
    "moderation_answer",
    _l("Answers to your appeals"),
    _l("Somebody took a second look at a decision that concerns you. Read the answer."),
    mail=AT_ONCE,
)
WAITS = kinds.Kind(
    "moderation_waits", _l("New cases for moderators"), _l("A new case waits for the moderators."), mail=DAILY
)
DANGER = kinds.Kind(
    "moderation_danger",
    _l("Urgent cases for moderators"),
    _l("A case waits for the moderators in which somebody may be in danger."),
    mail=AT_ONCE,
)


def register() -> None:
    """Let members choose how they are told."""
    for kind in (OUTCOME, DECISION, ANSWER, WAITS, DANGER):
        kinds.add(kind)


def moderators(session: Session, case: Case, now: datetime, *, but: Collection[int | None] = ()) -> None:
    """Tell the moderators that a case waits; once for each, and once more when it becomes urgent."""
    kind = DANGER if case.rank == URGENT else WAITS
    people = queries.moderators(session) - {case.owner_id, *but}
    url = path_of("moderation.case", case_id=case.id)
    tell(
        session,
        member_ids=people,
        kind=kind.name,
        values={},
        url=url,
        now=now,
        key=f"{kind.name}:{case.id}:{case.appeal}",
    )


def reporters(session: Session, case: Case, now: datetime) -> None:
    """Tell everybody who reported the thing that it was looked at."""
    people = queries.reporters_of(session, case.id)
    key = f"outcome:{case.id}:{case.version}"
    url = path_of("moderation.mine")
    tell(session, member_ids=people, kind=OUTCOME.name, values={}, url=url, now=now, key=key)


def owner(session: Session, case: Case, now: datetime, *, answered: bool = False) -> None:
    """Tell whoever a decision, or the answer to an appeal, is about."""
    case.told_at = now
    if case.owner_id is not None:
        kind = ANSWER if answered else DECISION
        url = path_of("moderation.decision", case_id=case.id)
        key = f"decision:{case.id}:{case.version}"
        tell(session, member_ids=[case.owner_id], kind=kind.name, values={}, url=url, now=now, key=key)
