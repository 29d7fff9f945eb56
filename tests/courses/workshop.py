"""A draft for tests: the small course, begun by somebody."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from courses.authoring import queries, service
from courses.authoring.models import StepKind
from tests.courses.course_files import course_files
from tests.makers import LONG_AGO

SLUG = "first-steps"
LESSON = "01-water/01-canal.md"
DRAFT = f"/teach/{SLUG}/draft"
EDITOR = f"{DRAFT}/{LESSON}"
PREVIEW = f"{DRAFT}/preview/{LESSON}"


def begun(session: Session, by: Member, changes: Mapping[str, str | bytes | None] | None = None) -> None:
    """Begin the draft with these changes and commit."""
    service.create(session, slug=SLUG, contents=course_files(changes), by=by.id, now=clock.now())
    session.commit()


def content(session: Session, path: str = LESSON) -> bytes:
    """What a file of the draft holds now."""
    session.rollback()
    kept = queries.file_of(session, SLUG, path)
    session.rollback()  # a maker's session holds the lock from its first look on
    assert kept is not None
    return kept.content


def change(session: Session, contents: Mapping[str, bytes | None]) -> dict[str, str]:
    """Bring these files in from outside; returns the digest of every file."""
    draft = service.begin(session, slug=SLUG, now=LONG_AGO)
    by, kind = session.scalars(select(Member.id)).first() or 0, StepKind.IMPORTED
    service.apply(session, draft=draft, kind=kind, about="", contents=contents, by=by, now=LONG_AGO)
    session.commit()
    digests = queries.digests_of(session, SLUG)
    session.rollback()
    return digests
