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
from courses.enrolment.models import ADMITTED, PlaceRequest

KIND = "admission"
JOINED = "joined"


def register() -> None:
    """Let members choose how they are told."""
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
