"""Everything that was read lies in a scratch database on disk until it is brought in, however large it is.

SQLite deletes it by itself when it is closed, or when this process ends in whatever way.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from alumni.forum.exchange.entries import KINDS, Entry, Person, Place, Said, Talk, kind_of

MADE = """
CREATE TABLE entry (kind TEXT, key TEXT, talk TEXT, number INTEGER, at TEXT, place TEXT, whereabouts TEXT, data TEXT,
  PRIMARY KEY (kind, key));
CREATE INDEX entry_order ON entry (kind, talk, number, at);
"""
T = TypeVar("T", Person, Place, Talk, Said)


@dataclass(frozen=True, slots=True)
class Staged:
    """An entry and where it stood."""

    where: str
    entry: Any


class Stage:
    """The scratch database."""

    def __init__(self, line: sqlite3.Connection) -> None:
        self._line = line

    def add(self, entry: Entry, where: str) -> bool:
        """Keep an entry; False when there is one with this key already, which stays."""
        talk, number, at, place = "", 0, "", ""
        if isinstance(entry, Said):
            talk, number, at = entry.talk, entry.number, entry.at
        if isinstance(entry, Talk):
            at, place = entry.begun_at, entry.place
        row = (kind_of(entry), entry.key, talk, number, at, place, where, json.dumps(_values(entry)))
        done = self._line.execute("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        return done.rowcount > 0

    def say_more(self, person: Person, where: str) -> None:
        """Keep what is known of somebody instead of what was known before: names alone, out of posts."""
        self.drop(Person, person.key)
        self.add(person, where)

    def all(self, made: type[T]) -> Iterator[Staged]:
        """Every entry of a kind."""
        yield from self._found("SELECT whereabouts, kind, data FROM entry WHERE kind = ? ORDER BY key", _word(made))

    def get(self, made: type[T], key: str) -> T | None:
        """An entry by its key."""
        query = "SELECT whereabouts, kind, data FROM entry WHERE kind = ? AND key = ?"
        return next((cast("T", each.entry) for each in self._found(query, _word(made), key)), None)

    def drop(self, made: type[T], key: str) -> None:
        """Forget an entry."""
        self._line.execute("DELETE FROM entry WHERE kind = ? AND key = ?", (_word(made), key))

    def talks(self) -> Iterator[Staged]:
        """Every topic, the oldest first."""
        yield from self._found(
            "SELECT whereabouts, kind, data FROM entry WHERE kind = 'talk' ORDER BY at, length(key), key"
        )

    def said_in(self, talk: str) -> Iterator[Staged]:
        """The posts of a topic, in their order."""
        query = (
            "SELECT whereabouts, kind, data FROM entry WHERE kind = 'said' AND talk = ?"
            " ORDER BY number = 0, number, at, length(key), key"
        )
        yield from self._found(query, talk)

    def by_number(self, talk: str, number: int) -> Said | None:
        """The post with this number in a topic."""
        query = "SELECT whereabouts, kind, data FROM entry WHERE kind = 'said' AND talk = ? AND number = ? ORDER BY key"
        return next((cast("Said", each.entry) for each in self._found(query, talk, number)), None)

    def homeless(self) -> Iterator[Staged]:
        """Posts whose topic is not there."""
        query = (
            "SELECT whereabouts, kind, data FROM entry AS post WHERE kind = 'said' AND NOT EXISTS"
            " (SELECT 1 FROM entry WHERE kind = 'talk' AND key = post.talk)"
        )
        yield from self._found(query)

    def empty(self) -> Iterator[Staged]:
        """Topics without a post."""
        query = (
            "SELECT whereabouts, kind, data FROM entry AS topic WHERE kind = 'talk' AND NOT EXISTS"
            " (SELECT 1 FROM entry WHERE kind = 'said' AND talk = topic.key)"
        )
        yield from self._found(query)

    def count(self, made: type[T]) -> int:
        """How many entries of a kind there are."""
        return int(self._line.execute("SELECT count(*) FROM entry WHERE kind = ?", (_word(made),)).fetchone()[0])

    def talks_in(self, place: str, most: int) -> list[Talk]:
        """Some topics of a place."""
        query = "SELECT whereabouts, kind, data FROM entry WHERE kind = 'talk' AND place = ? ORDER BY key LIMIT ?"
        return [cast("Talk", each.entry) for each in self._found(query, place, most)]

    def places_used(self) -> list[str]:
        """The keys of the places that hold topics."""
        used = self._line.execute("SELECT DISTINCT place FROM entry WHERE kind = 'talk' ORDER BY place")
        return [row[0] for row in used.fetchall()]

    def _found(self, query: str, *values: object) -> Iterator[Staged]:
        for where, kind, data in self._line.execute(query, values):
            yield Staged(where, _made(kind, json.loads(data)))


@contextmanager
def scratch() -> Iterator[Stage]:
    """An empty stage."""
    with closing(sqlite3.connect("", isolation_level=None)) as line:
        line.execute("PRAGMA journal_mode = OFF")
        line.execute("PRAGMA synchronous = OFF")
        line.execute("PRAGMA cache_size = -65536")  # KiB
        line.executescript(MADE)
        line.execute("BEGIN")  # once: a transaction for each row would write each row to the disk
        yield Stage(line)


def _word(made: type[Entry]) -> str:
    return next(kind for kind, each in KINDS.items() if each is made)


def _values(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__slots__}


def _made(kind: str, values: dict[str, Any]) -> Entry:
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return KINDS[kind](**{**values, **lists})
