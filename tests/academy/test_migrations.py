"""Migrations make exactly what the models describe, on both databases, and can be taken back."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from academy.db import Database, open_database
from academy.system import schema
from tests.stage import private_database

pytestmark = pytest.mark.postgres


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[Database]:
    """A database of its own with nothing in it."""
    server = os.environ.get("ACADEMY_TEST_DATABASE_URL", "")
    url = private_database(server, "academy_migrations") if server else f"sqlite:///{tmp_path / 'empty.db'}"
    database = open_database(url)
    yield database
    database.engine.dispose()


def test_the_migrations_make_what_the_models_describe(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    assert schema.differences(empty_database) == ""
    assert schema.revision_of(empty_database.engine) == schema.head()


def test_an_upgrade_can_be_run_again_and_taken_back(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    schema.upgrade(empty_database)
    schema.downgrade(empty_database, "base")
    left = set(inspect(empty_database.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    schema.upgrade(empty_database)


def test_an_older_site_refuses_a_newer_database(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    with empty_database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(schema.SchemaRefused, match="9999"):
        schema.refuse_newer(empty_database.engine)
