"""What can be reported: each feature says how its things are found, shown to moderators, hidden and removed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from academy.i18n import Text
from academy.people.actor import Actor
from academy.web.paging import row_number

HIDE, REMOVE = "hidden", "removed"
Deed = Callable[[Session, int, datetime], None]


def by_number(_session: Session, _actor: Actor, name: str) -> int | None:
    """The number that stands in an address; None for what is none."""
    try:
        return row_number(name)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Act:
    """Something moderators can do to a thing (`HIDE` or `REMOVE`), and how it is taken back."""

    do: Deed
    undo: Deed


def _never(_session: Session, _number: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that can be reported.

    `label` names such a thing ("An opportunity"). `may_report` says whether somebody may know of the thing at all: to
    all others it does not exist. `page` is where it stands, '' when it is gone; `excerpt` what moderators read of it
    once they took the case; `owner` whose it is, None when nobody's. `acts` holds what can be done to the
    thing itself; what can be done to its owner (warn, silence, suspend) needs nothing of the feature.
    `find` reads the name of a thing in an address: its number, unless a feature has a better one.
    `reported` is told of each report: of which thing, by whom. `hidden_after` so many reports by members who are no
    newcomers, the thing is hidden until somebody looks (0: never). Of a thing
    that is `unnamed` no page of a case says whose it is.
    """

    kind: str
    label: Text
    may_report: Callable[[Session, Actor, int], bool]
    page: Callable[[Session, int], str]
    excerpt: Callable[[Session, int], str]
    owner: Callable[[Session, int], int | None]
    acts: Mapping[str, Act] = field(default_factory=dict)
    hidden_after: int = 0
    reported: Callable[[Session, int, int, datetime], None] | None = None
    unnamed: Callable[[Session, int], bool] = _never
    find: Callable[[Session, Actor, str], int | None] = by_number


@dataclass(frozen=True, slots=True)
class Review:
    """How things of a kind that wait for a moderator are let in, turned away, or made to wait again."""

    kind: str
    approve: Deed
    refuse: Deed
    wait: Deed


def add_subject(subject: Subject) -> None:
    """Let members report things of this kind."""
    _subjects()[subject.kind] = subject


def add_review(review: Review) -> None:
    """Let things of this kind, which must be a subject too, wait for a moderator (`reviews.ask`)."""
    _reviews()[review.kind] = review


def subject_of(kind: str) -> Subject | None:
    """The subject of this kind; None when there is no such feature (any more)."""
    return _subjects().get(kind)


def review_of(kind: str) -> Review | None:
    """How things of this kind are let in; None when they never wait."""
    return _reviews().get(kind)


def kinds() -> list[Subject]:
    """Everything that can be reported, in the order in which features joined."""
    return list(_subjects().values())


def _subjects() -> dict[str, Subject]:
    subjects: dict[str, Subject] = current_app.extensions.setdefault("moderation.subjects", {})
    return subjects


def _reviews() -> dict[str, Review]:
    reviews: dict[str, Review] = current_app.extensions.setdefault("moderation.reviews", {})
    return reviews
