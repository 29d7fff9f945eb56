"""What learners are told about opening: that a lesson has opened, and that trainers changed when one does."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.i18n import long_date
from academy.notices.kinds import Kind
from academy.notices.models import NEVER
from academy.notices.service import tell
from courses.catalogue.library import LiveCourse
from courses.release.models import WHOLE_COURSE


def _changed(values: Mapping[str, object]) -> str:
    lesson, course, day = (str(values[name]) for name in ("lesson", "course", "day"))
    if not day:
        return _("Your trainers opened “%(lesson)s” in %(course)s for you.", lesson=lesson, course=course)
    opens_on = long_date(date.fromisoformat(day))
    return _("“%(lesson)s” in %(course)s opens for you on %(day)s.", lesson=lesson, course=course, day=opens_on)


OPENED = Kind("lesson_opened", _l("A lesson has opened"), _l("“%(lesson)s” in %(course)s is open now."), mail=NEVER)
CHANGED = Kind("opening_changed", _l("A lesson opens for you at another time"), _changed)


def tell_opened(
    session: Session, *, live: LiveCourse, lesson_key: str, day: date, member_ids: Collection[int], now: datetime
) -> None:
    """Tell learners that a lesson is open since that day; each of them once, however often this is called."""
    values = {"lesson": live.lessons[lesson_key].title, "course": live.course.title}
    key = f"opened:{live.slug}:{lesson_key}:{day}"
    url = f"{_page_of(live)}{lesson_key}/"
    tell(session, member_ids=member_ids, kind=OPENED.name, values=values, url=url, now=now, key=key)


def _page_of(live: LiveCourse) -> str:
    return f"/courses/{live.slug}/"  # the worker has no request that addresses could be built for


def tell_changed(
    session: Session, *, live: LiveCourse, target: str, member_id: int, opens_on: date | None, now: datetime
) -> None:
    """Tell one learner when a lesson or module opens for them now."""
    if target == WHOLE_COURSE:
        return
    modules = {module.slug: module.title for module in live.course.modules}
    name = live.lessons[target].title if target in live.lessons else modules[target]
    values = {"lesson": name, "course": live.course.title, "day": opens_on.isoformat() if opens_on else ""}
    tell(session, member_ids=[member_id], kind=CHANGED.name, values=values, url=_page_of(live), now=now)
