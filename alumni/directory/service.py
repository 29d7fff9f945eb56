"""Keep what can be found in step with what members say of themselves."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from alumni.directory import queries
from alumni.directory.models import PERSON, TEXTS, DirectoryCard, DirectoryEntry
from alumni.directory.rules import Told, found_by, listed, texts_of

AT_ONCE = 500
_Known = Mapping[tuple[int, str, str], tuple[int, datetime]]


def refresh(session: Session, member_ids: Collection[int]) -> None:
    """Let these members be found by what their profiles say now, and by nothing else."""
    numbers = sorted(set(member_ids))
    for start in range(0, len(numbers), AT_ONCE):
        _refresh(session, numbers[start : start + AT_ONCE])


def _refresh(session: Session, numbers: list[int]) -> None:
    told = queries.told_by(session, numbers)
    known = queries.known_entries(session, numbers)
    for table in (DirectoryEntry, DirectoryCard):
        session.execute(delete(table).where(table.member_id.in_(numbers)))
    rows = [row for each in told for row in _rows(each, known)]
    if rows:
        session.execute(insert(DirectoryEntry), rows)
    if told:
        said = [{"member_id": each.member_id, "said": json.dumps(listed(each), ensure_ascii=False)} for each in told]
        session.execute(insert(DirectoryCard), said)
    nothing = ("", "", "")
    TEXTS.put(session, {**dict.fromkeys(numbers, nothing), **{each.member_id: texts_of(each) for each in told}})


def _rows(told: Told, known: _Known) -> Iterator[dict[str, Any]]:
    for value, level in found_by(told):
        kind = PERSON if value.field == "name" else value.field
        before, since = known.get((told.member_id, kind, value.key), (0, told.changed_at))
        yield {
            "member_id": told.member_id,
            "kind": kind,
            "key": value.key,
            "level": level,
            "rank": value.rank,
            "name_key": told.name_key,
            "since": since if before >= level else told.changed_at,
        }


def forget(session: Session, member_id: int) -> None:
    """Erase by what a member could be found."""
    for table in (DirectoryEntry, DirectoryCard):
        session.execute(delete(table).where(table.member_id == member_id))
    TEXTS.forget(session, [member_id])
