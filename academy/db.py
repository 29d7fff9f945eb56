"""The database: column words, the engine, and one transaction per request."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, cast

from flask import current_app, g, has_request_context, request
from sqlalchemy import (
    BigInteger,
    Engine,
    Executable,
    Integer,
    MetaData,
    Result,
    String,
    Text,
    event,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction, mapped_column
from werkzeug.local import LocalProxy

from academy import postgres, sqlite
from academy.column_types import UtcMoment
from academy.dialects import settle

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LAST_GOOD_STATUS = 399


class Base(DeclarativeBase):
    """Every table; the names of constraints follow one convention so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


BigId = BigInteger().with_variant(Integer, "sqlite")
Id = Annotated[int, mapped_column(BigId, primary_key=True)]
Reference = Annotated[int, mapped_column(BigId)]
Slug = Annotated[str, mapped_column(String(64))]
LessonKey = Annotated[str, mapped_column(String(140))]
Word = Annotated[str, mapped_column(String(32))]
Line = Annotated[str, mapped_column(String(255))]
Prose = Annotated[str, mapped_column(Text)]
Moment = Annotated[datetime, mapped_column(UtcMoment)]


class Reading(Session):
    """A session that refuses to write; it reads rows and objects on one connection, opened when first needed."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=False)
        self._engine = engine
        self._line: Connection | None = None

    def line(self) -> Connection:
        """The connection itself: for plain rows the ORM has nothing to keep."""
        if self._line is None:
            self._line = self._engine.connect()
            if self._engine.dialect.name != "sqlite":  # there nothing is begun unless it is begun by hand
                self._line.execution_options(isolation_level="AUTOCOMMIT")
        return self._line

    def get_bind(self, *_: Any, **__: Any) -> Connection:  # noqa: ANN401  SQLAlchemy's own signature
        """Where objects are read from."""
        return self.line()

    def flush(self, objects: Any = None) -> None:  # noqa: ANN401
        """Refuse what is there to be written."""
        del objects
        if self.new or self.dirty or self.deleted:
            raise RuntimeError("A page that is only read tried to write.")

    def close(self) -> None:
        """Give the connection back."""
        super().close()
        if self._line is not None:
            self._line.close()
            self._line = None


class Writing(Session):
    """A session whose transaction begins by taking the write lock."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)


@event.listens_for(Writing, "after_begin")
def _take_turn(_session: Session, transaction: SessionTransaction, line: Connection) -> None:
    if not transaction.nested:
        sqlite.take_turn(line)


def rows(
    session: Session, statement: Executable, parameters: Mapping[str, object] | None = None
) -> Result[*tuple[Any, ...]]:
    """The rows of a statement over plain tables; hot pages read by it, because it costs half of `session.execute`."""
    ask = session.line().execute if isinstance(session, Reading) else session.execute
    return ask(statement, parameters)


@dataclass(frozen=True, slots=True)
class Database:
    """The engine for commands and for what looks into tables, and the one by which pages read and write.

    On SQLite they are two: only the first begins every transaction by itself, which costs each statement a third.
    """

    engine: Engine
    pages: Engine

    def reading(self) -> Reading:
        """A session that refuses to write."""
        return Reading(self.pages)

    def writing(self) -> Session:
        """A session whose transaction begins by taking the write lock."""
        return Writing(self.pages)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A short transaction of its own: commits when the block ends well, rolls back when it does not."""
        with self.writing() as session, session.begin():
            yield session

    @contextmanager
    def line(self) -> Iterator[Connection]:
        """The same for plain statements, without the ORM: half the cost."""
        with self.pages.begin() as line:
            sqlite.take_turn(line)
            yield line

    def dispose(self, *, close: bool = True) -> None:
        """Close every connection; without `close`, only forget them: they belong to the process this one came from."""
        for engine in {self.engine, self.pages}:
            engine.dispose(close=close)


def open_database(url: str) -> Database:
    """Connect to SQLite or PostgreSQL; nothing is read or written yet."""
    if url.startswith("sqlite"):
        settle(Base.metadata, "sqlite")
        return Database(sqlite.open_engine(url, begins=True), sqlite.open_engine(url))
    engine = postgres.open_engine(url)
    settle(Base.metadata, "postgresql")
    return Database(engine, engine)


def the_database() -> Database:
    """The database of the running application."""
    return cast("Database", current_app.extensions["academy.database"])


def _current() -> Session:
    current: Session | None = g.get("session")
    if current is None:
        reads = has_request_context() and request.method in SAFE_METHODS
        current = g.session = the_database().reading() if reads else the_database().writing()
    return current


session: Session = cast("Session", LocalProxy(_current))
"""The request's session; on the command line, the session of the command (see `command_transaction`)."""


@contextmanager
def glance() -> Iterator[Session]:
    """Read something without taking the write lock, even in a request that will write later."""
    if request.method in SAFE_METHODS:
        yield _current()
    else:
        with the_database().reading() as brief:
            yield brief


@contextmanager
def command_transaction() -> Iterator[Session]:
    """One transaction for one command: commits at the end, rolls back on any failure."""
    try:
        yield _current()
        finish(LAST_GOOD_STATUS)
    finally:
        abandon()


def after_commit(act: Callable[[], None]) -> None:
    """Do this once the transaction has been committed, and not at all if it is rolled back."""
    g.setdefault("after_commit", []).append(act)


def finish(status: int) -> None:
    """Commit what a request wrote when it ended well; give it up otherwise."""
    current: Session | None = g.pop("session", None)
    acts: list[Callable[[], None]] = g.pop("after_commit", [])
    if current is None:
        return
    with current:
        if status > LAST_GOOD_STATUS or isinstance(current, Reading):
            return  # what is closed without a commit is rolled back
        current.commit()
    for act in acts:
        act()


def abandon() -> None:
    """Roll back whatever is still open."""
    g.pop("after_commit", None)
    current: Session | None = g.pop("session", None)
    if current is not None:
        current.close()
