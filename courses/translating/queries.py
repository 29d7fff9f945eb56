"""Reads for translating: the files as they are now, and what a source said before."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from courses.authoring import queries as drafts
from courses.authoring.models import Change, Step
from courses.catalogue import library, stored
from courses.catalogue.models import Edition, EditionFile
from courses.catalogue.passages import fronts
from courses.catalogue.passages.cutting import cut, passages_in
from courses.catalogue.passages.quizzes import cut_quiz
from courses.catalogue.reader import documents
from courses.catalogue.reader.faults import Notes
from courses.catalogue.reader.front_matter import Node

MOST_VERSIONS = 60
NUMBER = re.compile(r"(^|/)[0-9]{2}-")


@dataclass(frozen=True, slots=True)
class Stand:
    """The files of a course as its staff see them: those of the draft, else of the edition that readers see."""

    files: dict[str, bytes]
    drafted: bool


def stand_of(session: Session, slug: str) -> Stand | None:
    """The files of a course; None if there are none yet."""
    if drafts.draft_of(session, slug) is not None:
        return Stand(drafts.files_of(session, slug), drafted=True)
    live = library.live_course(session, slug)
    return Stand(library.files_of(session, live.edition_id), drafted=False) if live else None


def earlier_words(session: Session, slug: str, path: str, wanted: Collection[str]) -> dict[str, str]:
    """What passages of these digests said in earlier versions of a source, wherever it stood in the course then."""
    found: dict[str, str] = {}
    if not wanted:
        return found
    for content in _versions(session, slug, NUMBER.sub(r"\1__-", path)):
        found |= {digest: text for digest, text in _words_of(path, content).items() if digest in wanted}
    return found


def _versions(session: Session, slug: str, like: str) -> Collection[bytes]:
    editions = (
        select(EditionFile.digest)
        .join(Edition, Edition.id == EditionFile.edition_id)
        .where(Edition.course_slug == slug, EditionFile.path.like(like))
        .order_by(Edition.number.desc())
        .limit(MOST_VERSIONS)
    )
    steps = (
        select(Change.before)
        .join(Step, Step.id == Change.step_id)
        .where(Step.course_slug == slug, Change.path.like(like), Change.before.is_not(None))
        .order_by(Step.number.desc())
        .limit(MOST_VERSIONS)
    )
    digests = {*session.scalars(editions), *(each for each in session.scalars(steps) if each)}
    return stored.load(session, digests).values()


def _words_of(path: str, content: bytes) -> dict[str, str]:
    document = documents.read(path, content, Notes("").on(path))
    if document is None:
        return {}
    kind: Node | None = (document.keys or {}).get("kind")
    body = (cut_quiz if kind is not None and kind.value == "quiz" else cut)(document.body)
    return {each.digest: each.text for each in (*fronts.passages_of(document.keys), *passages_in(body))}
