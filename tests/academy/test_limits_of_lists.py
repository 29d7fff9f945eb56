"""Lists with a limit on SQLite: the plan of a statement holds for every limit."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, literal, select, union_all

from academy import sqlite

NUMBERS = union_all(*(select(literal(number).label("number")) for number in (1, 2, 3))).subquery()
EVERY = select(NUMBERS.c.number)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (EVERY.limit(2), [1, 2]),
        (EVERY.limit(1), [1]),
        (EVERY.limit(0), []),
        (EVERY.limit(2).offset(2), [3]),
        (EVERY.offset(1), [2, 3]),
    ],
)
def test_no_limit_is_a_bare_parameter_and_each_holds(tmp_path: Path, asked: Select[Any], found: list[int]) -> None:
    engine = sqlite.open_engine(f"sqlite:///{tmp_path}/lists.db")
    with engine.connect() as connection:
        assert list(connection.scalars(asked)) == found
    said = str(asked.compile(engine))
    assert "LIMIT ?" not in said
    assert "OFFSET ?" not in said
