"""Write to learners who seem stuck."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.notices.kinds import Kind
from academy.notices.models import AT_ONCE
from academy.notices.service import tell
from academy.people.actor import Actor
from courses.catalogue.library import LiveCourse
from courses.teaching import queries, rules
from courses.teaching.models import Nudge

NUDGED = Kind("nudge", _l("Words from your trainers"), _l("%(trainer)s wrote to you about %(course)s."), mail=AT_ONCE)


class NudgedAlready(DomainError):
    """Somebody wrote to the learner a short while ago."""

    status = 409
    sentence = _l("This learner got a message within the last three days. Give them time to answer it with a step.")


@dataclass(frozen=True, slots=True)
class Words:
    """What is written: by whom, about which course, in which words."""

    by: Actor
    live: LiveCourse
    title: str
    text: str


def nudge(session: Session, *, member_id: int, words: Words, url: str, now: datetime) -> None:
    """Write to one learner; raise NudgedAlready."""
    if not write(session, member_ids=[member_id], words=words, url=url, now=now):
        raise NudgedAlready


def write(session: Session, *, member_ids: Collection[int], words: Words, url: str, now: datetime) -> int:
    """Write the same words to several learners; whoever was written to lately is left out. Answers to how many."""
    before = queries.nudges(session, words.live.slug, member_ids)
    to = [each for each in member_ids if rules.may_be_nudged(_last(before.get(each, [])), now)]
    for member_id in to:
        slug = words.live.slug
        made = Nudge(member_id=member_id, course_slug=slug, text=words.text, sent_at=now, sent_by=words.by.id)
        session.add(made)
        session.flush()
        values = {"trainer": words.by.display_name, "course": words.title}
        address = f"{url}#{made.id}"
        tell(session, member_ids=[member_id], kind=NUDGED.name, values=values, url=address, now=now)
        record(session, actor=words.by, action="learner.nudged", now=now, subject=f"member:{member_id}", detail=slug)
    return len(to)


def _last(nudges: list[Nudge]) -> datetime | None:
    return nudges[0].sent_at if nudges else None


def forget(session: Session, member_id: int) -> None:
    """Erase what was written to a member."""
    session.execute(delete(Nudge).where(Nudge.member_id == member_id))
