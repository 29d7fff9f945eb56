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
    exists,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy import and_ as both
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from academy import search
from academy.db import BigId, rows
from academy.folding import fold
from academy.kept import keep
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.blocks.queries import blockers_of
from alumni.directory import filters
from alumni.directory.models import COUNTRY, LANGUAGE, OFFERS, PERSON, SKILLS, TEXTS, DirectoryEntry
from alumni.directory.rules import RANKS, Wish
from alumni.graduates import queries as graduates
from alumni.profiles.models import Profile
from alumni.profiles.viewers import AnyViewer, Viewer, audience_of, is_open, sees

MOST_BY_WORDS, MOST_STATEMENTS = 300, 60
PARTS = tuple(each.name.lower() for each in (Audience.COHORT, Audience.NETWORK, Audience.EVERYONE))
Looker = Viewer | AnyViewer
_Entry = DirectoryEntry


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
    """The entries of those who fit and whom the viewer may find, joined with their profiles and members."""
    who, wanted = looker(viewer), _wanted(wish)
    fields = [kind for kind, _, _ in wanted] + (["cohort"] if wish.cohort else [])
    query = (
        select()
        .select_from(_Entry)
        .join(Profile, Profile.member_id == _Entry.member_id)
        .join(Member, Member.id == _Entry.member_id)
        .where(*_first(wish, wanted), _near_enough(who))
        .where(is_open(), sees(who, *fields), _as_others_see(who, *fields))
    )
    for place, (kind, _, rank) in enumerate(wanted[1:], start=1):
        other = aliased(_Entry)
        query = query.where(_there(session, other.member_id == _Entry.member_id, *_is(other, kind, place, rank)))
    if wish.cohort:
        members = graduates.members_with(wish.cohort[0], _number("wanted_cohort"))
        query = query.where(_Entry.member_id.in_(members))
    for name, value in wish.more.items():
        query = query.where(filters.everything()[name].condition(session, viewer, value))
    return query.where(_named(session, who, wish)) if search.asked(wish.words) else query


def _wanted(wish: Wish) -> list[tuple[str, str, int]]:
    """The kind, key and rank of each entry that is wanted, the rarest kind first."""
    asked = (
        (SKILLS, fold(wish.skill), 0),
        (OFFERS, wish.offers, 0),
        (LANGUAGE, wish.language, RANKS.get(wish.level, 0)),
        (COUNTRY, wish.country, 0),
    )
    return [each for each in asked if each[1]]


def _first(wish: Wish, wanted: Sequence[tuple[str, str, int]]) -> list[ColumnElement[bool]]:
    """The entries to go through: by no index where words or a cohort name few people, for the index goes by all.

    Both databases would go by it, because it has the order of the page: for a cohort through everybody.
    """
    few = "" if wish.cohort or search.asked(wish.words) else None
    if wanted:
        kind, _, rank = wanted[0]
        return _is(_Entry, kind, 0, rank, by=few)
    return [_unindexed(_Entry.kind, few) == PERSON, _unindexed(_Entry.key, few) == ""]


def _is(entry: Any, kind: str, place: int, rank: int, by: str | None = None) -> list[ColumnElement[bool]]:  # noqa: ANN401
    fits = [
        _unindexed(entry.kind, by) == kind,
        _unindexed(entry.key, by) == bindparam(f"wanted_key{place}", type_=String),
    ]
    return [*fits, entry.rank >= _number(f"wanted_rank{place}")] if rank else fits


def _there(session: Session, *fits: ColumnElement[bool]) -> ColumnElement[bool]:
    # SQLite joins what EXISTS asks for, and last: after the profiles of all who do not fit were read.
    return (
        select(literal_column("1")).where(*fits).scalar_subquery() == 1
        if _is_sqlite(session)
        else exists().where(*fits)
    )


def _unindexed(column: InstrumentedAttribute[str], nothing: str | None) -> ColumnElement[str]:
    return column.expression if nothing is None else column + nothing


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
        return _Entry.member_id.in_(_matching(session, who, wish))
    return _Entry.member_id == any_(bindparam("found", type_=ARRAY(BigId)))


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
