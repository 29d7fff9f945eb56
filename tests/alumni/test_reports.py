"""Figures for the coordinator: right, and nobody can be found in them."""

import io
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import update
from sqlalchemy.orm import Session

from academy import clock
from academy.few import FEWEST, shown
from academy.people.models import Member
from tests import makers
from tests.alumni.profile_stage import profile
from tests.alumni.test_invitations import graduate
from tests.browser import Browser
from tests.queries import QueryCount


@pytest.mark.parametrize("cells", [1, 2, 3])
def test_no_hidden_count_can_be_worked_out(cells: int) -> None:
    """Whoever knows the rule and sees the table still has two possible numbers for each count that is hidden."""
    possible: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(14), repeat=cells):
        seen = shown(dict(enumerate(counts)))
        if seen.total is not None:
            possible[(tuple(sorted(seen.cells.items())), seen.others)].append(counts)
    for seen_by_all, those in possible.items():
        for place in range(cells):
            values = {counts[place] for counts in those}
            assert len(values) > 1 or not 0 < min(values) < FEWEST, (seen_by_all, place)


@given(st.dictionaries(st.integers(), st.integers(min_value=0, max_value=60)))
def test_what_is_shown_adds_up_and_is_never_small(counts: dict[int, int]) -> None:
    seen = shown(counts)
    assert all(count >= FEWEST and counts[key] == count for key, count in seen.cells.items())
    assert sum(seen.cells.values()) + seen.others == sum(counts.values())
    assert seen.total is None or (seen.others == 0 or seen.others >= FEWEST)


def people(session: Session, count: int, name: str, *, country: str = "", gender: str = "", year: int = 2019) -> None:
    for number in range(count):
        who = makers.member(session, f"{name}{number}", alumna=True)
        profile(session, who, country=country, gender=gender)
        graduate(session, who, year)


def test_ada_reads_figures_in_which_nobody_is_found(browser: Browser, session: Session, ada: Member) -> None:
    people(session, 9, "Aigul", country="KG", gender="woman", year=2021)
    people(session, 6, "Temur", country="UZ", gender="man", year=2020)
    people(session, 1, "Solo", country="AF", year=2019)
    session.execute(update(Member).where(Member.display_name == "Solo0").values(signed_in_at=clock.now()))
    session.commit()
    page = browser.signed_in(ada).open("/admin/network/figures")
    rows = [" ".join(node.to_text(separator=" ").split()) for node in page.all("tbody tr")]
    assert "Kyrgyzstan 9" in rows
    assert "All others together 7" in rows
    assert "Together 16" in rows
    assert not [row for row in rows if "Afghanistan" in row or "Uzbekistan" in row or "2019" in row]
    assert "2021 9" in rows
    assert "In all: 16. Each part is too small to be shown alone." in page.text, "one was here lately"
    assert "Mentors who offer help now fewer than 5" in rows


def test_the_workbook_says_the_same(browser: Browser, session: Session, ada: Member) -> None:
    people(session, 6, "Aigul", country="KG")
    answer = browser.signed_in(ada).open("/admin/network/figures").submit("Download").response
    with CalamineWorkbook.from_filelike(io.BytesIO(answer.data)) as book:
        rows = book.get_sheet_by_index(0).to_python()
    assert ["By country", "Kyrgyzstan", 6.0] in rows
    assert ["Events", "Places taken at them", "fewer than 5"] in rows
    assert (answer.headers["Content-Disposition"].endswith('.xlsx"'), rows[0]) == (True, ["Table", "What", "People"])


def test_an_empty_network_shows_nothing(browser: Browser, ada: Member) -> None:
    page = browser.signed_in(ada).open("/admin/network/figures")
    assert page.text.count("Fewer than five people: nothing is shown.") == 4


def test_who_was_here_lately_counts_by_sign_in_or_visit(browser: Browser, session: Session, ada: Member) -> None:
    people(session, 12, "Aigul")
    then = clock.now() - timedelta(days=60)
    session.execute(
        update(Member).where(Member.display_name.in_([f"Aigul{n}" for n in range(6)])).values(signed_in_at=then)
    )
    session.commit()
    text = browser.signed_in(ada).open("/admin/network/figures").text
    assert "31 to 90 days ago 6" in text
    assert "Longer ago, or never 6" in text


def test_the_figures_cost_as_much_for_two_hundred(
    app: Flask, browser: Browser, session: Session, ada: Member,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
) -> None:  # fmt: skip
    del app
    hers, totals = browser.signed_in(ada), []
    for count in (2, 30):
        people(session, count, f"Group{count}n", year=2000 + count)
        with query_count() as counted:
            hers.open("/admin/network/figures")
        totals.append(counted.total)
    assert totals[0] == totals[1]
