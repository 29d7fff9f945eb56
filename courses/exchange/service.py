"""Take files of a course in: as a new course, or as the draft of one that is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from courses.authoring import queries as drafts
from courses.authoring import service as authoring
from courses.authoring.models import StepKind
from courses.catalogue import library
from courses.publishing.difference import FileChange, between

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking files in did: what differs from the edition readers see, and whether the draft is another now."""

    changes: tuple[FileChange, ...]
    changed: bool


def take_as_draft(session: Session, *, slug: str, files: Files, about: str, by: int | None, now: datetime) -> Taken:
    """Make the draft of a course exactly these files, as one step that can be taken back.

    Raises NoDraft when there is no course of this slug.
    """
    draft = authoring.begin(session, slug=slug, now=now)
    step = authoring.replace(session, draft=draft, kind=StepKind.IMPORTED, about=about, contents=files, by=by, now=now)
    live = library.live_course(session, slug)
    published = library.files_of(session, live.edition_id) if live else {}
    return Taken(tuple(between(published, files, {})), step is not None)


def is_live(session: Session, slug: str, files: Files) -> bool:
    """Whether readers see exactly these files, and no draft says otherwise."""
    live = library.live_course(session, slug)
    if live is None or drafts.draft_of(session, slug) is not None:
        return False
    return library.files_of(session, live.edition_id) == dict(files)
