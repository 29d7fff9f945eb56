"""Publish editions: freeze a set of files, rendered, as the next edition of a course."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from courses.catalogue import rendering, stored
from courses.catalogue.content import Course, Status
from courses.catalogue.labels import labels_in
from courses.catalogue.models import CourseRecord, Edition, EditionFile, EditionPage
from courses.catalogue.reader.course import read_course


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: the edition that is live now, and whether it is new."""

    course: Course
    number: int
    fresh: bool


def publish(session: Session, *, slug: str, files: Mapping[str, bytes], by: int | None, now: datetime) -> Published:
    """Make these files the live edition of a course; the same files twice are one edition.

    Raises CourseFaults when the reader finds fault with them, MarkdownTooHard when they cannot be rendered in time.
    """
    course = read_course(slug, files)
    record = _record(session, course, now)
    digest = digest_of(files)
    live = session.get(Edition, record.edition_id) if record.edition_id else None
    if live is not None and live.digest == digest and live.renderer == rendering.VERSION:
        return Published(course, live.number, fresh=False)
    edition = _freeze(session, course, files, digest, by, now)
    record.edition_id = edition.id
    session.flush()
    return Published(course, edition.number, fresh=True)


def digest_of(files: Mapping[str, bytes]) -> str:
    """One digest over all files and their paths."""
    lines = (f"{path} {stored.digest_of(files[path])}\n" for path in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _record(session: Session, course: Course, now: datetime) -> CourseRecord:
    record = session.get(CourseRecord, course.slug, with_for_update=True)
    if record is None:
        record = CourseRecord(slug=course.slug, status=course.status, edition_id=None, created_at=now)
        session.add(record)
        session.flush()
    elif record.status == Status.DRAFT:
        record.status = course.status
    return record


def _freeze(
    session: Session, course: Course, files: Mapping[str, bytes], digest: str, by: int | None, now: datetime
) -> Edition:
    last = session.scalar(select(func.max(Edition.number)).where(Edition.course_slug == course.slug))
    edition = Edition(
        course_slug=course.slug,
        number=(last or 0) + 1,
        digest=digest,
        renderer=rendering.VERSION,
        published_at=now,
        published_by=by,
    )
    session.add(edition)
    session.flush()
    _keep_files(session, edition.id, files)
    for page in rendering.render(course, labels=labels_in):
        session.add(
            EditionPage(
                edition_id=edition.id,
                key=page.key,
                language=page.language,
                html=page.html,
                extras=page.extras,
                words=page.words,
                minutes=page.minutes,
                size=page.size,
            )
        )
    session.flush()
    return edition


def _keep_files(session: Session, edition_id: int, contents: Mapping[str, bytes]) -> None:
    stored.keep(session, contents.values())
    session.add_all(
        EditionFile(edition_id=edition_id, path=path, digest=stored.digest_of(content))
        for path, content in contents.items()
    )
    session.flush()


def set_status(session: Session, *, slug: str, status: Status) -> None:
    """Show a course in the catalogue, close it to new learners, or take it back to its staff."""
    record = session.get(CourseRecord, slug, with_for_update=True)
    if record is not None:
        record.status = status
        session.flush()
