"""Who else works on a file of a draft now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import ngettext
from academy.people.models import Member
from courses.authoring.models import Change, DraftFile, Step

LATELY = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody else who saved the file lately."""

    name: str
    moment: datetime


def others_at(session: Session, slug: str, path: str, *, not_of: int, now: datetime) -> list[Company]:
    """Everybody else who saved this file in the last half hour, the latest first."""
    latest = func.max(Step.made_at)
    query = (
        select(Member.display_name, latest.label("moment"))
        .join(Step, Step.made_by == Member.id)
        .join(Change, Change.step_id == Step.id)
        .where(Step.course_slug == slug, Change.path == path, Step.made_by != not_of, Step.made_at > now - LATELY)
        .group_by(Member.id, Member.display_name)
        .order_by(latest.desc())
    )
    return [Company(row.display_name, row.moment) for row in session.execute(query)]


def sentences(company: list[Company], now: datetime) -> list[str]:
    """Who saved the file and how long ago, a sentence for each."""
    return [_sentence(each.name, (now - each.moment) // MINUTE) for each in company]


def _sentence(name: str, minutes: int) -> str:
    if minutes < 1:
        return _("%(name)s saved this file just now.", name=name)
    return ngettext(
        "%(name)s saved this file %(num)s minute ago.",
        "%(name)s saved this file %(num)s minutes ago.",
        minutes,
        name=name,
    )


def last_at(session: Session, slug: str, path: str) -> str:
    """The name of whoever saved this file last; '' if nobody is known."""
    query = (
        select(Member.display_name)
        .join(DraftFile, DraftFile.changed_by == Member.id)
        .where(DraftFile.course_slug == slug, DraftFile.path == path)
    )
    return session.scalar(query) or ""
