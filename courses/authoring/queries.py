"""Reads of drafts: their files, their steps."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.authoring.models import Change, Draft, DraftFile, Step
from courses.catalogue import stored
from courses.catalogue.models import CourseRecord, StoredFile

PAGE = 50


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a draft: its digest names its bytes, and is the base of whoever changes it."""

    path: str
    digest: str
    content: bytes
    changed_at: datetime
    changed_by: int | None

    @property
    def text(self) -> str:
        """Its bytes as text; what is not UTF-8 is shown as such."""
        return self.content.decode("utf-8", errors="replace")


def draft_of(session: Session, slug: str) -> Draft | None:
    """The working copy of a course, if one was begun."""
    return session.get(Draft, slug)


def drafts(session: Session, slugs: Collection[str] | None) -> dict[str, Draft]:
    """The working copies of these courses by slug; of all courses when None."""
    query = select(Draft).order_by(Draft.course_slug)
    found = session.scalars(query if slugs is None else query.where(Draft.course_slug.in_(slugs)))
    return {draft.course_slug: draft for draft in found}


def known(session: Session, slugs: Collection[str]) -> set[str]:
    """Those of these slugs that are courses, published or not."""
    return set(session.scalars(select(CourseRecord.slug).where(CourseRecord.slug.in_(slugs))))


def digests_of(session: Session, slug: str) -> dict[str, str]:
    """The digest of every file of a draft by path."""
    query = select(DraftFile.path, DraftFile.digest).where(DraftFile.course_slug == slug).order_by(DraftFile.path)
    return {row.path: row.digest for row in session.execute(query)}


def files_of(session: Session, slug: str) -> dict[str, bytes]:
    """Every file of a draft by path, byte for byte: what the reader, the preview and publishing take."""
    query = (
        select(DraftFile.path, StoredFile.content)
        .join(StoredFile, StoredFile.digest == DraftFile.digest)
        .where(DraftFile.course_slug == slug)
        .order_by(DraftFile.path)
    )
    return {row.path: row.content for row in session.execute(query)}


def file_of(session: Session, slug: str, path: str) -> Kept | None:
    """One file of a draft."""
    file = session.get(DraftFile, (slug, path))
    if file is None:
        return None
    content = stored.load(session, [file.digest])[file.digest]
    return Kept(path, file.digest, content, file.changed_at, file.changed_by)


def steps(session: Session, slug: str, *, before: int | None = None, most: int = PAGE) -> list[Step]:
    """The steps of a draft, the latest first: one page and one more."""
    query = select(Step).where(Step.course_slug == slug).order_by(Step.number.desc()).limit(most + 1)
    return list(session.scalars(query.where(Step.number < before) if before else query))


def changes_of(session: Session, step_ids: Collection[int]) -> dict[int, list[Change]]:
    """What each of these steps did, by its id."""
    found: dict[int, list[Change]] = {step_id: [] for step_id in step_ids}
    query = select(Change).where(Change.step_id.in_(step_ids)).order_by(Change.path)
    for change in session.scalars(query):
        found[change.step_id].append(change)
    return found


def step(session: Session, slug: str, number: int) -> Step | None:
    """One step of a draft by its number."""
    return session.scalars(select(Step).where(Step.course_slug == slug, Step.number == number)).one_or_none()
