"""Take a table of earlier graduates in: look at it as a draft first, then write it in one step."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.dialects import insert_into
from academy.people.actor import Actor
from academy.spreadsheets.reading import Sheet
from alumni.graduates import columns, desk_queries
from alumni.graduates.countries import codes
from alumni.graduates.lines import Defaults, Line, lines_of
from alumni.graduates.models import EarlierGraduate, GraduateImport, PastCohort
from alumni.graduates.outcomes import Judged, Outcome, judged

DRAFTS_LIVE = timedelta(days=7)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Written:
    """How many came onto the list, and how many there got the address they lacked."""

    added: int
    completed: int


def keep_draft(session: Session, *, sheet: Sheet, file_name: str, by: Actor, now: datetime) -> GraduateImport:
    """Keep a table to be looked at, with what its columns seem to hold."""
    heading = columns.heading_row(sheet.rows)
    draft = GraduateImport(
        made_by=by.id,
        file_name=file_name[:255],
        rows=sheet.rows,
        heading=heading,
        columns=columns.guessed(sheet.rows, heading),
        others=sheet.others,
        created_at=now,
    )
    session.add(draft)
    session.flush()
    return draft


def draft_of(session: Session, number: int, *, locked: bool = False) -> GraduateImport | None:
    """A table that is being looked at; locked, of two who write it at once the second finds nothing."""
    wanted = select(GraduateImport).where(GraduateImport.id == number)
    return session.scalar(wanted.with_for_update() if locked else wanted)


def lines_in(draft: GraduateImport, now: datetime) -> list[Line]:
    """The rows of a draft, cleaned."""
    defaults = Defaults(draft.cohort, draft.year, now.year)
    return lines_of(draft.rows, draft.heading, draft.columns, defaults, codes())


def judge(session: Session, draft: GraduateImport, now: datetime) -> list[Judged]:
    """What would become of each row of a draft."""
    lines = lines_in(draft, now)
    return judged(lines, desk_queries.known(session, lines))


def write(session: Session, *, draft: GraduateImport, others: Collection[int], by: Actor, now: datetime) -> Written:
    """Put everybody new onto the list; of those who may be there already only the rows in `others`. The draft goes."""
    verdicts = judge(session, draft, now)
    chosen = [each for each in verdicts if _is_taken(each, others)]
    cohorts = _cohorts(session, [each.line for each in chosen], now)
    added = _add(session, [_values(each, cohorts, now) for each in chosen])
    completed = _complete(session, [each for each in verdicts if each.outcome is Outcome.COMPLETES])
    session.delete(draft)
    session.flush()
    detail = f"added {added}, completed {completed}, rows {len(verdicts)}"
    record(session, actor=by, action="graduates.imported", now=now, detail=detail)
    return Written(added, completed)


def _is_taken(verdict: Judged, others: Collection[int]) -> bool:
    if verdict.outcome is Outcome.MAYBE:
        return verdict.line.number in others
    return verdict.outcome is Outcome.NEW


def _values(verdict: Judged, cohorts: Mapping[tuple[int, str], int], now: datetime) -> dict[str, Any]:
    line = verdict.line
    return {
        "cohort_id": cohorts[line.cohort_key],
        "name": line.name,
        "name_key": line.name_key,
        "email": verdict.address[0],
        "email_key": verdict.address[1],
        "country": line.country,
        "created_at": now,
    }


def _add(session: Session, values: Sequence[Mapping[str, Any]]) -> int:
    """Write them a few hundred at a time; whoever another admin was quicker with is there already."""
    added = 0
    for start in range(0, len(values), AT_ONCE):
        new = insert_into(EarlierGraduate, session.get_bind()).values(list(values[start : start + AT_ONCE]))
        added += len(session.execute(new.on_conflict_do_nothing().returning(EarlierGraduate.id)).all())
    return added


def _cohorts(session: Session, lines: Sequence[Line], now: datetime) -> dict[tuple[int, str], int]:
    """The cohorts of these rows, made where there was none, by year and name."""
    named = {line.cohort_key: line.cohort for line in reversed(lines)}
    new = [{"year": year, "name_key": key, "name": name, "created_at": now} for (year, key), name in named.items()]
    if new:
        session.execute(insert_into(PastCohort, session.get_bind()).values(new).on_conflict_do_nothing())
    years = {year for year, _key in named}
    found = session.execute(
        select(PastCohort.id, PastCohort.year, PastCohort.name_key).where(PastCohort.year.in_(years))
    )
    return {(row.year, row.name_key): row.id for row in found}


def cohort_named(session: Session, *, name: str, year: int, now: datetime) -> int:
    """The number of the cohort of this name and year, made if there is none."""
    line = Line(0, "", (), name or str(year), year, "")
    return _cohorts(session, [line], now)[line.cohort_key]


def _complete(session: Session, verdicts: Sequence[Judged]) -> int:
    done = 0
    for each in verdicts:
        if each.like is not None:
            lacking = EarlierGraduate.id == each.like.id, EarlierGraduate.email_key == ""
            change = update(EarlierGraduate).where(*lacking).values(email=each.address[0], email_key=each.address[1])
            done += len(session.execute(change.returning(EarlierGraduate.id)).all())
    return done


def discard(session: Session, *, draft: GraduateImport) -> None:
    """Throw a draft away."""
    session.delete(draft)


def discard_old(session: Session, now: datetime) -> None:
    """Throw away what nobody took in within a week."""
    session.execute(delete(GraduateImport).where(GraduateImport.created_at < now - DRAFTS_LIVE))
