"""How many people the network has, by country, cohort and language: of what they show the whole network alone.

Nobody is counted whom the one who looks could not find: then no figure tells more than the list.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import current_app, url_for
from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from academy.few import FEWEST, shown
from academy.i18n import gettext as _
from academy.kept import keep
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.blocks.queries import blockers_of
from alumni.directory.models import COUNTRY, LANGUAGE, DirectoryEntry
from alumni.graduates import queries as graduates
from alumni.profiles.models import Profile
from alumni.profiles.showing import cohort_words
from alumni.profiles.viewers import audience_of, is_open
from alumni.profiles.words import country_name, language_name

COHORT = "cohort"
MORE_THAN_FEW, MOST_ROWS = FEWEST + 1, 30
MINUTES = 10
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what is counted, how many, and the address of those people ('' for all others)."""

    words: str
    people: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one kind, the largest first."""

    title: str
    heading: str
    rows: Sequence[Row]


def tables(session: Session, member_id: int, now: datetime) -> list[Table]:
    """The figures as this member of the network may know them."""
    away = _counted(session, Profile.member_id.in_(blockers_of(member_id)), less_than=Audience.EVERYONE)
    counts = {kind: Counter(each) - Counter(away[kind]) for kind, each in _kept(session, now).items()}
    cohorts = graduates.cohorts_by_key(session, list(counts[COHORT]))
    named = {key: cohort_words(each.name, each.year) for key, each in cohorts.items()}
    return [
        Table(_("By country"), _("Country"), _rows("country", counts[COUNTRY], {}, whole=True)),
        Table(_("By cohort"), _("Newest cohort"), _rows("cohort", counts[COHORT], named, whole=True)),
        Table(_("By language"), _("Language"), _rows("language", counts[LANGUAGE], {}, whole=False)),
    ]


def _rows(name: str, counts: Mapping[str, int], named: Mapping[str, str], *, whole: bool) -> list[Row]:
    """`whole`: everybody has one value of it, so that all others together are people too."""
    found, at = shown(counts, MORE_THAN_FEW), url_for("directory.index")
    words = {key: named.get(key) or _words(name, key) for key in found.cells}
    largest = sorted(found.cells.items(), key=lambda cell: (-cell[1], words[cell[0]]))
    rows = [Row(words[key], count, f"{at}?{urlencode({name: key})}") for key, count in largest[:MOST_ROWS]]
    others = found.others + sum(count for _key, count in largest[MOST_ROWS:])
    return [*rows, Row(_("All others together"), others)] if whole and rows and others else rows


def _words(name: str, key: str) -> str:
    return country_name(key) if name == "country" else language_name(key)


def _kept(session: Session, now: datetime) -> Counts:
    """Counted once in a while: to look at everybody costs much more than a page may."""
    kept: dict[int, Counts] = current_app.extensions.setdefault("academy.network_figures", {})
    moment = int(now.timestamp()) // (60 * MINUTES)
    return kept.get(moment) or keep(kept, moment, _counted(session, true()), 1)


def _counted(session: Session, among: ColumnElement[bool], less_than: int = Audience.EVERYONE + 1) -> Counts:
    """By kind and value: how many of these people show it to the network, and not as far as `less_than`."""
    counts: dict[str, dict[str, int]] = {COUNTRY: {}, LANGUAGE: {}, COHORT: _by_cohort(session, among, less_than)}
    level, people = DirectoryEntry.level, func.count().label("people")
    found = session.execute(
        select(DirectoryEntry.kind, DirectoryEntry.key, people)
        .join(Profile, Profile.member_id == DirectoryEntry.member_id)
        .join(Member, Member.id == DirectoryEntry.member_id)
        .where(DirectoryEntry.kind.in_((COUNTRY, LANGUAGE)), level >= Audience.NETWORK, level < less_than)
        .where(is_open(), among)
        .group_by(DirectoryEntry.kind, DirectoryEntry.key)
    )
    for kind, key, count in found:
        counts[kind][key] = count
    return counts


def _by_cohort(session: Session, among: ColumnElement[bool], less_than: int) -> dict[str, int]:
    newest = graduates.newest_cohorts().subquery()
    fields = audience_of("name"), audience_of("cohort")
    found = session.execute(
        select(newest.c.key, func.count().label("people"))
        .join(Profile, Profile.member_id == newest.c.member_id)
        .join(Member, Member.id == newest.c.member_id)
        .where(and_(*(each >= Audience.NETWORK for each in fields)), or_(*(each < less_than for each in fields)))
        .where(is_open(), among)
        .group_by(newest.c.key)
    )
    return {row.key: row.people for row in found}
