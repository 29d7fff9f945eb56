"""What a credential says. Whoever gives certificates fills this in; nothing here knows their tables."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class AchievementFacts:
    """What was achieved: `id` is a path of letters, digits, hyphens and dots that names the edition too.

    `version` is the edition, `kind` one of the kinds of achievements that Open Badges knows.
    """

    id: str
    title: str
    description: str
    criteria: str
    language: str
    kind: str
    version: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CredentialFacts:
    """One certificate as its holder has it now; `version` is the edition of its document.

    `other_name` is the same name in a second script, `tier` and `course_slug` are '' where there is no course.
    """

    code: str
    holder_name: str
    achievement: AchievementFacts
    issued_at: datetime
    language: str
    version: int = 1
    other_name: str = ""
    course_slug: str = ""
    edition: int = 0
    tier: str = ""
    hours: int = 0
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from. `facts` leaves out codes of which nothing may be said any more: without a holder's name.

    `lacking` gives codes of certificates that have no credential yet, at most so many; `achievement` is what an id
    stands for, in the first of these languages there is, or None.
    """

    facts: Callable[[Session, Collection[str]], Mapping[str, CredentialFacts]]
    lacking: Callable[[Session, int], Sequence[str]]
    achievement: Callable[[Session, str, Sequence[str]], AchievementFacts | None]


def set_source(source: Source) -> None:
    """Let the facts of this application's credentials come from here."""
    current_app.extensions["academy.credential_source"] = source


def the_source() -> Source:
    """Where the facts of the application at hand come from."""
    return cast("Source", current_app.extensions["academy.credential_source"])
