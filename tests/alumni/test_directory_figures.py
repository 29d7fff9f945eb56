"""Figures of the network: of what is open to it, of nobody alone, and never more than the list tells."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from academy.people.models import ACTIVE, Member
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.directory import crowd
from tests import makers
from tests.alumni.profile_stage import profile
from tests.browser import Browser, Page, words
from tests.makers import LONG_AGO
from tests.queries import QueryCount


@pytest.fixture(autouse=True)
def _counted_anew(app: Flask) -> None:
    app.extensions.pop("academy.network_figures", None)


def many(session: Session, count: int, country: str, **fields: Any) -> list[Member]:
    """So many alumni of this country, who speak Russian."""
    people = [makers.member(session, f"{country} {number}", alumna=True) for number in range(count)]
    for each in people:
        profile(session, each, country=country, languages=[("ru", "c1")], **fields)
    return people


def rows(page: Page) -> list[str]:
    """The rows of all tables as words."""
    return [words(node) for node in page.all("tbody tr")]


def test_what_six_people_show_is_counted_and_nothing_that_fewer_do(
    browser: Browser, session: Session, ana: Member
) -> None:
    many(session, 8, "KG")
    many(session, 6, "KZ")
    many(session, 5, "TJ")
    many(session, 7, "UZ", show_country=Audience.COHORT)
    many(session, 7, "TM", hidden_at=LONG_AGO)
    page = browser.signed_in(ana).open("/alumni/").follow("Figures of the network")
    # Kazakhstan goes with Tajikistan: alone, what is left of the whole would be Tajikistan's.
    assert rows(page) == ["Kyrgyzstan 8", "All others together 11", "Russian 26"]
    assert page.follow("Kyrgyzstan").heading == "The network"


@pytest.mark.parametrize(
    ("level", "left"), [(Audience.NETWORK, []), (Audience.EVERYONE, ["Kyrgyzstan 6", "Russian 6"])]
)
def test_whoever_keeps_the_reader_away_is_counted_no_further_than_they_are_found(
    level: Audience, left: list[str], browser: Browser, session: Session, ana: Member
) -> None:
    people = many(session, 6, "KG", show=level)
    blocks.block(session, member_id=people[0].id, other_id=ana.id, now=LONG_AGO)
    assert rows(browser.signed_in(ana).open("/alumni/figures")) == left


def test_figures_ask_as_much_of_two_as_of_two_hundred(
    browser: Browser,
    session: Session,
    ana: Member,
    app: Flask,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    browser = browser.signed_in(ana)

    def asked(people: int) -> list[int]:
        start = session.scalar(select(func.max(Member.id))) or 0
        session.execute(insert(Member), [_alumna(number) for number in range(start + 1, start + people + 1)])
        crowd.join(session, range(start + 1, start + people + 1), LONG_AGO)
        session.commit()
        app.extensions.pop("academy.network_figures", None)
        return [_count(browser, query_count) for _ in range(2)]

    browser.open("/alumni/figures")
    assert (asked(2), asked(198)) == ([7, 5], [7, 5]), "everybody is counted once in ten minutes"


def _alumna(number: int) -> dict[str, Any]:
    address = f"alumna-{number}@example.org"
    known = {"id": number, "email": address, "email_key": address, "password_hash": "", "display_name": "Somebody"}
    return {**known, "state": ACTIVE, "created_at": LONG_AGO, "confirmed_at": LONG_AGO}


def _count(browser: Browser, query_count: Callable[[], AbstractContextManager[QueryCount]]) -> int:
    with query_count() as count:
        browser.open("/alumni/figures")
    return count.total
