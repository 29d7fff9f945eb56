"""What a member's first page leads to besides courses: contributed by the features that own the pages."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, url_for
from sqlalchemy.orm import Session

from academy.i18n import Text
from academy.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Door:
    """A page worth knowing of: what it is about, the words of its link, and for whom it is there (one question)."""

    title: Text
    sentence: Text
    words: Text
    endpoint: str
    order: int
    open_to: Callable[[Session, Actor], bool]


@dataclass(frozen=True, slots=True)
class ShownDoor:
    """A door as the template draws it."""

    title: str
    sentence: str
    words: str
    url: str


def add(door: Door) -> None:
    """Put a door on the first page of members of the application being built."""
    doors: list[Door] = current_app.extensions.setdefault("academy.doors", [])
    doors.append(door)
    doors.sort(key=lambda each: each.order)


def doors_for(session: Session, actor: Actor) -> list[ShownDoor]:
    """The doors that are open to this member."""
    doors: list[Door] = current_app.extensions.get("academy.doors", [])
    return [
        ShownDoor(str(door.title), str(door.sentence), str(door.words), url_for(door.endpoint))
        for door in doors
        if door.open_to(session, actor)
    ]
