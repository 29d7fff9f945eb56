"""What both databases are told alike."""

import pytest
from flask import Flask
from sqlalchemy import MetaData, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import Column, CreateIndex
from sqlalchemy.types import Integer, String

from academy.db import Base
from academy.dialects import BOTH, PartialIndex, insert_into, settle

DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}  # type: ignore[no-untyped-call]


def letters() -> Table:
    return Table(
        "letter",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("state", String),
        PartialIndex("uq_letter_open", "id", where="state = 'open'", unique=True),
    )


@pytest.mark.parametrize("name", BOTH)
def test_a_partial_index_has_its_condition_in_both(name: str) -> None:
    table = letters()
    settle(table.metadata, *BOTH)
    (index,) = table.indexes
    words = str(CreateIndex(index).compile(dialect=DIALECTS[name]))
    assert words == "CREATE UNIQUE INDEX uq_letter_open ON letter (id) WHERE state = 'open'"


def test_conditions_of_the_site_reach_its_database(app: Flask) -> None:
    engine = app.extensions["academy.database"].engine
    partial = [
        str(CreateIndex(index).compile(engine))
        for table in Base.metadata.tables.values()
        for index in table.indexes
        if isinstance(index, PartialIndex)
    ]
    assert partial
    assert all(" WHERE " in words for words in partial)


def test_an_insert_knows_the_database_it_is_for(app: Flask) -> None:
    engine = app.extensions["academy.database"].engine
    words = str(insert_into(letters(), engine).on_conflict_do_nothing().compile(engine))
    assert words.endswith("ON CONFLICT DO NOTHING")
