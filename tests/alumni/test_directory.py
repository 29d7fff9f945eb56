"""Whom the directory shows, to whom, and by what they are found."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import combinations

import pytest
from flask import Flask
from sqlalchemy import Column, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.visitors import iterate

from academy.people.models import ACTIVE, SUSPENDED, Member
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.directory import finding
from alumni.directory.fitting import sorted_by
from alumni.directory.forms import wish_of
from alumni.directory.rules import Wish
from alumni.profiles.models import Profile
from alumni.profiles.viewers import Viewer
from tests import makers
from tests.alumni.profile_stage import profile
from tests.browser import Browser, Page, words
from tests.makers import LONG_AGO
from tests.queries import QueryCount


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def names(page: Page) -> list[str]:
    """Who is on the page, in order."""
    return [words(node) for node in page.all(".found .person-name")]


def test_visitors_read_what_the_network_is_and_see_only_who_is_open_to_everyone(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    profile(session, ana, show=Audience.NETWORK)
    profile(session, zoya, show=Audience.EVERYONE, town="Herat", show_town=Audience.NETWORK)
    page = browser.open("/alumni/")
    assert (page.heading, names(page)) == ("The network", ["Zoya"])
    assert "Herat" not in page.text
    assert "How to belong" in page.text


def test_the_network_sees_who_opened_themselves_to_it_by_name(
    browser: Browser, session: Session, ana: Member, zoya: Member, max_: Member
) -> None:
    profile(session, zoya, country="KG", town="Osh", organisation="River council", skills=["Mapping"])
    profile(session, ana, show=Audience.ME)
    page = browser.signed_in(ana).open("/alumni/")
    assert names(page) == ["Zoya"], "whoever is open to nobody does not find themselves either"
    assert all(each in page.text for each in ("Osh, Kyrgyzstan", "River council", "Mapping"))
    assert names(browser.signed_in(max_).open("/alumni/")) == []


@pytest.mark.parametrize(
    "typed", ["zoya", "osh", "ошский совет", "council", "mappin", "water", "сад", "canal"], ids=str
)
def test_words_find_what_is_shown_and_nothing_that_is_not(
    typed: str, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    shown = profile(
        session,
        zoya,
        town="Osh",
        organisation="Ошский совет, River Council",
        skills=["Mapping"],
        seeks=["Partners on water"],
        story="Сады у воды",
        links=[("The canal", "https://example.org")],
    )
    browser = browser.signed_in(ana)
    found = browser.open(f"/alumni/?q={typed}")
    assert names(found) == ["Zoya"]
    for field in ("town", "organisation", "skills", "seeks", "story", "links"):
        setattr(shown, f"show_{field}", Audience.COHORT)
    session.commit()
    assert names(browser.open(f"/alumni/?q={typed}")) == (["Zoya"] if typed == "zoya" else [])


FILTERS = {
    "country": ("country=KG", "country=TJ"),
    "languages": ("language=ru", "language=ru&level=c1"),
    "skills": ("skill=mapping", "skill=map"),
    "offers": ("offers=mediation", "offers=water"),
}


@pytest.mark.parametrize("field", FILTERS)
def test_a_filter_never_finds_whoever_hides_the_field(
    field: str, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    shown = profile(session, zoya, country="KG", languages=[("ru", "b2")], skills=["Mapping"], offers=["mediation"])
    fitting, other = FILTERS[field]
    browser = browser.signed_in(ana)
    assert names(browser.open(f"/alumni/?{fitting}")) == ["Zoya"]
    assert names(browser.open(f"/alumni/?{fitting}&q=zoya&sort=newest")) == ["Zoya"]
    assert names(browser.open(f"/alumni/?{other}")) == []
    setattr(shown, f"show_{field}", Audience.COHORT)
    session.commit()
    assert names(browser.open(f"/alumni/?{fitting}")) == []
    assert names(browser.open("/alumni/")) == ["Zoya"]


def test_filters_together_and_levels(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    profile(session, zoya, country="KG", languages=[("ru", "c1"), ("en", "a2")], skills=["Mapping"])
    browser = browser.signed_in(ana)
    asked = "country=KG&language=ru&level=b2&skill=MAPPING"
    page = browser.open(f"/alumni/?{asked}")
    assert names(page) == ["Zoya"]
    assert "Speaks Russian (B2 or better)" in page.text
    assert names(browser.open("/alumni/?language=en&level=b1")) == []
    form = browser.open(f"/alumni/filter?{asked}")
    assert names(form.submit()) == ["Zoya"]


@pytest.mark.parametrize("how", ["hides", "suspended", "left"])
def test_whoever_is_gone_is_found_by_nobody(
    how: str, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    profile(session, zoya, show=Audience.EVERYONE)
    if how == "hides":
        session.execute(update(Profile).where(Profile.member_id == zoya.id).values(hidden_at=LONG_AGO))
    else:
        zoya.state, zoya.alumnus_since = (SUSPENDED, LONG_AGO) if how == "suspended" else (ACTIVE, None)
    session.commit()
    browser = browser.signed_in(ana)
    assert [names(browser.open(f"/alumni/{asked}")) for asked in ("", "?q=zoya", "?sort=newest")] == [[], [], []]


def test_whoever_is_kept_away_sees_what_strangers_see(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    shown = profile(session, zoya, town="Osh", country="KG")
    blocks.block(session, member_id=zoya.id, other_id=ana.id, now=LONG_AGO)
    session.commit()
    browser = browser.signed_in(ana)
    asked = ("", "?q=zoya", "?country=KG")
    assert [names(browser.open(f"/alumni/{each}")) for each in asked] == [[], [], []]
    shown.show_name = Audience.EVERYONE
    session.commit()
    assert [names(browser.open(f"/alumni/{each}")) for each in (*asked, "?q=osh")] == [["Zoya"], ["Zoya"], [], []]


def test_a_change_through_plain_statements_is_followed_too(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    profile(session, zoya, story="A hidden valley")
    session.execute(update(Profile).where(Profile.handle == select(Profile.handle).scalar_subquery()).values(story=""))
    session.commit()
    assert names(browser.signed_in(ana).open("/alumni/?q=valley")) == []


def test_pages_follow_each_other_by_name_and_by_time(browser: Browser, session: Session, ana: Member) -> None:
    people = [makers.member(session, f"Person {number:02}", alumna=True) for number in range(45)]
    for each in people:
        profile(session, each)
    browser = browser.signed_in(ana)
    for sort in ("", "?sort=newest"):
        page, seen = browser.open(f"/alumni/{sort}"), list[str]()
        for _turn in range(3):
            seen += names(page)
            page = page.follow("Show more") if len(seen) < 45 else page
        assert sorted(seen) == [f"Person {number:02}" for number in range(45)]
        assert (seen == sorted(seen)) is (sort == "")


@pytest.mark.parametrize("wish", [Wish(), Wish(sort="newest"), Wish(country="KG", sort="newest"), Wish(words="a")])
def test_an_index_says_where_a_page_begins(session: Session, wish: Wish) -> None:
    by, number = sorted_by(session, wish)
    tables = {column.table for each in (by, number) for column in iterate(each) if isinstance(column, Column)}
    assert len(tables) == 1, "of two tables, everybody before the page would be gone through"


def test_addresses_made_up_by_others_are_read_kindly(browser: Browser, ana: Member) -> None:
    browser = browser.signed_in(ana)
    for asked in (
        "after=x",
        "after=9~",
        f"after={'9' * 40}~a",
        "sort=newest&after=1~never",
        "cohort=cx",
        "cohort=c999",
    ):
        assert browser.open(f"/alumni/?{asked}&country=<b>&language=zz9&level=q&offers=%00&q=%22*(").status == 200


@pytest.mark.parametrize("asked", ["", "?q=person", "?country=KG", "?sort=newest"])
def test_a_page_asks_as_much_of_two_as_of_many(
    asked: str,
    browser: Browser,
    session: Session,
    ana: Member,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    browser = browser.signed_in(ana)

    def made(start: int, stop: int) -> int:
        for number in range(start, stop):
            who = makers.member(session, f"Person {number}", alumna=True)
            profile(session, who, country="KG", languages=[("ru", "c1")], skills=["Mapping"])
        session.rollback()
        with query_count() as count:
            browser.open(f"/alumni/{asked}")
        return count.total

    browser.open("/alumni/")
    asked_alone = asked.startswith("?q") and session.get_bind().dialect.name == "postgresql"
    assert [made(0, 2), made(2, 25)] == [3 if asked_alone else 2] * 2


def test_every_filter_goes_with_every_other_and_with_words(
    app: Flask, session: Session, ana: Member, zoya: Member
) -> None:
    profile(session, zoya, country="KG", languages=[("ru", "c1")], skills=["Mapping"], offers=["mediation"], town="Osh")
    filters = {"country": "KG", "language": "ru", "level": "b1", "skill": "mapping", "offers": "mediation"}
    subsets = [*map(dict, combinations(filters.items(), 2)), filters]
    viewer = Viewer(ana.id, Audience.NETWORK)
    with app.app_context():
        asked = [wish_of({**few, "q": words}) for few in subsets for words in ("", "osh")]
        pages = [finding.people(session, viewer, wish).people for wish in asked]
    assert [[each.member_id for each in page] for page in pages] == [[zoya.id]] * len(asked)
    session.rollback()
