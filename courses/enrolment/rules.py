"""Who may enrol, and who may study. Pure."""

from dataclasses import dataclass
from datetime import datetime

from academy.people.actor import Actor
from courses.catalogue.content import Admission, Course, Status
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import is_staff_of
from courses.enrolment.models import EnrolmentCode


@dataclass(frozen=True, slots=True)
class Place:
    """A learner's place in a course, taken or left."""

    enrolled_at: datetime
    left_at: datetime | None

    @property
    def active(self) -> bool:
        """Whether it is taken now."""
        return self.left_at is None


def may_see(actor: Actor | None, live: LiveCourse) -> bool:
    """Drafts are for their staff; everything else is for everyone."""
    return live.status is not Status.DRAFT or is_staff_of(actor, live.slug)


def may_study(actor: Actor | None, place: Place | None, course_slug: str) -> bool:
    """A place opens every lesson; staff of the course need none."""
    return (place is not None and place.active) or is_staff_of(actor, course_slug)


def may_come_freely(course: Course, place: Place | None) -> bool:
    """Open courses take everyone; whoever had a place in any course may come back to it."""
    return course.enrolment is Admission.OPEN or place is not None


def code_is_good(code: EnrolmentCode, now: datetime) -> bool:
    """Whether a code still gives a place: not stopped, not run out, a seat free."""
    free = code.seats is None or code.uses < code.seats
    return free and code.stopped_at is None and (code.expires_at is None or code.expires_at > now)
