"""An alumna hands a link on; whoever gets it asks for their place, and the coordinator answers."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.graduates import queries as graduates
from alumni.graduates.models import CONFIRMED, EarlierGraduate
from alumni.graduates.rules import name_key
from alumni.graduates.service import cohort_named
from alumni.invitations.models import PlaceClaim
from tests import makers
from tests.alumni.profile_stage import profile
from tests.browser import Browser
from tests.queries import QueryCount


def graduate(session: Session, who: Member, year: int = 2019) -> None:
    """Somebody finished in that year, and said so."""
    cohort, now = cohort_named(session, name="", year=year, now=clock.now()), clock.now()
    session.add(
        EarlierGraduate(
            cohort_id=cohort,
            name=who.display_name,
            name_key=name_key(who.display_name),
            state=CONFIRMED,
            member_id=who.id,
            answered_at=now,
            created_at=now,
        )
    )
    session.commit()


def link_on(page_text: str) -> str:
    found = re.search(r"/alumni/join/\S+", page_text)
    assert found is not None
    return found[0]


@pytest.fixture
def link(browser: Browser, session: Session, ana: Member) -> str:
    """The link that Ana hands on."""
    graduate(session, ana)
    return link_on(browser.signed_in(ana).open("/alumni/invite").text)


def test_only_whoever_finished_is_asked_to_invite_a_cohort(
    browser: Browser, session: Session, ana: Member, ada: Member
) -> None:
    graduate(session, ana)
    to_it = ("Invite your cohort", "/alumni/invite")
    assert to_it in browser.signed_in(ana).open("/alumni/").links()
    assert to_it not in browser.signed_in(ada).open("/alumni/").links()


def test_a_cohort_that_is_its_year_is_named_once(browser: Browser, session: Session, ana: Member, mina: Member) -> None:
    graduate(session, ana, 2019)
    profile(session, ana)
    found = browser.signed_in(mina).open("/alumni/").text
    assert ("2019" in found, "2019 2019" in found) == (True, False)


def test_ana_finds_words_a_link_and_a_square_and_nobodys_name(
    browser: Browser, session: Session, ana: Member, lena: Member
) -> None:
    graduate(session, ana)
    graduate(session, lena)
    page = browser.signed_in(ana).open("/alumni/invite?language=ru")
    assert ("Fewer than five" in page.text, "Lena" in page.text, len(page.all(".qr svg"))) == (True, False, 1)
    (words,) = page.all("textarea")
    assert words.attrs["lang"] == "ru"
    assert "Помните наш курс?" in words.to_text()
    for number in range(4):
        graduate(session, makers.member(session, f"Other{number}", alumna=True))
    assert "5 people of this cohort are here" in browser.signed_in(ana).open("/alumni/invite").text


def test_a_link_cannot_be_made_up(browser: Browser, link: str) -> None:
    assert browser.open(link).heading == "The place of our graduates"
    assert browser.open(link[:-1]).status == 404
    assert browser.open(link.replace("/p", "/c")).status == 404
    assert "2019" not in browser.open("/alumni/join").text


def test_max_asks_is_recognised_and_told(
    browser: Browser, session: Session, link: str, max_: Member, ada: Member
) -> None:
    cohort, now = cohort_named(session, name="", year=2019, now=clock.now()), clock.now()
    session.add(EarlierGraduate(cohort_id=cohort, name="Max Weber", name_key=name_key("Max Weber"), created_at=now))
    session.commit()
    his, hers = browser.signed_in(max_), browser.signed_in(ada)
    wrong = his.open(link).submit("Ask for my place", name="", year="2999")
    assert (wrong.status, wrong.errors) == (422, ["Please fill this in.", "Please give a year from 1990 to 2100."])
    page = his.open(link).submit("Ask for my place", name="Weber Max", words="The bridge.")
    assert "You have asked." in page.text
    page = hers.open("/admin/graduates/claims/").follow("Weber Max")
    assert "that entry becomes theirs" in page.text
    assert page.submit("Answer", decision="decline").errors == ["Say in a few words why."]
    again = page.submit("Answer", decision="give")
    assert "Answered." in again.notice
    session.expire_all()
    assert session.get_one(Member, max_.id).alumnus_since is not None
    assert [each.year for each in graduates.cohorts_of(session, [max_.id])[max_.id]] == [2019]
    assert len(session.scalars(select(EarlierGraduate.id)).all()) == 2, "the entry became his"
    session.rollback()
    assert page.submit("Answer", decision="decline", words="No.").status == 409
    assert "There is an answer." in his.open("/my/notices").text
    assert "You are among the graduates already." in his.open("/alumni/join").text


def test_a_refusal_says_why_and_max_may_ask_again(
    browser: Browser, session: Session, max_: Member, ada: Member
) -> None:
    his = browser.signed_in(max_)
    his.open("/alumni/join").submit("Ask for my place", name="Max", year="2018", code="AAAA-BBBB-CCCC-DDDD")
    page = browser.signed_in(ada).open("/admin/graduates/claims/").follow("Max")
    assert "No certificate that stands here has this code." in page.text
    page.submit("Answer", decision="decline", words="Which trainer was it?")
    page = his.open("/alumni/join")
    assert "Which trainer was it?" in page.text
    his.open("/alumni/join").submit("Ask for my place", name="Max", year="2018")
    assert his.open("/alumni/join").submit("Take it back").notice == "Done Taken back."
    assert session.scalars(select(PlaceClaim.state)).all() == ["declined"]
    session.rollback()


def test_whoever_is_signed_out_finds_the_way_back(browser: Browser, link: str) -> None:
    page = browser.open(link)
    assert not [form for form in page.forms() if form.method == "post"]
    assert f"next={link}" in dict(page.links())["Sign in"].replace("%2F", "/")


def test_of_two_claims_at_once_one_waits(browser: Browser, session: Session, max_: Member) -> None:
    his = browser.signed_in(max_)
    first, second = his.open("/alumni/join"), his.open("/alumni/join")
    first.submit("Ask for my place", name="Max", year="2018")
    assert "You have asked already." in second.submit("Ask for my place", name="Max", year="2018").notice
    assert len(session.scalars(select(PlaceClaim.id)).all()) == 1
    session.rollback()


def test_the_page_costs_as_much_for_a_large_cohort(
    app: Flask, browser: Browser, session: Session, ana: Member,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
) -> None:  # fmt: skip
    del app
    graduate(session, ana)
    hers, totals = browser.signed_in(ana), []
    for count in (1, 30):
        for number in range(count):
            graduate(session, makers.member(session, f"Person{count}n{number}", alumna=True))
        with query_count() as counted:
            hers.open("/alumni/invite")
        totals.append(counted.total)
    assert totals[0] == totals[1]
