"""Let something open at another time for one learner or one cohort, and take that back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, delete, select, update
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.dialects import insert_into
from academy.people.actor import Actor
from courses.catalogue.library import LiveCourse
from courses.release import telling
from courses.release.models import ReleaseOverride

_override = cast("Table", ReleaseOverride.__table__)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to open when, for whom: exactly one of `member_id` and `cohort_id` is there.

    `opens_on` None means at once; `shift_days` is for the whole course of a cohort and for nothing else.
    """

    target: str
    opens_on: date | None = None
    member_id: int | None = None
    cohort_id: int | None = None
    shift_days: int | None = None

    @property
    def subject(self) -> str:
        """Whom it is for, as the log names them."""
        return f"cohort:{self.cohort_id}" if self.cohort_id else f"member:{self.member_id}"


def say(session: Session, *, live: LiveCourse, wish: Wish, by: Actor, now: datetime) -> None:
    """Let it be so, instead of what was said for them about it before; a single learner is told."""
    facts = {"opens_on": wish.opens_on, "shift_days": wish.shift_days, "set_at": now, "set_by": by.id}
    whom = {"member_id": wish.member_id, "cohort_id": wish.cohort_id}
    new = insert_into(_override, session.get_bind()).values(course_slug=live.slug, target=wish.target, **whom, **facts)
    person = "cohort_id" if wish.cohort_id else "member_id"
    session.execute(new.on_conflict_do_update(index_elements=["course_slug", "target", person], set_=facts))
    detail = f"{live.slug}/{wish.target}: {_in_short(wish.opens_on, wish.shift_days)}"
    record(session, actor=by, action="release.said", now=now, subject=wish.subject, detail=detail)
    if wish.member_id is not None:
        telling.tell_changed(
            session, live=live, target=wish.target, member_id=wish.member_id, opens_on=wish.opens_on, now=now
        )


def take_back(session: Session, *, override: ReleaseOverride, by: Actor, now: datetime) -> None:
    """Let the course's own rule hold again for whom it was said."""
    wish = Wish(override.target, member_id=override.member_id, cohort_id=override.cohort_id)
    was = _in_short(override.opens_on, override.shift_days)
    detail = f"{override.course_slug}/{override.target}: {was}"
    record(session, actor=by, action="release.taken_back", now=now, subject=wish.subject, detail=detail)
    session.delete(override)


def _in_short(opens_on: date | None, shift_days: int | None) -> str:
    if shift_days is not None:
        return f"{shift_days:+} days"
    return opens_on.isoformat() if opens_on else "at once"


def forget(session: Session, member_id: int) -> None:
    """Erase what was said for a member."""
    session.execute(delete(ReleaseOverride).where(ReleaseOverride.member_id == member_id))


def follow(session: Session, slug: str, old: str, new: str) -> None:
    """Let what was said about a lesson go with it to another key; what was said about the new one stands."""
    there = select(ReleaseOverride).where(ReleaseOverride.course_slug == slug, ReleaseOverride.target == new)
    known = {(each.member_id, each.cohort_id) for each in session.scalars(there)}
    under_old = (ReleaseOverride.course_slug == slug, ReleaseOverride.target == old)
    for each in session.scalars(select(ReleaseOverride).where(*under_old)):
        if (each.member_id, each.cohort_id) in known:
            session.delete(each)
    session.flush()
    session.execute(
        update(ReleaseOverride).where(*under_old).values(target=new).execution_options(synchronize_session=False)
    )
    session.expire_all()
