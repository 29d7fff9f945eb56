"""The schema: bring it up or down, and say whether it fits this code. Alembic does the work."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from academy.db import Base, Database
from academy.dialects import BOTH, settle
from academy.system.revisions import FOLDER

NAMES = "%%(rev)s_%%(slug)s"


class SchemaRefused(Exception):
    """The database and this code do not fit; the message is one sentence."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the tables up to this code's, in one transaction: after an interruption it can simply be run again."""
    with _alembic(database) as config:
        command.upgrade(config, revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the tables back to an earlier revision."""
    with _alembic(database) as config:
        command.downgrade(config, revision)


def differences(database: Database) -> str:
    """What the models say and the tables do not have, in Alembic's words; '' when they agree."""
    try:
        with _alembic(database) as config:
            command.check(config)
    except CommandError as error:
        return str(error)
    return ""


def new_revision(database: Database, message: str) -> None:
    """Write the next migration from the difference between models and tables."""
    number = len(list((FOLDER / "versions").glob("[0-9]*.py"))) + 1
    with _alembic(database) as config:
        command.revision(config, message=message, autogenerate=True, rev_id=f"{number:04d}")


def revision_of(engine: Engine) -> str:
    """The revision the tables are at; '' for an empty database."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def mark_current(database: Database) -> None:
    """Let tables that were made from the models count as migrated."""
    with _alembic(database) as config:
        command.stamp(config, "head")


def refuse_newer(engine: Engine) -> None:
    """Raise SchemaRefused when the tables were made by a newer version of this site."""
    known = {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}
    found = revision_of(engine)
    if found and found not in known:
        raise SchemaRefused(f"The database is at revision {found}, which this older version does not know.")


@contextmanager
def _alembic(database: Database) -> Iterator[Config]:
    with database.engine.connect().execution_options(write_lock=True) as connection:
        # Rebuilding a table drops the old one, which would take the rows that refer to it along.
        _foreign_keys(connection, "OFF")
        try:
            _let_it_take_time(connection)
            yield _config(connection)
            connection.commit()
        finally:
            connection.rollback()
            _foreign_keys(connection, "ON")


def _config(connection: Connection) -> Config:
    settle(Base.metadata, *BOTH)  # a new migration is for both
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", NAMES)
    config.attributes.update(connection=connection, metadata=Base.metadata)
    return config


def _foreign_keys(connection: Connection, state: str) -> None:
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.execute(f"PRAGMA foreign_keys={state}")  # outside a transaction, else it does nothing


def _let_it_take_time(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20250101)")  # one migration at a time
