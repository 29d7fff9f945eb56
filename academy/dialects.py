"""What is said alike to both databases, though each dialect of SQLAlchemy brings words of its own for it.

Nothing here loads a dialect before it is known which database there is: PostgreSQL's takes 2 MiB.
"""

from typing import Any

from sqlalchemy import ColumnElement, Engine, Index, MetaData, String, cast, func, literal, literal_column, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import ReturnTypeFromArgs

from academy.later import loaded

BOTH = ("sqlite", "postgresql")


class PartialIndex(Index):
    """An index of the rows that fulfil a condition."""

    def __init__(self, name: str, *columns: str, where: str, unique: bool = False) -> None:
        super().__init__(name, *columns, unique=unique)
        self.where = where


def settle(metadata: MetaData, *dialects: str) -> None:
    """Give the conditions of partial indexes to these dialects: before tables are made or compared."""
    indexes = (index for table in metadata.tables.values() for index in table.indexes)
    for index in indexes:
        if isinstance(index, PartialIndex):
            for dialect in dialects:
                index.dialect_options[dialect]["where"] = text(index.where)


def in_so_many_words(word: str) -> ColumnElement[str]:
    """A word written out in the statement: of a bound one SQLite cannot tell whether a partial index holds it."""
    return literal(word, String, literal_execute=True)


def insert_into(table: Any, bind: Engine | Connection) -> Any:  # noqa: ANN401  a table or a model; either dialect's
    """An INSERT that can say what happens to rows that are there already, for the database at hand."""
    return loaded(f"sqlalchemy.dialects.{bind.dialect.name}:insert")(table)


# Written out: a bound separator would be put into the statement anew each time it is executed.
_LINE, _BAR, _EMPTY = (literal_column(f"'{sign}'", String) for sign in ("\n", "|", ""))


def one_line(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """The values of a row as one text, with bars between them; what is not there is empty."""
    first, *others = (func.coalesce(cast(each, String), _EMPTY) for each in columns)
    line: ColumnElement[str] = first
    for each in others:
        line = line + _BAR + each
    return line


def lines_of(line: ColumnElement[str]) -> ColumnElement[str]:
    """What this line says of all rows as one text: to read one row costs a tenth of reading many."""
    return func.aggregate_strings(line, _LINE)  # type: ignore[arg-type]


class least(ReturnTypeFromArgs[Any]):  # noqa: N801  a function of SQL
    """The smallest of several values of one row."""

    inherit_cache = True


@compiles(least, "sqlite")
def _least_there(function: least, compiler: Any, **how: Any) -> str:  # noqa: ANN401  SQLAlchemy's own signature
    """SQLite has one word for the smallest of a row and of a column; of one value it would be that of a column."""
    smallest = "min" if len(function.clauses) > 1 else ""
    return f"{smallest}({compiler.process(function.clauses, **how)})"
