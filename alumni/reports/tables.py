"""The figures as tables with words, for the page and for the workbook alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from academy.countries import named
from academy.few import enough, shown
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from alumni.graduates import queries as graduates
from alumni.graduates.queries import NetworkCohort
from alumni.profiles.words import GENDERS
from alumni.reports import queries

VISITS: dict[str, Text] = {
    queries.RECENT: _l("In the last 30 days"),
    queries.LATELY: _l("31 to 90 days ago"),
    queries.LONG_AGO: _l("Longer ago, or never"),
}
MENTORING: dict[str, Text] = {
    "mentors": _l("Mentors who offer help now"),
    "pairs": _l("Pairs that meet now"),
    "pairs_of_year": _l("Pairs that began in the last 12 months"),
}
EVENTS: dict[str, Text] = {
    "events": _l("Events of the last 12 months"),
    "places": _l("Places taken at them"),
    "guests": _l("Different people who took one"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table: words and numbers; a number is None where it is too small to be shown."""

    title: str
    heading: str
    rows: Sequence[tuple[str, int | None]]
    total: int | None = None


def all_tables(session: Session, now: datetime) -> list[Table]:
    """Every table of the report."""
    return [
        _of_cohorts(session),
        _parted(_("By country"), _("Country"), queries.by_country(session), lambda key: named(key) or _("Not given")),
        _parted(_("By gender"), _("Gender"), queries.by_gender(session), _gender),
        _parted(_("By last visit"), _("When"), queries.by_last_visit(session, now), lambda key: str(VISITS[key])),
        _alone(_("Mentoring"), queries.of_mentoring(session, now), MENTORING),
        _alone(_("Events"), queries.of_events(session, now), EVENTS),
    ]


def _of_cohorts(session: Session) -> Table:
    counts = queries.by_cohort(session)
    cohorts = graduates.cohorts_by_key(session, [key for key in counts if key])
    words = {key: _cohort(each) for key, each in cohorts.items()}
    return _parted(_("By cohort"), _("Newest cohort"), counts, lambda key: words.get(key, _("In no cohort")))


def _cohort(cohort: NetworkCohort) -> str:
    """The name of a cohort, with its year unless the name says it."""
    return cohort.name if str(cohort.year) in cohort.name else f"{cohort.name}, {cohort.year}"


def _gender(key: str) -> str:
    return str(GENDERS[key]) if key in GENDERS else _("Not given")


def _parted(title: str, heading: str, counts: Mapping[str, int], named_: Callable[[str], str]) -> Table:
    found = shown(counts)
    largest_first = sorted(found.cells.items(), key=lambda cell: (-cell[1], named_(cell[0])))
    rows: list[tuple[str, int | None]] = [(named_(key), count) for key, count in largest_first]
    if rows and found.others:
        rows.append((_("All others together"), found.others))
    return Table(title, heading, rows, found.total)


def _alone(title: str, counts: Mapping[str, int], named_: Mapping[str, Text]) -> Table:
    return Table(title, _("What"), [(str(words), enough(counts[key])) for key, words in named_.items()])
