"""Makers of codes, requests and cohorts, and a crowd that presses a button at the same moment."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue.library import LiveCourse
from courses.catalogue.models import CourseRecord, Edition, EditionFile
from courses.cohorts import service as cohorts
from courses.cohorts.models import Cohort
from courses.enrolment.models import EnrolmentCode, PlaceRequest
from tests.browser import Page
from tests.makers import LONG_AGO
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
MOTIVE = "I live between two villages and one canal, and every July somebody shuts the gate."


def code(
    session: Session, *, slug: str = "first-steps", seats: int | None = None, cohort_id: int | None = None
) -> EnrolmentCode:
    """A code that gives a place, made by nobody in particular."""
    made = EnrolmentCode(
        code=f"CD{seats or 'X'}{cohort_id or 'X'}{slug[:4].upper()}",
        course_slug=slug,
        cohort_id=cohort_id,
        seats=seats,
        uses=0,
        created_at=LONG_AGO,
    )
    session.add(made)
    session.commit()
    return made


def asked(session: Session, member: Member, slug: str = "first-steps") -> PlaceRequest:
    """A request that waits."""
    request = PlaceRequest(member_id=member.id, course_slug=slug, motive=MOTIVE, asked_at=LONG_AGO)
    session.add(request)
    session.commit()
    return request


def cohort(
    session: Session, name: str = "Spring", *, slug: str = "first-steps", start: date = date(2026, 3, 1)
) -> Cohort:
    """A cohort of nine months."""
    made = cohorts.make(
        session,
        course_slug=slug,
        name=name,
        year=start.year,
        starts_on=start,
        ends_on=start.replace(month=12),
        now=LONG_AGO,
    )
    session.commit()
    return made


def at_once(pages: Sequence[Page], button: str, **values: str) -> list[Page]:
    """What comes back when the button of each of these pages is pressed at the same moment."""
    gate = Barrier(len(pages))

    def press(page: Page) -> Page:
        gate.wait()
        return page.submit(button, **values)

    with ThreadPoolExecutor(len(pages)) as crowd:
        return list(crowd.map(press, pages))


def copies(session: Session, live: LiveCourse, slugs: Iterable[str]) -> None:
    """The same course under other slugs, without the cost of rendering it again."""
    original = session.get_one(Edition, live.edition_id)
    files = session.scalars(select(EditionFile).where(EditionFile.edition_id == original.id)).all()
    for slug in slugs:
        record = CourseRecord(slug=slug, status=live.status, edition_id=None, created_at=LONG_AGO)
        session.add(record)
        session.flush()
        edition = Edition(
            course_slug=slug, number=1, digest=original.digest, renderer=original.renderer, published_at=LONG_AGO
        )
        session.add(edition)
        session.flush()
        session.add_all(EditionFile(edition_id=edition.id, path=file.path, digest=file.digest) for file in files)
        record.edition_id = edition.id
    session.commit()
