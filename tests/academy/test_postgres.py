"""PostgreSQL plans what is asked again and again once, for whatever words and numbers; pages end where they should."""

import pytest
from sqlalchemy import Select, bindparam, select, text
from sqlalchemy.orm import Session

from academy import postgres
from academy.people.models import Member
from tests import makers

PAGE = select(Member.display_name).order_by(Member.display_name)


@pytest.mark.parametrize("page", [PAGE.limit(21), PAGE.limit(bindparam("most"))])
def test_the_planner_knows_how_few_rows_are_wanted(page: Select[str]) -> None:
    engine = postgres.open_engine("postgresql+psycopg://nobody@127.0.0.1/nothing")
    assert " LIMIT __[POSTCOMPILE" in str(page.compile(dialect=engine.dialect))


def test_plans_hold_for_all_words(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        assert session.scalar(text("SHOW plan_cache_mode")) == "force_generic_plan"


def test_pages_are_as_long_as_was_asked(session: Session) -> None:
    for name in ("Ana", "Max", "Zoya"):
        makers.member(session, name)
    named = PAGE.limit(bindparam("most"))
    assert [session.scalars(PAGE.limit(most)).all() for most in (0, 1, 2)] == [[], ["Ana"], ["Ana", "Max"]]
    assert [len(session.scalars(named, {"most": most}).all()) for most in (1, 3)] == [1, 3]
    assert session.scalars(PAGE.limit(2).offset(1)).all() == ["Max", "Zoya"]
