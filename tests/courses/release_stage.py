"""A course that opens step by step, and learners at different places in it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from courses.catalogue import library, service
from courses.catalogue.library import LiveCourse
from courses.enrolment import service as enrolment
from courses.progress.models import LessonState
from courses.progress.service import record_result
from tests.courses.course_files import MODULE, TASK, course_files
from tests.makers import LONG_AGO

SLUG, HOME = "first-steps", "Asia/Tashkent"
COURSE = f"/courses/{SLUG}/"
GOAT, WELL, MAP, CHECK = (f"{COURSE}{key}/" for key in ("hills/goat", "hills/well", "water/map", "water/check"))
HILLS = "02-hills"
SECRET = "It strays over the border."
READING = """---
title: {title}
summary: One more.
{keys}---
## A goat

{text}

![A goat](../media/goat.svg "The goat")
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 30"><path d="M0 0h9"/></svg>'


def in_days(number: int) -> date:
    """The day in so many days, as the academy counts them."""
    return datetime.now(ZoneInfo(HOME)).date() + timedelta(days=number)


def opens(*lines: str) -> str:
    """The key with these lines below it."""
    return "opens:\n" + "".join(f"  {line}\n" for line in lines) if lines else ""


def files(*, goat: str = "", well: str = "", module: str = "", task: str = "", quiz: str = "") -> dict[str, bytes]:
    """The course, with what its lessons and its second module say about opening."""
    check = course_files()["01-water/02-check.md"].decode().replace("kind: quiz\n", f"kind: quiz\n{quiz}", 1)
    changes: Mapping[str, str | bytes | None] = {
        "media/goat.svg": SVG,
        "01-water/02-check.md": check,
        "01-water/03-map.md": TASK.replace("kind: task\n", f"kind: task\nhand_in: both\n{task}", 1),
        f"{HILLS}/module.md": MODULE.replace("title: Water\n", f"title: Hills\n{module}"),
        f"{HILLS}/01-goat.md": READING.format(title="The goat", keys=goat, text=SECRET),
        f"{HILLS}/02-well.md": READING.format(title="The well", keys=well, text="It is dry."),
    }
    return course_files(changes)


def publish(session: Session, **changes: str) -> LiveCourse:
    """Publish (the next edition of) the course and commit."""
    return publish_files(session, files(**changes))


def publish_files(session: Session, contents: Mapping[str, bytes], slug: str = SLUG) -> LiveCourse:
    """Publish these files and commit."""
    service.publish(session, slug=slug, files=contents, by=None, now=LONG_AGO)
    session.commit()
    live = library.live_course(session, slug)
    assert live is not None
    session.rollback()
    return live


def join(session: Session, who: Member, live: LiveCourse, *, days_ago: int = 10) -> None:
    """Give somebody a place since so many days."""
    since = clock.now() - timedelta(days=days_ago)
    enrolment.enrol(session, live=live, member_id=who.id, way="open", now=since)
    session.commit()


def finish(session: Session, who: Member, *keys: str, state: LessonState = LessonState.DONE) -> None:
    """Let somebody finish these lessons."""
    for key in keys:
        record_result(
            session,
            member_id=who.id,
            course_slug=SLUG,
            lesson_key=key,
            state=state,
            score=None,
            edition=1,
            now=clock.now(),
        )
    session.commit()
