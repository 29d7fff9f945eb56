"""Full-text search alike on both databases: FTS5 of SQLite, or a `tsvector` of PostgreSQL, over text we fold ourselves.

An index keeps, for each numbered row, a few texts side by side, each folded by `academy.folding.document`. Who looks
may be let into some of these texts and not into others: what is in the others is then not found, whatever is asked.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    bindparam,
    cast,
    column,
    event,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlalchemy.types import UserDefinedType

from academy.db import Base, BigId
from academy.folding import document, stemmed

WEIGHTS = "ABCD"
MOST_WORDS = 8
SECURE_SINCE = (3, 42)
"""Since this version SQLite can take deleted words out of the index at once, not when it is next rearranged."""
_indexes: list["TextIndex"] = []


class _TsQuery(UserDefinedType[str]):
    """PostgreSQL's own type of queries: cast to, because its parsers would cut words where we do not."""

    cache_ok = True

    def get_col_spec(self, **_kw: object) -> str:
        """The name of the type."""
        return "TSQUERY"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for: for each word they typed, its folded form and its stem ('' if it has none)."""

    words: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.words)


@lru_cache(maxsize=16)
def asked(typed: str) -> Query:
    """What these typed words ask for; the first eight of them count."""
    return Query(tuple(stemmed(typed).items())[:MOST_WORDS])


@dataclass(frozen=True, slots=True)
class TextIndex:
    """One index; `parts` are the names of its texts, at most four. Make it once, when its module is imported."""

    name: str
    parts: tuple[str, ...]

    def create(self, connection: Connection) -> None:
        """Make the index unless it is there; for migrations and tests."""
        for statement in self._made_on(connection):
            connection.execute(text(statement))

    def _made_on(self, connection: Connection) -> Iterable[str]:
        if connection.dialect.name != "sqlite":
            yield f"CREATE TABLE IF NOT EXISTS {self.name} (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)"
            yield f"CREATE INDEX IF NOT EXISTS {self.name}_words ON {self.name} USING GIN (words)"
            return
        parts = ", ".join(self.parts)
        how = "tokenize='ascii', prefix='2 3', detail='column'"
        yield f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.name} USING fts5({parts}, {how})"
        if (connection.dialect.server_version_info or ()) >= SECURE_SINCE:
            yield f"INSERT INTO {self.name} ({self.name}, rank) VALUES ('secure-delete', 1)"  # noqa: S608

    def drop(self, connection: Connection) -> None:
        """Take the index away."""
        connection.execute(text(f"DROP TABLE IF EXISTS {self.name}"))

    def clear(self, session: Session) -> None:
        """Forget every row."""
        session.execute(text(f"DELETE FROM {self.name}"))  # noqa: S608  a name of our own

    def forget(self, session: Session, numbers: Collection[int]) -> None:
        """Forget these rows."""
        key = "rowid" if _is_sqlite(session) else "id"
        statement = text(f"DELETE FROM {self.name} WHERE {key} = :number")  # noqa: S608
        if numbers:
            session.execute(statement, [{"number": number} for number in numbers])

    def put(self, session: Session, texts: Mapping[int, Sequence[str]]) -> None:
        """Keep these texts for these rows, instead of what was kept for them; one for each part, in order.

        A row whose texts hold no word is forgotten.
        """
        self.forget(session, list(texts))
        folded = {number: [document(each) for each in theirs] for number, theirs in texts.items()}
        rows = [self._row(session, number, theirs) for number, theirs in folded.items() if any(theirs)]
        if rows:
            session.execute(text(self._insert(session)), rows)

    def _insert(self, session: Session) -> str:
        if not _is_sqlite(session):
            return f"INSERT INTO {self.name} (id, words) VALUES (:number, CAST(:words AS TSVECTOR))"  # noqa: S608
        values = ", ".join(f":{part}" for part in self.parts)
        return f"INSERT INTO {self.name} (rowid, {', '.join(self.parts)}) VALUES (:number, {values})"  # noqa: S608

    def _row(self, session: Session, number: int, folded: Sequence[str]) -> dict[str, Any]:
        if _is_sqlite(session):
            return {"number": number, **dict(zip(self.parts, folded, strict=True))}
        marked = (f"{word}:1{mark}" for mark, each in zip(WEIGHTS, folded, strict=False) for word in each.split())
        return {"number": number, "words": " ".join(marked)}

    def matching(self, session: Session, parts: Collection[str], *, most: int = 0) -> Select[int]:
        """The numbers of the rows in which all words are found, in any of these parts; part of a larger query.

        The words are parameters of that query (see `words_in`), so that it may be built once and asked for any words.
        With `most`, those with the highest numbers alone: then a word that many use costs no more than another.
        """
        found = (self._by_fts5 if _is_sqlite(session) else self._by_tsquery)(parts)
        if not most:
            return found
        number = found.selected_columns[0]
        # PostgreSQL is to sort what it found, not to look through all rows from the last one backwards.
        order = number if _is_sqlite(session) else number + 0
        return found.order_by(order.desc()).limit(most)

    def holds(self, session: Session, parts: Collection[str], number: ColumnElement[int]) -> ColumnElement[bool]:
        """Whether all words are found in any of these parts of the row with this number; for few rows."""
        found = self.matching(session, parts)
        row = column("rowid" if _is_sqlite(session) else "id", BigId, _selectable=found.get_final_froms()[0])
        return found.where(row == number).exists()

    def words_in(self, session: Session, query: Query, *looked_through: Collection[str]) -> dict[str, str]:
        """The parameters of a query that looks through these parts, or several such, for these words."""
        said = self._fts5 if _is_sqlite(session) else self._tsquery
        return {self._parameter(parts): said(query, parts) for parts in looked_through}

    def _parameter(self, parts: Collection[str]) -> str:
        return "_".join((self.name, *parts))

    def _by_fts5(self, parts: Collection[str]) -> Select[int]:
        rows = table(self.name, column("rowid", BigId))
        fits = literal_column(self.name).op("MATCH")(bindparam(self._parameter(parts), type_=String))
        return select(rows.c.rowid.label("id")).where(fits)

    def _fts5(self, query: Query, parts: Collection[str]) -> str:
        return f"{{{' '.join(parts)}}} : ({' AND '.join(_fts5(*word) for word in query.words)})"

    def _by_tsquery(self, parts: Collection[str]) -> Select[int]:
        rows = table(self.name, column("id", BigId), column("words"))
        fits = rows.c.words.op("@@")(cast(bindparam(self._parameter(parts), type_=String), _TsQuery()))
        return select(rows.c.id).where(fits)

    def _tsquery(self, query: Query, parts: Collection[str]) -> str:
        marks = "".join(mark for mark, part in zip(WEIGHTS, self.parts, strict=False) if part in parts)
        return " & ".join(_tsquery(word, stem, marks) for word, stem in query.words)


def _fts5(word: str, stem: str) -> str:
    return f'("{word}" * OR "{stem}")' if stem else f'"{word}" *'


def _tsquery(word: str, stem: str, marks: str) -> str:
    return f"('{word}':*{marks} | '{stem}':{marks})" if stem else f"'{word}':*{marks}"


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def add(index: TextIndex) -> TextIndex:
    """Let this index be made and dropped with the tables of the models."""
    _indexes.append(index)
    return index


def indexes() -> Sequence[TextIndex]:
    """Every index of the site."""
    return _indexes


@event.listens_for(Base.metadata, "after_create")
def _create(_target: object, connection: Connection, **_how: object) -> None:
    for index in _indexes:
        index.create(connection)


@event.listens_for(Base.metadata, "before_drop")
def _drop(_target: object, connection: Connection, **_how: object) -> None:
    for index in _indexes:
        index.drop(connection)
