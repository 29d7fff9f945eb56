"""What other features put on a profile's page: acts beside the name, and lines under the record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app, url_for
from sqlalchemy.orm import Session

from academy.i18n import Text
from academy.people.actor import Actor
from alumni.profiles.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Act:
    """Something a viewer may do about a member: `url` gets the member's handle, `shown` says for whom it is there.

    What `leads` is what most people open a profile for: it stands first, as the main button.
    """

    words: Text
    url: Callable[[str], str]
    shown: Callable[[Session, Viewer, Actor | None, int], bool]
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a record, perhaps with a page of its own."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that a feature knows of a member; asked for only when the viewer may see the member's record."""

    title: Text
    order: int
    lines: Callable[[Session, Viewer, int], Sequence[Line]]


@dataclass(frozen=True, slots=True)
class Part:
    """A section as a page draws it; there is none without lines."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Way:
    """An act as a page draws it."""

    words: str
    url: str
    leads: bool = False


def add_act(act: Act) -> None:
    """Put an act on every profile's page."""
    acts = _acts()
    acts.append(act)
    acts.sort(key=lambda each: not each.leads)


def add_section(section: Section) -> None:
    """Put a section under the record on every profile's page."""
    sections = _sections()
    sections.append(section)
    sections.sort(key=lambda each: each.order)


def acts_about(session: Session, viewer: Viewer, actor: Actor | None, who: tuple[int, str]) -> list[Way]:
    """What the viewer may do about this member, who is told by number and handle."""
    member_id, handle = who
    shown = (act for act in _acts() if act.shown(session, viewer, actor, member_id))
    return [Way(str(act.words), act.url(handle), act.leads) for act in shown]


def record_of(session: Session, viewer: Viewer, member_id: int) -> list[Part]:
    """What all features know of this member, for viewers who may see their record."""
    found = ((section.title, section.lines(session, viewer, member_id)) for section in _sections())
    return [Part(str(title), lines) for title, lines in found if lines]


def of_another(_session: Session, _viewer: Viewer, actor: Actor | None, member_id: int) -> bool:
    """For acts that every member may do about every other one."""
    return actor is not None and actor.id != member_id


def add_choice(words: Callable[[Session, int], str], endpoint: str) -> None:
    """Put a choice of the member, with what holds now, under what they see of their own profile."""
    _choices().append((words, endpoint))


def choices_of(session: Session, member_id: int) -> list[Way]:
    """What else a member chooses about how others reach them."""
    return [Way(words(session, member_id), url_for(endpoint)) for words, endpoint in _choices()]


def _choices() -> list[tuple[Callable[[Session, int], str], str]]:
    choices: list[tuple[Callable[[Session, int], str], str]] = current_app.extensions.setdefault("profiles.choices", [])
    return choices


def _acts() -> list[Act]:
    acts: list[Act] = current_app.extensions.setdefault("academy.profile_acts", [])
    return acts


def _sections() -> list[Section]:
    sections: list[Section] = current_app.extensions.setdefault("academy.profile_sections", [])
    return sections
