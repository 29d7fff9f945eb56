"""What learners are told about their place."""

from collections.abc import Collection
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.notices.kinds import Values
from academy.notices.models import AT_ONCE
from academy.notices.service import tell
from courses.catalogue.library import LiveCourse
from courses.enrolment.models import ADMITTED, PlaceRequest

KIND = "admission"
JOINED = "joined"
ALLOWED = kinds.Kind(
    "allowance",
    _l("More time or attempts for you"),
    _l("Your trainers changed how much time, how many attempts or days you have in %(title)s."),
    mail=AT_ONCE,
)


def register() -> None:
    """Let members choose how they are told."""
    kinds.add(ALLOWED)
    kinds.add(kinds.Kind(KIND, _l("Your place in a course"), _sentence, mail=AT_ONCE))


def _sentence(values: Values) -> str:
    title, state = values["title"], values["state"]
    if state == JOINED:
        return _("You now have a place in %(title)s.", title=title)
    if state == ADMITTED:
        return _("You asked for a place in %(title)s: you are admitted.", title=title)
    return _("You asked for a place in %(title)s. There is an answer.", title=title)


def tell_decision(session: Session, *, request: PlaceRequest, title: str, now: datetime) -> None:
    """Tell whoever asked what was decided."""
    page = "lessons.index" if request.state == ADMITTED else "enrolment.enrol"
    tell(
        session,
        member_ids=[request.member_id],
        kind=KIND,
        values={"title": title, "state": request.state},
        url=url_for(page, slug=request.course_slug),
        now=now,
        key=f"admission:{request.id}",
    )


def tell_joined(session: Session, *, member_ids: Collection[int], course_slug: str, title: str, now: datetime) -> None:
    """Tell people that they were given a place."""
    values = {"title": title, "state": JOINED}
    tell(
        session,
        member_ids=member_ids,
        kind=KIND,
        values=values,
        url=url_for("lessons.index", slug=course_slug),
        now=now,
    )


def tell_allowed(session: Session, *, member_id: int, live: LiveCourse, now: datetime) -> None:
    """Tell a learner that they have more time, attempts or days than before."""
    values, url = {"title": live.course.title}, url_for("lessons.index", slug=live.slug)
    tell(session, member_ids=[member_id], kind=ALLOWED.name, values=values, url=url, now=now)
