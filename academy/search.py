"""Full-text search alike on both databases: FTS5 of SQLite, or a `tsvector` of PostgreSQL, over text we fold ourselves.

An index keeps, for each numbered row, a few texts side by side, each folded by `academy.folding.document`. Who looks
may be let into some of these texts and not into others: what is in the others is then not found, whatever is asked.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    bindparam,
    case,
    cast,
    column,
    event,
    func,
    literal_column,
    or_,
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
_VERY = "_very"  # ends the names of parameters that look for the very words, or stand in the statement as such
_SPACE = literal_column("' '", String)
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

    def __len__(self) -> int:
        return len(self.words)


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
        # A place for each text: of a word at one place PostgreSQL keeps one mark alone.
        texts = enumerate(zip(WEIGHTS, folded, strict=False), start=1)
        words = (f"{word}:{place}{mark}" for place, (mark, each) in texts for word in each.split())
        return {"number": number, "words": " ".join(words)}

    def matching(self, session: Session, parts: Collection[str]) -> Select[int]:
        """The numbers of the rows in which all words are found, in any of these parts; part of a larger query.

        The words are parameters of that query (see `words_in`), so that it may be built once and asked for any words.
        """
        return self._by_fts5(self._parameter(parts)) if _is_sqlite(session) else self._by_tsquery(parts)

    def latest(self, session: Session, parts: Collection[str], most: int) -> Any:  # noqa: ANN401  a select, or several
        """The same, but at most so many, those with the highest numbers: a word of many costs no more than another.

        On SQLite those with the very words come first, and if they are enough no others: to gather all words that only
        begin like one takes as long as there are rows with them. PostgreSQL counts on how many rows have a word, and
        for that must read it in the statement.
        """
        if not _is_sqlite(session):
            return _last(self._by_tsquery(parts, written_out=True)).limit(most)
        very, begun = (self._by_fts5(f"{self._parameter(parts)}{how}") for how in (_VERY, ""))
        first = _last(very).limit(most).cte("very_words")
        # Said by its limit, because any other condition would be tried for each row that is found.
        still = select(case((func.count() < most, most), else_=0)).select_from(first).scalar_subquery()
        return select(first.c.id).union_all(select(_last(begun).limit(still).subquery().c.id))

    def holds(
        self, session: Session, query: Query, parts: Collection[str], number: ColumnElement[int]
    ) -> ColumnElement[bool]:
        """Whether all words are found in any of these parts of the row with this number; for few rows.

        Of the query only how many words it has matters: they are parameters too.
        """
        if not _is_sqlite(session):
            found = self.matching(session, parts)
            return found.where(column("id", BigId, _selectable=found.get_final_froms()[0]) == number).exists()
        rows = table(self.name, column("rowid", BigId), *(column(part, String) for part in parts))
        # Into the index goes all that a word begins, for each row anew; to read the texts of a few rows is nothing.
        text_of_row: ColumnElement[str] = _SPACE
        for part in parts:
            text_of_row = text_of_row + rows.c[part] + _SPACE
        fits = (or_(*(func.instr(text_of_row, each) > 0 for each in self._said(place))) for place in range(len(query)))
        return select(rows.c.rowid).where(rows.c.rowid == number, *fits).exists()

    def _said(self, place: int) -> Iterator[BindParameter[str]]:
        """A word as a text holds it: the beginning of a word of its own, or just what such a word ends from."""
        return (bindparam(f"{self.name}_{how}_{place}", type_=String) for how in ("word", "stem"))

    def words_in(self, session: Session, query: Query, *looked_through: Collection[str]) -> dict[str, str]:
        """The parameters of a query that looks through these parts, or several such, for these words."""
        if not _is_sqlite(session):
            asked = [(self._parameter(parts), self._tsquery(query, parts)) for parts in looked_through]
            return {f"{name}{how}": words for name, words in asked for how in ("", _VERY)}
        said = {self._parameter(parts): _fts5(query, parts, " *") for parts in looked_through}
        said |= {f"{self._parameter(parts)}{_VERY}": _fts5(query, parts, "") for parts in looked_through}
        for place, (word, stem) in enumerate(query.words):
            said |= {f"{self.name}_word_{place}": f" {word}", f"{self.name}_stem_{place}": f" {stem or word} "}
        return said

    def _parameter(self, parts: Collection[str]) -> str:
        return "_".join((self.name, *parts))

    def _by_fts5(self, parameter: str) -> Select[int]:
        rows = table(self.name, column("rowid", BigId))
        fits = literal_column(self.name).op("MATCH")(bindparam(parameter, type_=String))
        return select(rows.c.rowid.label("id")).where(fits)

    def _by_tsquery(self, parts: Collection[str], *, written_out: bool = False) -> Select[int]:
        rows = table(self.name, column("id", BigId), column("words"))
        name = f"{self._parameter(parts)}{_VERY if written_out else ''}"
        asked = bindparam(name, type_=String, literal_execute=written_out)
        return select(rows.c.id).where(rows.c.words.op("@@")(cast(asked, _TsQuery())))

    def _tsquery(self, query: Query, parts: Collection[str]) -> str:
        marks = "".join(mark for mark, part in zip(WEIGHTS, self.parts, strict=False) if part in parts)
        return " & ".join(_tsquery(word, stem, marks) for word, stem in query.words)


def _last(found: Select[int]) -> Select[int]:
    return found.order_by(found.selected_columns[0].desc())


def _fts5(query: Query, parts: Collection[str], more: str) -> str:
    """`more` is " *" where words may go on."""
    words = (f'("{word}"{more} OR "{stem}")' if stem else f'"{word}"{more}' for word, stem in query.words)
    return f"{{{' '.join(parts)}}} : ({' AND '.join(words)})"


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
