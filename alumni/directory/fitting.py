"""Who fits a wish, as a part of a statement in which `sees` decides whom this viewer may find by what.

The entries and the index of words only make it quick: they hold nothing that its level does not open, and every field
that narrows the list is asked for again where it is kept. What is looked for stands in parameters (`values_of`): a
statement is the same for all wishes of one shape.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Select,
    String,
    any_,
    bindparam,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy import and_ as both
from sqlalchemy.orm import Session, aliased

from academy import search
from academy.db import BigId, rows
from academy.folding import fold
from academy.kept import keep
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.blocks.queries import blockers_of
from alumni.directory import filters
from alumni.directory.models import COUNTRY, LANGUAGE, OFFERS, PERSON, SKILLS, TEXTS, DirectoryEntry
from alumni.directory.rules import NEWEST, RANKS, Wish
from alumni.graduates import queries as graduates
from alumni.profiles.models import Profile
from alumni.profiles.viewers import AnyViewer, Viewer, audience_of, is_open, sees

MOST_BY_WORDS, MOST_STATEMENTS = 300, 60
PARTS = tuple(each.name.lower() for each in (Audience.COHORT, Audience.NETWORK, Audience.EVERYONE))
Looker = Viewer | AnyViewer
_Entry, _Other = DirectoryEntry, aliased(DirectoryEntry)


def looker(viewer: Viewer) -> Looker:
    """Whoever looks, as statements know them: members by their number alone."""
    return viewer if viewer.member_id is None else AnyViewer(viewer.stands, has_cohorts=True)


def shape_of(wish: Wish) -> tuple[object, ...]:
    """What makes the statement for a wish another one."""
    kinds = tuple((kind, rank > 0) for kind, _, rank in _wanted(wish))
    return kinds, wish.cohort[:1], len(search.asked(wish.words))


def values_of(session: Session, viewer: Viewer, wish: Wish) -> dict[str, Any]:
    """The parameters of a statement of this shape (on PostgreSQL one query, if there are words)."""
    values: dict[str, Any] = {} if viewer.member_id is None else {"viewer": viewer.member_id}
    for place, (_, key, rank) in enumerate(_wanted(wish)):
        values[f"wanted_key{place}"], values[f"wanted_rank{place}"] = key, rank
    if wish.cohort:
        values["wanted_cohort"] = int(wish.cohort[1:])
    asked = search.asked(wish.words)
    if asked:
        values |= TEXTS.words_in(session, asked, PARTS, _far(viewer), PARTS[-1:])
        if not _is_sqlite(session):
            name = (session.get_bind().dialect.name, looker(viewer), len(asked))
            found = rows(session, built_once(name, lambda: _matching(session, looker(viewer), wish)), values)
            values["found"] = [row.id for row in found]
    return values


def built_once(name: Hashable, build: Callable[[], Any]) -> Any:  # noqa: ANN401  a statement
    """The statement of this name: to build one costs more than to ask it, and people turn pages."""
    built = _statements.get(name)
    return keep(_statements, name, build(), MOST_STATEMENTS) if built is None else built


_statements: dict[Hashable, Any] = {}


def fitting(session: Session, viewer: Viewer, wish: Wish) -> Select[Any]:
    """Those who fit and whom the viewer may find: profiles joined with members, and with entries (see `_goes_by`)."""
    who, wanted = looker(viewer), _wanted(wish)
    fields = [kind for kind, _, _ in wanted] + (["cohort"] if wish.cohort else [])
    query = select().select_from(Profile).join(Member, Member.id == Profile.member_id)
    if not names_few(wish):
        query = query.join(_Entry, _Entry.member_id == Profile.member_id)
        query = query.where(*_first(wanted), _near_enough(who))
    query = query.where(is_open(), sees(who, *fields), _as_others_see(who, *fields))
    for place, (kind, _, rank) in enumerate(wanted):
        if place or names_few(wish):
            query = query.where(_said_of(literal_column("1"), *_is(_Other, kind, place, rank)) == 1)
    if wish.cohort:
        query = query.where(Profile.member_id.in_(graduates.members_with(wish.cohort[0], _number("wanted_cohort"))))
    for name, value in wish.more.items():
        query = query.where(filters.everything()[name].condition(session, viewer, value))
    return query.where(_named(session, who, wish)) if search.asked(wish.words) else query


def names_few(wish: Wish) -> bool:
    """Whether words or a cohort name the people to go through; all others are gone through by their entries.

    Entries are kept in the order of the page. So both databases would go by them for words or a cohort too, past
    everybody until a page is full: for those few the profiles are asked, and their entries never joined.
    """
    return bool(wish.cohort or search.asked(wish.words))


def sorted_by(session: Session, wish: Wish) -> tuple[ColumnElement[Any], ColumnElement[int]]:
    """What a page of those who fit is sorted by: both of one table, so that its index says where a page begins."""
    newest, number = wish.sort == NEWEST, Profile.member_id.expression
    if not names_few(wish):
        return (_Entry.since if newest else _Entry.name_key).expression, _Entry.member_id.expression
    if newest:
        wanted = _wanted(wish)
        theirs = _is(_Other, wanted[0][0], 0, 0) if wanted else _is_there(_Other)
        return _said_of(_Other.since.expression, *theirs), number
    return (Profile.name_key.expression if _is_sqlite(session) else Profile.name_key.collate("C")), number


def _wanted(wish: Wish) -> list[tuple[str, str, int]]:
    """The kind, key and rank of each entry that is wanted, the rarest kind first."""
    asked = (
        (SKILLS, fold(wish.skill), 0),
        (OFFERS, wish.offers, 0),
        (LANGUAGE, wish.language, RANKS.get(wish.level, 0)),
        (COUNTRY, wish.country, 0),
    )
    return [each for each in asked if each[1]]


def _first(wanted: Sequence[tuple[str, str, int]]) -> list[ColumnElement[bool]]:
    """The entries to go through, in the order of the page."""
    return _is(_Entry, wanted[0][0], 0, wanted[0][2]) if wanted else _is_there(_Entry)


def _is_there(entry: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401  entries, or a second look at them
    return [entry.kind == PERSON, entry.key == ""]


def _is(entry: Any, kind: str, place: int, rank: int) -> list[ColumnElement[bool]]:  # noqa: ANN401
    fits = [entry.kind == kind, entry.key == bindparam(f"wanted_key{place}", type_=String)]
    return [*fits, entry.rank >= _number(f"wanted_rank{place}")] if rank else fits


def _said_of(said: ColumnElement[Any], *fits: ColumnElement[bool]) -> ColumnElement[Any]:
    # As a value: what EXISTS asks for both databases join, SQLite after the profiles of all who do not fit, PostgreSQL
    # with all who have it.
    return select(said).where(_Other.member_id == Profile.member_id, *fits).correlate(Profile).scalar_subquery()


def _number(name: str) -> BindParameter[int]:
    return bindparam(name, type_=BigId)


def _near_enough(who: Looker) -> ColumnElement[bool]:
    """Leaves out most of those whom the viewer does not see, by the entries alone."""
    level, stands = _Entry.level, int(who.stands)
    # What is the furthest is said to be equal: then an index by level gives their order too.
    far = level == stands if stands == Audience.EVERYONE else level >= stands
    mates = who.mates
    return far if mates is None else or_(far, _Entry.member_id.in_(mates))


def _as_others_see(who: Looker, *fields: str) -> ColumnElement[bool]:
    """Members find themselves only by what others of the network find them by: the list is to tell them the truth."""
    open_far = (audience_of(field) >= int(who.stands) for field in ("name", *fields))
    return true() if who.member_id is None else or_(Profile.member_id != who.member_id, both(*open_far))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _named(session: Session, who: Looker, wish: Wish) -> ColumnElement[bool]:
    # PostgreSQL plans by the very words, and so plans anew each time: it is asked for them alone, which is quick.
    if _is_sqlite(session):
        return Profile.member_id.in_(_matching(session, who, wish))
    return Profile.member_id == any_(bindparam("found", type_=ARRAY(BigId)))


def _far(who: Looker) -> Sequence[str]:
    return PARTS[who.stands - 1 :]


def _matching(session: Session, who: Looker, wish: Wish) -> Any:  # noqa: ANN401  a union of selects
    """The numbers of those whose words fit, each looked through as far as they are open to this viewer."""
    asked, found = search.asked(wish.words), TEXTS.latest(session, _far(who), MOST_BY_WORDS).subquery()
    if who.member_id is None:
        return select(found.c.id)
    blockers = blockers_of(who.member_id)
    away = blockers.subquery().c.member_id
    ways = [select(found.c.id).where(found.c.id.not_in(blockers))]
    ways.append(select(away).where(TEXTS.holds(session, asked, PARTS[-1:], away)))
    mates = who.mates
    if mates is not None:
        near = mates.subquery().c.member_id
        ways.append(select(near).where(TEXTS.holds(session, asked, PARTS, near), near.not_in(blockers)))
    return union_all(*ways)
