"""Publish editions: freeze a set of files, rendered, as the next edition of a course."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from courses.catalogue import moves, rendering, stored
from courses.catalogue.content import Course, Status
from courses.catalogue.labels import labels_in
from courses.catalogue.models import CourseRecord, Edition, EditionFile, EditionPage
from courses.catalogue.reader.course import read_course
from courses.catalogue.rendering import Page


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: the edition that is live now, and whether it is new."""

    course: Course
    number: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """Files that were read and rendered, ready to be frozen: all that takes long is done."""

    course: Course
    files: Mapping[str, bytes]
    digest: str
    pages: Sequence[Page]


def publish(session: Session, *, slug: str, files: Mapping[str, bytes], by: int | None, now: datetime) -> Published:
    """Make these files the live edition of a course; the same files twice are one edition.

    Raises CourseFaults when the reader finds fault with them, MarkdownTooHard when they cannot be rendered in time.
    """
    course = read_course(slug, files)
    record = _record(session, course, now)
    digest = digest_of(files)
    live = _same(session, record, digest)
    if live is not None:
        return Published(course, live.number, fresh=False)
    pages = rendering.render(course, labels=labels_in)
    return _put_in_place(session, record, Prepared(course, files, digest, pages), by, now)


def prepare(slug: str, files: Mapping[str, bytes]) -> Prepared:
    """Read and render these files without the database, so that nobody waits for its lock meanwhile.

    Raises CourseFaults as `publish` does.
    """
    course = read_course(slug, files)
    return Prepared(course, files, digest_of(files), rendering.render(course, labels=labels_in))


def freeze(session: Session, *, prepared: Prepared, by: int | None, now: datetime) -> Published:
    """Make what was prepared the live edition of its course; the same files twice are one edition."""
    record = _record(session, prepared.course, now)
    live = _same(session, record, prepared.digest)
    if live is not None:
        return Published(prepared.course, live.number, fresh=False)
    return _put_in_place(session, record, prepared, by, now)


def _same(session: Session, record: CourseRecord, digest: str) -> Edition | None:
    live = session.get(Edition, record.edition_id) if record.edition_id else None
    same = live is not None and live.digest == digest and live.renderer == rendering.VERSION
    return live if same else None


def _put_in_place(
    session: Session, record: CourseRecord, prepared: Prepared, by: int | None, now: datetime
) -> Published:
    edition = _freeze(session, prepared, by, now)
    record.edition_id = edition.id
    session.flush()
    moves.follow(session, record.slug, prepared.course.moved)
    return Published(prepared.course, edition.number, fresh=True)


def digest_of(files: Mapping[str, bytes]) -> str:
    """One digest over all files and their paths."""
    return digest_of_digests({path: stored.digest_of(content) for path, content in files.items()})


def digest_of_digests(digests: Mapping[str, str]) -> str:
    """The same, where the digest of each file is known already."""
    lines = (f"{path} {digests[path]}\n" for path in sorted(digests))
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


def _freeze(session: Session, prepared: Prepared, by: int | None, now: datetime) -> Edition:
    slug = prepared.course.slug
    last = session.scalar(select(func.max(Edition.number)).where(Edition.course_slug == slug))
    edition = Edition(
        course_slug=slug,
        number=(last or 0) + 1,
        digest=prepared.digest,
        renderer=rendering.VERSION,
        published_at=now,
        published_by=by,
    )
    session.add(edition)
    session.flush()
    _keep_files(session, edition.id, prepared.files)
    for page in prepared.pages:
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
