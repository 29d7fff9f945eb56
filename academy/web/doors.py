"""What a member's first page leads to besides courses: contributed by the features that own the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from academy.db import rows
from academy.i18n import Text
from academy.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Door:
    """A page worth knowing of: what it is about, the words of its link, and for whom it is there.

    `shown` says for whom it is asked at all; `is_open` is what the database answers, built once for everybody, with
    the parameters `viewer` (the number of the member) and `today`.
    """

    title: Text
    sentence: Text
    words: Text
    endpoint: str
    order: int
    shown: Callable[[Actor], bool]
    is_open: Callable[[], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class ShownDoor:
    """A door as the template draws it."""

    title: str
    sentence: str
    words: str
    url: str


def add(door: Door) -> None:
    """Put a door on the first page of members of the application being built."""
    _doors().append(door)
    _doors().sort(key=lambda each: each.order)


def ask(
    session: Session, actor: Actor, today: date, also: ColumnElement[bool], name: str
) -> tuple[bool, list[ShownDoor]]:
    """The doors that are open to this member, and along with them the answer to something else (one query).

    `also` is what else is asked, with the same parameters; `name` is what it is kept by. Where no door is in question
    nothing is asked, and the answer is True: it may be so.
    """
    doors = [door for door in _doors() if door.shown(actor)]
    if not doors:
        return True, []
    answer, *are_open = rows(session, _statement(doors, also, name), {"viewer": actor.id, "today": today}).one()
    return bool(answer), [_shown(door) for door, is_open in zip(doors, are_open, strict=True) if is_open]


def _statement(doors: list[Door], also: ColumnElement[bool], name: str) -> Select[*tuple[bool, ...]]:
    kept = current_app.extensions.setdefault("academy.doors_asked", {})
    key = (name, *(door.endpoint for door in doors))
    if key not in kept:
        kept[key] = select(also.label("also"), *(door.is_open().label(f"door{n}") for n, door in enumerate(doors)))
    statement: Select[*tuple[bool, ...]] = kept[key]
    return statement


def _shown(door: Door) -> ShownDoor:
    return ShownDoor(str(door.title), str(door.sentence), str(door.words), url_for(door.endpoint))


def _doors() -> list[Door]:
    doors: list[Door] = current_app.extensions.setdefault("academy.doors", [])
    return doors
