"""Circles in words."""

from sqlalchemy.orm import Session

from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from alumni.forum.places import circles
from alumni.graduates import queries as graduates
from alumni.groups import queries as groups
from alumni.groups.models import Entry, State
from courses import facts

STANDING: dict[str, Text] = {
    circles.EVERYONE: _l("Everyone, without signing in"),
    circles.MEMBERS: _l("Everyone who is signed in"),
    circles.ALUMNI: _l("Alumni"),
    circles.TRAINERS: _l("Trainers"),
    circles.STAFF: _l("Moderators and admins"),
}


def choices(session: Session) -> list[tuple[str, str]]:
    """Every circle a place can be for, in words; hidden groups stand in no list."""
    found = [(circle, str(words)) for circle, words in STANDING.items()]
    for course in facts.courses(session):
        words = _("The people of the course “%(title)s”", title=course.title)
        found.append((circles.of(circles.COURSE, course.slug), words))
    for cohort in facts.cohorts_in(session, None):
        key = f"{graduates.COURSE_COHORT}{cohort.id}"
        words = _("The cohort “%(name)s” (%(year)s)", name=cohort.name, year=str(cohort.year))
        found.append((circles.of(circles.COHORT, key), words))
    open_groups = (
        each for each in groups.all_there(session) if each.state == State.OPEN and each.entry != Entry.HIDDEN
    )
    found.extend(
        (circles.of(circles.GROUP, each.id), _("The group “%(name)s”", name=each.name)) for each in open_groups
    )
    return found


def named(circle: str, known: dict[str, str]) -> str:
    """A circle in words; what is in no list is not named."""
    return known.get(circle) or _("Its own people")
