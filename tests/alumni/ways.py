"""Ways by which somebody might come to see a field of a profile; the privacy matrix tries all of them.

A feature that shows or uses anything of profiles adds its way: what of the owner does this viewer come to know by it?
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from academy import clock
from academy.people.actor import Actor
from alumni.digest import people
from alumni.digest.pieces import Reader
from alumni.profiles import queries
from alumni.profiles.models import SHOWN_FIELDS
from alumni.profiles.viewers import viewer_of
from tests.makers import LONG_AGO

HANDLE, DIGEST, PHOTO = "owner-h", "f" * 64, "112.webp"
MARKS: Mapping[str, str] = {
    "name": "Marked Name",
    "photo": DIGEST,
    "cohort": "Marked Cohort",
    "country": "Fiji",
    "town": "Marked Town",
    "languages": "Estonian",
    "field": "Humanitarian aid",
    "organisation": "Marked Organisation",
    "skills": "Marked Skill",
    "story": "Marked Story",
    "links": "https://marked.example.org/",
    "offers": "Marked Offer",
    "seeks": "Marked Wish",
    "record": "Marked Record",
}
"""What betrays each field of the owner's profile, wherever it stands."""


@dataclass(frozen=True)
class Looking:
    """Somebody who looks: their browser, and who they are; the database is only read."""

    app: Flask
    session: Session
    client: FlaskClient
    actor: Actor | None
    owner_id: int


@dataclass(frozen=True)
class Way:
    """A way of looking: `fields` are those it could show at all, `seen` those that it did show."""

    name: str
    fields: frozenset[str]
    seen: Callable[[Looking], set[str]]


def marks_in(text: str) -> set[str]:
    """The fields that a text betrays."""
    return {field for field, mark in MARKS.items() if mark in text}


def by_page(looking: Looking) -> set[str]:
    """The profile's own page."""
    answer = looking.client.get(f"/alumni/members/{HANDLE}")
    assert answer.status_code in {200, 404}
    return marks_in(answer.get_data(as_text=True))


def by_photo(looking: Looking) -> set[str]:
    """The address of the photo's file."""
    answer = looking.client.get(f"/alumni/members/{HANDLE}/photo/{DIGEST}/{PHOTO}")
    return {"photo"} if answer.status_code == 200 else set()


def by_byline(looking: Looking) -> set[str]:
    """A line under something the owner wrote: the name stands there anyway, the way to the profile does not."""
    line = queries.bylines(looking.session, viewer_of(looking.session, looking.actor), [looking.owner_id])
    found = line[looking.owner_id]
    return ({"name"} if found.handle else set()) | ({"photo"} if found.photo else set())


def by_act(looking: Looking) -> set[str]:
    """The name under something the owner wrote: it stands there for everybody, unless the owner hides."""
    line = queries.bylines(looking.session, viewer_of(looking.session, looking.actor), [looking.owner_id])
    return {"name"} if line[looking.owner_id].name else set()


def by_list(looking: Looking) -> set[str]:
    """A list of people who share something: who is on it because of a field."""
    viewer = viewer_of(looking.session, looking.actor)
    ids = [looking.owner_id]
    return {field for field in SHOWN_FIELDS if queries.visible_among(looking.session, viewer, ids, field)}


def by_former_handle(looking: Looking) -> set[str]:
    """An address the profile had before."""
    answer = looking.client.get("/alumni/members/former-h")
    return {"name"} if answer.status_code == 302 else set()


def by_digest(looking: Looking) -> set[str]:
    """The part of the digest that tells of new people; nobody is told of themselves."""
    with looking.app.extensions["academy.database"].transaction() as writing:
        people.note(writing)
    if looking.actor is not None and looking.actor.id == looking.owner_id:
        return by_page(looking) & {"name", "offers"}
    viewer, long_ago = viewer_of(looking.session, looking.actor), LONG_AGO - timedelta(days=1)
    reader = Reader(looking.actor or Actor(0, ""), viewer, long_ago, clock.now())
    lines = people.PEOPLE.lines(looking.session, reader)
    return marks_in(" ".join(f"{line.words} {line.detail}" for line in lines))


ALL = frozenset(SHOWN_FIELDS)
WAYS: list[Way] = [
    Way("page", ALL, by_page),
    Way("photo", frozenset({"photo"}), by_photo),
    Way("byline", frozenset({"name", "photo"}), by_byline),
    Way("list", ALL, by_list),
    Way("digest", frozenset({"name", "offers"}), by_digest),
    Way("former handle", frozenset({"name"}), by_former_handle),
]
"""Every way there is."""
ACT = Way("act", frozenset({"name"}), by_act)
