"""Reads of the directory: what is kept of people, and what members say of themselves."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.folding import fold
from alumni.directory.models import COUNTRY, LANGUAGE, DirectoryEntry
from alumni.directory.rules import RANKS, Told, Value
from alumni.profiles.models import SHOWN_FIELDS, Profile, ProfileLanguage, ProfileLink, ProfileTerm
from alumni.profiles.topics import TOPICS

TERMS, LISTED = ("skills", "offers", "seeks"), ("skills", "offers")
LONGEST_KEY = 255


def known_entries(session: Session, member_ids: Collection[int]) -> dict[tuple[int, str, str], tuple[int, datetime]]:
    """By member, kind and key: how far each entry is open, and since when."""
    theirs = select(DirectoryEntry).where(DirectoryEntry.member_id.in_(member_ids))
    rows = session.execute(theirs.with_only_columns(*DirectoryEntry.__table__.c)).all()
    return {(row.member_id, row.kind, row.key): (row.level, row.since) for row in rows}


def told_by(session: Session, member_ids: Collection[int]) -> list[Told]:
    """What these members say of themselves; those who hide, or say nothing at all, are left out.

    Until the transaction ends they say nothing else: what they close meanwhile must not be put back into the index.
    """
    there = select(Profile.__table__).where(Profile.member_id.in_(member_ids), Profile.hidden_at.is_(None))
    profiles = session.execute(there.order_by(Profile.member_id).with_for_update()).all()
    values, texts = _values(session, member_ids), _texts(session, member_ids)
    return [
        Told(
            member_id=each.member_id,
            name_key=fold(each.shown_name)[:LONGEST_KEY],
            changed_at=each.updated_at,
            audiences={field: getattr(each, f"show_{field}") for field in SHOWN_FIELDS},
            texts={
                "name": each.shown_name,
                "town": each.town,
                "organisation": each.organisation,
                "story": each.story,
                **texts[each.member_id],
            },
            values=(*_country(each.country), *values[each.member_id]),
        )
        for each in profiles
    ]


def _country(code: str) -> Iterator[Value]:
    if code:
        yield Value(COUNTRY, code)


def _values(session: Session, member_ids: Collection[int]) -> dict[int, list[Value]]:
    found: dict[int, list[Value]] = defaultdict(list)
    spoken = select(ProfileLanguage.member_id, ProfileLanguage.code, ProfileLanguage.level)
    theirs = spoken.where(ProfileLanguage.member_id.in_(member_ids)).order_by(ProfileLanguage.place)
    for member_id, code, level in session.execute(theirs):
        found[member_id].append(Value(LANGUAGE, code, code, RANKS.get(level, 0)))
    for member_id, kind, key, words in _terms(session, member_ids):
        if kind in LISTED:
            found[member_id].append(Value(kind, key, key if key in TOPICS else words))
    return found


def _texts(session: Session, member_ids: Collection[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    links = select(ProfileLink.member_id, ProfileLink.words).where(ProfileLink.member_id.in_(member_ids))
    said = [(member_id, "links", words) for member_id, words in session.execute(links)]
    said += [(member_id, kind, words) for member_id, kind, _key, words in _terms(session, member_ids)]
    for member_id, field, words in said:
        found[member_id][field] = f"{found[member_id].get(field, '')}{words}\n"
    return found


def _terms(session: Session, member_ids: Collection[int]) -> Sequence[tuple[int, str, str, str]]:
    every = select(ProfileTerm.member_id, ProfileTerm.kind, ProfileTerm.key, ProfileTerm.words)
    theirs = every.where(ProfileTerm.member_id.in_(member_ids), ProfileTerm.kind.in_(TERMS))
    rows = session.execute(theirs.order_by(ProfileTerm.place))
    return [(row.member_id, row.kind, row.key, row.words) for row in rows]


def members_after(session: Session, member_id: int, most: int) -> Sequence[int]:
    """The numbers of those who have a profile, from the next number on; at most so many."""
    following = select(Profile.member_id).where(Profile.member_id > member_id)
    return session.scalars(following.order_by(Profile.member_id).limit(most)).all()
