"""Who is found: one query, in which `sees` decides whom this viewer may find by what.

The entries and the index of words only make it quick: they hold nothing that its level does not open, and every field
that narrows the list is asked for again where it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select, true, tuple_, union
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from academy import search
from academy.db import BigId, rows
from academy.folding import fold
from academy.kept import keep
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.blocks.queries import blockers_of
from alumni.directory import filters
from alumni.directory.models import COUNTRY, LANGUAGE, OFFERS, PERSON, SKILLS, TEXTS, DirectoryCard, DirectoryEntry
from alumni.directory.rules import NEWEST, RANKS, Wish
from alumni.graduates import queries as graduates
from alumni.profiles.models import Profile
from alumni.profiles.viewers import Viewer, audience_of, distance, is_open, sees

PAGE, MOST_BY_WORDS, MOST_NEAR, MOST_STATEMENTS = 20, 300, 5000, 60
LARGEST = 2**62
PARTS = tuple(each.name.lower() for each in (Audience.COHORT, Audience.NETWORK, Audience.EVERYONE))
SEEN = ("photo", "cohort", "country", "town", "languages", "field", "organisation", "skills", "offers")


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


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody who was found: the row of their profile, and which of its fields the viewer may see."""

    values: Any
    away: int

    @property
    def member_id(self) -> int:
        """Whose it is."""
        return int(self.values.member_id)

    def shows(self, field: str) -> bool:
        """Whether the viewer may see this field."""
        return int(getattr(self.values, f"show_{field}")) >= self.away

    def get(self, field: str) -> str:
        """What a field says; '' where the viewer may not see it."""
        return str(getattr(self.values, field)) if self.shows(field) else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of people, and where the next begins (None at the end)."""

    people: list[Row]
    following: Place | None


_Entry = DirectoryEntry
ON_CARDS: tuple[InstrumentedAttribute[Any], ...] = (
    Profile.member_id,
    Profile.handle,
    Profile.shown_name,
    Profile.photo,
    Profile.country,
    Profile.town,
    Profile.field,
    Profile.organisation,
    DirectoryCard.said,
)
"""What a card is drawn of, by the fields in `SEEN`."""


def people(session: Session, viewer: Viewer, wish: Wish, after: Place | None = None) -> Found:
    """A page of the people this viewer may find by this wish."""
    place = {"by": after.by, "after": after.member_id} if after else {}
    query = _page(session, viewer, wish, going_on=after is not None)
    found = rows(session, query, {**place, **_words(session, viewer, wish)}).all()
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = Place(last.by, last.member_id) if last else None
    return Found([Row(each, each.away or int(viewer.stands)) for each in found[:PAGE]], following)


def _page(session: Session, viewer: Viewer, wish: Wish, *, going_on: bool) -> Select[Any]:
    """The statement of a page: to build one costs as much as to ask it, and people turn pages."""
    if wish.more:
        return _built(session, viewer, wish, going_on=going_on)
    name = (session.get_bind().dialect.name, viewer, wish.sort, *wish.narrowing.items(), _asks(wish), going_on)
    built = _statements.get(name)
    if built is None:
        built = keep(_statements, name, _built(session, viewer, wish, going_on=going_on), MOST_STATEMENTS)
    return built


_statements: dict[tuple[Any, ...], Select[Any]] = {}


def _built(session: Session, viewer: Viewer, wish: Wish, *, going_on: bool) -> Select[Any]:
    by = _Entry.since if wish.sort == NEWEST else _Entry.name_key
    seen = [audience_of(field) for field in SEEN]
    query = _fitting(session, viewer, wish).join(DirectoryCard, DirectoryCard.member_id == _Entry.member_id)
    query = query.add_columns(*ON_CARDS, *seen, by.label("by"), distance(viewer).label("away"))
    if going_on:
        here, there = (
            tuple_(by, _Entry.member_id),
            tuple_(bindparam("by", type_=by.type), bindparam("after", type_=BigId)),
        )
        query = query.where(here < there if wish.sort == NEWEST else here > there)
    order = (by.desc(), _Entry.member_id.desc()) if wish.sort == NEWEST else (by, _Entry.member_id)
    return query.order_by(*order).limit(PAGE + 1)


def those_who_fit(
    session: Session, viewer: Viewer, wish: Wish, *, most: int, among: list[int] | None = None
) -> set[int]:
    """The numbers of the people this viewer may find by this wish, at most so many; of those in `among` alone."""
    query = _fitting(session, viewer, wish).add_columns(_Entry.member_id)
    if among is not None:
        query = query.where(_Entry.member_id.in_(among))
    return {row.member_id for row in rows(session, query.limit(most), _words(session, viewer, wish))}


def _fitting(session: Session, viewer: Viewer, wish: Wish) -> Select[Any]:
    kind, key, rank = _driver(wish)
    fields = [kind for kind, _, _ in _wanted(wish)] + (["cohort"] if wish.cohort else [])
    query = (
        select()
        .select_from(_Entry)
        .join(Profile, Profile.member_id == _Entry.member_id)
        .join(Member, Member.id == _Entry.member_id)
        .where(_is(_Entry.kind, kind, wish), _is(_Entry.key, key, wish), _Entry.rank >= rank, _near_enough(viewer))
        .where(is_open(), sees(viewer, *fields), _as_others_see(viewer, *fields))
    )
    for other in _wanted(wish)[1:]:
        query = query.where(_has(*other))
    if wish.cohort:
        query = query.where(_Entry.member_id.in_(graduates.members_of([wish.cohort])))
    for name, value in wish.more.items():
        query = query.where(filters.everything()[name].condition(session, viewer, value))
    return _by_words(session, viewer, wish, query)


def _near_enough(viewer: Viewer) -> ColumnElement[bool]:
    """Leaves out most of those whom the viewer does not see, by the entries alone."""
    far = _Entry.level >= int(viewer.stands)
    return or_(far, _Entry.member_id.in_(graduates.members_of(viewer.cohorts))) if viewer.cohorts else far


def _as_others_see(viewer: Viewer, *fields: str) -> ColumnElement[bool]:
    """Members find themselves only by what others of the network find them by: the list is to tell them the truth."""
    open_far = (audience_of(field) >= int(viewer.stands) for field in ("name", *fields))
    return true() if viewer.member_id is None else or_(Profile.member_id != viewer.member_id, and_(*open_far))


def _wanted(wish: Wish) -> list[tuple[str, str, int]]:
    """The kind, key and rank of each entry that is wanted, the rarest kind first."""
    asked = (
        (SKILLS, fold(wish.skill), 0),
        (OFFERS, wish.offers, 0),
        (LANGUAGE, wish.language, RANKS.get(wish.level, 0)),
        (COUNTRY, wish.country, 0),
    )
    return [each for each in asked if each[1]]


def _driver(wish: Wish) -> tuple[str, str, int]:
    return next(iter(_wanted(wish)), (PERSON, "", 0))


def _has(kind: str, key: str, rank: int) -> ColumnElement[bool]:
    other = aliased(_Entry)
    return exists().where(other.member_id == _Entry.member_id, other.kind == kind, other.key == key, other.rank >= rank)


def _is(column: InstrumentedAttribute[str], value: str, wish: Wish) -> ColumnElement[bool]:
    """Compares with a value; where words are asked for, by no index: they name few people, the index goes by all."""
    return column + "" == value if _asks(wish) else column == value


def _asks(wish: Wish) -> bool:
    return bool(search.asked(wish.words))


def _by_words(session: Session, viewer: Viewer, wish: Wish, query: Select[Any]) -> Select[Any]:
    return query.where(_Entry.member_id.in_(_matching(session, viewer))) if _asks(wish) else query


def _words(session: Session, viewer: Viewer, wish: Wish) -> dict[str, str]:
    """What the statement looks for: the parameters of `_matching`."""
    asked = search.asked(wish.words)
    return TEXTS.words_in(session, asked, PARTS, _far(viewer), PARTS[-1:]) if asked else {}


def _far(viewer: Viewer) -> Sequence[str]:
    return PARTS[viewer.stands - 1 :]


def _matching(session: Session, viewer: Viewer) -> Any:  # noqa: ANN401  a union of selects
    """The numbers of those whose words fit, each looked through as far as they are open to this viewer."""
    found = TEXTS.matching(session, _far(viewer), most=MOST_BY_WORDS).subquery()
    if viewer.member_id is None:
        return select(found.c.id)
    blockers = blockers_of(viewer.member_id)
    away = blockers.subquery().c.member_id
    ways = [select(found.c.id).where(found.c.id.not_in(blockers))]
    ways.append(select(away).where(TEXTS.holds(session, PARTS[-1:], away)))
    if viewer.cohorts:
        near = TEXTS.matching(session, PARTS, most=MOST_NEAR).subquery().c.id
        mates = graduates.members_of(viewer.cohorts)
        ways.append(select(near).where(near.in_(mates), near.not_in(blockers)))
    return union(*ways)
