"""Whom a page of the list shows, and what of them this viewer may see: one statement, built once for each shape."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, case, select, tuple_
from sqlalchemy.orm import Session

from academy.db import BigId, rows
from alumni.directory.fitting import built_once, fitting, looker, shape_of, sorted_by, values_of
from alumni.directory.models import LANGUAGE, OFFERS, SKILLS, DirectoryCard
from alumni.directory.rules import NEWEST, Wish
from alumni.graduates import queries as graduates
from alumni.profiles.models import Profile
from alumni.profiles.viewers import Viewer, audience_of, distance

PAGE = 20
LARGEST = 2**62
LISTED = (LANGUAGE, SKILLS, OFFERS)
"""The fields of several values that stand on a card."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list ends: the name or the moment it is sorted by, and the number after it."""

    by: str | datetime
    member_id: int

    def __str__(self) -> str:
        by = self.by if isinstance(self.by, str) else self.by.isoformat()
        return f"{self.member_id}~{by}"


def place_of(text: str, wish: Wish) -> Place | None:
    """A place out of an address; None if it is none."""
    number, _, by = text.partition("~")
    if not (number.isascii() and number.isdigit() and int(number) <= LARGEST):
        return None
    if wish.sort != NEWEST:
        return Place(by[:255], int(number))
    try:
        moment = datetime.fromisoformat(by)
        return Place(moment.astimezone(UTC), int(number)) if moment.tzinfo else None
    except (ValueError, OverflowError):  # no moment, or one before the first year
        return None


class Person(NamedTuple):
    """Somebody who was found, as this viewer may see them: two who are equal look the same on a card.

    What the viewer may not see is empty. Of the values in `said` (see `DirectoryCard`) they may see those of the fields
    in `LISTED` whose bits are set in `seen`. The cohorts are lines (see `graduates.in_lines`).
    """

    member_id: int
    handle: str
    name: str
    photo: str
    country: str
    town: str
    field: str
    organisation: str
    said: str
    seen: int
    course_cohorts: str | None
    past_cohorts: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of people, and where the next begins (None at the end)."""

    people: list[Person]
    following: Place | None


def people(session: Session, viewer: Viewer, wish: Wish, after: Place | None = None) -> Found:
    """A page of the people this viewer may find by this wish (one query; on PostgreSQL two, if there are words)."""
    values = values_of(session, viewer, wish)
    if after is not None:
        values |= {"by": after.by, "after": after.member_id}
    found = rows(session, _page(session, viewer, wish, going_on=after is not None), values).all()
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = Place(last[-1], last[0]) if last else None
    return Found([Person._make(each[:-1]) for each in found[:PAGE]], following)


def _page(session: Session, viewer: Viewer, wish: Wish, *, going_on: bool) -> Select[Any]:
    """The statement of a page: to build one costs more than to ask it."""
    if wish.more:
        return _built(session, viewer, wish, going_on=going_on)
    name = (session.get_bind().dialect.name, looker(viewer), wish.sort, shape_of(wish), going_on)
    page: Select[Any] = built_once(name, lambda: _built(session, viewer, wish, going_on=going_on))
    return page


def _built(session: Session, viewer: Viewer, wish: Wish, *, going_on: bool) -> Select[Any]:
    """First who is on the page, then what it shows of them: what is shown of many would be read in vain."""
    found = _chosen(session, viewer, wish, going_on=going_on).subquery()
    courses, past = graduates.in_lines(Profile.member_id.expression)
    sees_cohort = Profile.show_cohort >= found.c.away
    fields: tuple[ColumnElement[Any], ...] = (
        *(_seen(found.c.away, field) for field in ("photo", "country", "town", "field", "organisation")),
        DirectoryCard.said.expression,
        _bits(found.c.away),
        *(case((sees_cohort, each), else_=None) for each in (courses, past)),
    )
    shown: Select[Any] = select(Profile.member_id, Profile.handle, Profile.shown_name, *fields, found.c.by)
    shown = shown.join_from(found, Profile, Profile.member_id == found.c.member_id)
    shown = shown.join(DirectoryCard, DirectoryCard.member_id == found.c.member_id)
    return shown.order_by(*_order(found.c.by, found.c.member_id, wish))


def _chosen(session: Session, viewer: Viewer, wish: Wish, *, going_on: bool) -> Select[Any]:
    """The people of a page: their numbers, what they are sorted by, and how far from each the viewer stands."""
    by, number = sorted_by(session, wish)
    away = distance(looker(viewer)).label("away")
    query = fitting(session, viewer, wish).add_columns(number, by.label("by"), away)
    if going_on:
        here = tuple_(by, number)
        there = tuple_(bindparam("by", type_=by.type), bindparam("after", type_=BigId))
        query = query.where(here < there if wish.sort == NEWEST else here > there)
    return query.order_by(*_order(by, number, wish)).limit(PAGE + 1)


def _order(by: Any, number: Any, wish: Wish) -> tuple[ColumnElement[Any], ...]:  # noqa: ANN401  columns
    return (by.desc(), number.desc()) if wish.sort == NEWEST else (by, number)


def _seen(away: ColumnElement[int], field: str) -> ColumnElement[str]:
    return case((audience_of(field) >= away, getattr(Profile, field)), else_="")


def _bits(away: ColumnElement[int]) -> ColumnElement[int]:
    first, *others = (case((audience_of(field) >= away, 1 << place), else_=0) for place, field in enumerate(LISTED))
    return sum(others, start=first.expression)


def those_who_fit(
    session: Session, viewer: Viewer, wish: Wish, *, most: int, among: list[int] | None = None
) -> set[int]:
    """The numbers of the people this viewer may find by this wish, at most so many; of those in `among` alone."""
    query = fitting(session, viewer, wish).add_columns(Profile.member_id)
    if among is not None:
        query = query.where(Profile.member_id.in_(among))
    return {row.member_id for row in rows(session, query.limit(most), values_of(session, viewer, wish))}
