"""Reads of whole courses, for those who take one with them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from courses.catalogue.models import Edition, EditionPage

_EXTRAS = select(EditionPage.key, EditionPage.language, EditionPage.extras).where(
    EditionPage.edition_id == bindparam("edition_id")
)


def pictures_of(session: Session, edition_id: int, languages: Sequence[str]) -> dict[str, list[str]]:
    """The addresses of the pictures on every page, in the first of these languages that the page exists in."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in session.execute(_EXTRAS, {"edition_id": edition_id}):
        found.setdefault(row.key, {})[row.language] = list(row.extras.get("images", ()))
    return {key: _best(pages, languages) for key, pages in found.items()}


def existed(session: Session, slug: str, key: str) -> bool:
    """Whether any edition of a course had a lesson with this key."""
    query = (
        select(EditionPage.key)
        .join(Edition, Edition.id == EditionPage.edition_id)
        .where(Edition.course_slug == slug, EditionPage.key == key)
    )
    return session.scalar(query.limit(1)) is not None


def _best(pages: dict[str, list[str]], languages: Sequence[str]) -> list[str]:
    return next((pages[language] for language in languages if language in pages), [])
