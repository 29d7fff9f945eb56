"""When and why in words: for learners on pages and in lists, for trainers in tables."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from academy import zones
from academy.i18n import Text, date_and_time, long_date, ngettext
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.catalogue.library import LiveCourse
from courses.release.models import WHOLE_COURSE
from courses.release.rules import Change, Closed, Why

Title = Callable[[str], str]

WHY: Mapping[Why, Text] = {
    Why.COURSE: _l("Everybody in the course gets it on that day."),
    Why.JOINING: _l("The course gives its lessons out step by step, counted from the day you joined."),
    Why.COHORT: _l("That is the day for your cohort."),
    Why.TRAINERS: _l("Your trainers chose that day for you."),
}


def titles(live: LiveCourse, languages: Sequence[str]) -> Title:
    """What lessons and modules are called in these languages, by key and by slug."""
    modules = {module.slug: module for module in live.course.modules}

    def title(target: str) -> str:
        named = live.lessons.get(target) or modules.get(target)
        return named.text(*languages).title if named else target

    return title


def day_of(closed: Closed) -> str:
    """From when on it is open: a day, with the hour for those whose day begins at another one."""
    if closed.at is None:
        return ""
    local = closed.at.astimezone(zones.current())
    return long_date(local) if (local.hour, local.minute) == (0, 0) else date_and_time(local)


def short(closed: Closed, title: Title) -> str:
    """When it opens, as short as a line in the contents wants it."""
    day, needs = day_of(closed), closed.needs
    if not needs:
        return _("Opens on %(day)s", day=day)
    first, more = title(needs[0].target), len(needs) - 1
    if day:
        return _("Opens on %(day)s, after “%(title)s”", day=day, title=first)
    if more:
        return ngettext(
            "Opens after “%(title)s” and %(num)s more", "Opens after “%(title)s” and %(num)s more", more, title=first
        )
    return _("Opens after “%(title)s”", title=first)


def next_opening(closed: Closed, lesson: str, title: Title) -> str:
    """When the next lesson opens, in a sentence."""
    day = day_of(closed)
    if day:
        return _("Next: “%(lesson)s” opens on %(day)s.", lesson=lesson, day=day)
    return _("Next: “%(lesson)s” opens after “%(title)s”.", lesson=lesson, title=title(closed.needs[0].target))


def change(change: Change) -> str:
    """What was said instead of a rule."""
    return _("open at once") if change.on is None else _("opens on %(day)s", day=long_date(change.on))


def said(target: str, opens_on: date | None, shift_days: int | None) -> str:
    """What was said for a cohort or a learner."""
    if target != WHOLE_COURSE:
        return change(Change(opens_on))
    days = shift_days or 0
    if days < 0:
        return ngettext(
            "all days of the course come %(num)s day earlier", "all days of the course come %(num)s days earlier", -days
        )
    return ngettext(
        "all days of the course come %(num)s day later", "all days of the course come %(num)s days later", days
    )
