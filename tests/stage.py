"""The stage of the tests: settings, a fresh database per test, the application once per process."""

import shutil
from functools import cache
from pathlib import Path

from flask import Flask
from sqlalchemy import event, literal, select, text, union_all
from sqlalchemy.orm import Session

from academy import search
from academy.db import Base, Database, open_database
from academy.settings import Settings
from academy.storage import FOLDER
from tests.remembered import shelf
from wsgi import create_app

SECRET = "a secret of the tests, long enough to be taken"


def test_settings(instance: Path, database_url: str) -> Settings:
    """Settings of a site that exists for one test."""
    return Settings(
        instance=instance,
        database_url=database_url,
        secret_key=SECRET,
        public_url="http://localhost",
        languages=("en", "ru", "fa"),
        development=True,
        cheap_passwords=True,
    )


class Stage:
    """A whole site for one process of tests; `clean` brings it back to empty between tests."""

    def __init__(self, instance: Path, database_url: str) -> None:
        _share_templates(instance)
        self.app: Flask = create_app(test_settings(instance, database_url))
        self.instance = instance
        self.database: Database = self.app.extensions["academy.database"]
        Base.metadata.drop_all(self.database.engine)
        Base.metadata.create_all(self.database.engine)
        self.is_empty = True
        self.stamp()

    def stamp(self) -> None:
        """Let the schema count as migrated: it was made from the models themselves."""

    def clean(self) -> None:
        """Empty every table and the files of members."""
        with self.database.transaction() as session:
            for index in search.indexes():
                index.clear(session)
            if session.get_bind().dialect.name == "sqlite":
                self._empty_sqlite(session)
            else:
                self._empty_postgres(session)
        for folder in (FOLDER, "keys"):
            shutil.rmtree(self.instance / folder, ignore_errors=True)
        (self.instance / "demo-accounts.json").unlink(missing_ok=True)
        self.is_empty = True

    def _empty_postgres(self, session: Session) -> None:
        # TRUNCATE makes new files for every table, every time; the tests leave a few rows in a few of them.
        deletes = "; ".join(str(table.delete()) for table in Base.metadata.sorted_tables)
        session.execute(text(f"SET LOCAL session_replication_role = 'replica'; {deletes}"))

    def _empty_sqlite(self, session: Session) -> None:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        for name in session.scalars(text(_names_of_filled_tables())).all():
            session.execute(Base.metadata.tables[name].delete())


def _share_templates(instance: Path) -> None:
    """Let the site find its templates compiled, if any process of the tests has compiled them."""
    shared = shelf() / "templates"
    for folder in (instance, shared):
        folder.mkdir(parents=True, exist_ok=True)
    (instance / "templates").symlink_to(shared)


@cache
def _names_of_filled_tables() -> str:
    # A test leaves rows in a few of many tables.
    each = (
        select(literal(str(table.name))).where(select(literal(1)).select_from(table).exists())
        for table in Base.metadata.sorted_tables
    )
    return str(union_all(*each).compile(compile_kwargs={"literal_binds": True}))


def sqlite_stage(folder: Path) -> Stage:
    """A site on SQLite in this folder; no test here pulls the plug, so nothing waits for the disk."""
    made = Stage(folder, f"sqlite:///{folder / 'test.db'}")
    made.database.dispose()
    for engine in {made.database.engine, made.database.pages}:
        event.listen(engine, "connect", lambda line, _record: line.execute("PRAGMA synchronous=OFF"))
    return made


def postgres_stage(folder: Path, url: str) -> Stage:
    """A site on the throw-away PostgreSQL; each test process has a database of its own."""
    return Stage(folder, url)


def private_database(server_url: str, name: str) -> str:
    """Make the database `name` on the server and return its address."""
    maintenance = open_database(server_url.replace("postgresql://", "postgresql+psycopg://", 1))
    with maintenance.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    maintenance.dispose()
    base = server_url.rpartition("/")[0].replace("postgresql://", "postgresql+psycopg://", 1)
    return f"{base}/{name}"
