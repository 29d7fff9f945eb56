"""Mentoring from an offer to thanks that stand on a profile."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.mentoring.kinds import Serves
from alumni.mentoring.models import Mentor, Mentorship
from alumni.profiles import parts
from alumni.profiles.viewers import VISITOR
from courses.cohorts import service as cohorts
from tests import makers
from tests.alumni.facilitators_stage import facilitator
from tests.alumni.mentoring_stage import GOAL, asked, mentor
from tests.alumni.profile_stage import profile
from tests.browser import Browser, Page
from tests.courses import certified, places
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
FIND, MINE, OFFER = "/alumni/mentoring", "/alumni/mentoring/mine", "/alumni/mentoring/offer"
WORDS = "Two years in a village council taught me patience."


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def in_a_cohort(session: Session, who: Member) -> None:
    """Let somebody take a course in a cohort."""
    certified.course(session)
    cohorts.add_members(
        session, cohort_id=places.cohort(session, slug=certified.SLUG).id, member_ids=[who.id], now=makers.LONG_AGO
    )
    session.commit()


def test_ana_offers_zoya_asks_and_they_part_with_thanks(
    browser: Browser, session: Session, ana: Member, zoya: Member, max_: Member
) -> None:
    profile(session, ana, show=Audience.EVERYONE, handle="ana-h")
    hers, theirs = browser.signed_in(ana), browser.signed_in(zoya)
    page = hers.open(OFFER).submit("Offer", topics=["mediation", "water"], languages=["en", "ru"], words=WORDS)
    assert "0 of your 1 places are taken" in page.text
    page = theirs.open(FIND).follow("Ask").submit("Send my request", topic="mediation", goal=GOAL)
    assert page.heading == "My request for a mentor"
    assert "Asked, and has not answered yet" in page.text
    page = hers.open(MINE).follow("Zoya")
    assert GOAL in page.text
    page = page.submit("Accept")
    assert page.heading == "Mediation and negotiation"
    page = page.submit("Add this goal", words="Chair one meeting")
    assert "To come" in page.text
    page = page.submit("It is reached")
    assert "Reached" in page.text
    number = session.scalar(select(Mentorship.id))
    session.rollback()
    where = f"/alumni/mentoring/pairs/{number}"
    assert browser.signed_in(max_).open(where).status == 404
    page = theirs.open(f"{where}/end").submit("End this mentoring", words="You asked the right questions.", agrees="y")
    assert "the other one has not" in page.text
    assert "asked the right questions" not in browser.open("/alumni/members/ana-h").text
    page = hers.open(f"{where}/end").submit("Keep this", words="It was a joy.", agrees="y")
    assert "stands on both your profiles" in page.text
    assert session.scalar(select(Mentor.taken)) == 0
    session.rollback()


def test_what_both_agreed_to_stands_on_the_profile_until_one_takes_it_back(
    app: Flask, session: Session, ana: Member, zoya: Member
) -> None:
    pair = Mentorship(mentor_id=ana.id, mentee_id=zoya.id, topic="water", goal="", began_at=makers.LONG_AGO)
    pair.ended_at, pair.mentee_thanks = makers.LONG_AGO, "You asked the right questions."
    pair.mentor_agrees = pair.mentee_agrees = True
    session.add(pair)
    session.commit()
    with app.test_request_context():
        assert record_of(session, ana) == [
            "Was a mentor (Water, climate and borders, 2026): “You asked the right questions.”"
        ]
        assert record_of(session, zoya) == ["Had a mentor (Water, climate and borders, 2026)"]
        pair.mentee_agrees = False
        session.flush()
        assert record_of(session, ana) == []
    session.rollback()


def record_of(session: Session, who: Member) -> list[str]:
    """What the record of a profile says of mentoring."""
    from_all = parts.record_of(session, VISITOR, who.id)
    return [line.words for part in from_all if part.title == "Mentoring" for line in part.lines]


def test_strangers_see_no_mentors_and_learners_those_who_serve_them(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, lena: Member, max_: Member
) -> None:
    mentor(app, session, ana)
    mentor(app, session, zoya, serves=Serves.ACADEMY)
    in_a_cohort(session, lena)
    page = browser.signed_in(max_).open(FIND)
    assert "Ana" not in page.text
    assert "Zoya" not in page.text
    page = browser.signed_in(lena).open(FIND)
    assert "Zoya" in page.text
    assert "Ana" not in page.text
    number = session.scalar(select(Mentor.id).where(Mentor.member_id == ana.id))
    session.rollback()
    assert browser.signed_in(lena).open(f"/alumni/mentoring/mentors/{number}/ask").status == 404


@pytest.mark.parametrize("what", ["block", "blocked", "hidden", "suspended", "ended", "stopped"])
def test_who_is_away_is_not_listed(
    what: str, app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    offer = mentor(app, session, ana)
    kept = profile(session, ana)
    assert "Ana" in browser.signed_in(zoya).open(FIND).text
    now = clock.now()
    match what:
        case "block":
            blocks.block(session, member_id=ana.id, other_id=zoya.id, now=now)
        case "blocked":
            blocks.block(session, member_id=zoya.id, other_id=ana.id, now=now)
        case "hidden":
            kept.hidden_at = now
        case "suspended":
            ana.state = "suspended"
        case "ended":
            ana.alumnus_since = None
        case "stopped":
            offer.stopped_at = now
    session.commit()
    page = browser.signed_in(zoya).open(f"{FIND}?full=y")
    assert page.status == 200
    assert "Ana" not in page.text


def test_mentors_are_found_by_topic_language_and_room(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    mentor(app, session, ana, topics=["water"], languages=["fa"])
    mentor(app, session, zoya, topics=["law"], rests=(clock.now() + timedelta(days=9)).date())
    hers = browser.signed_in(mina)
    assert "Ana" in hers.open(f"{FIND}?topic=water&language=fa").text
    assert "No mentor fits this." in hers.open(f"{FIND}?topic=water&language=en").text
    assert "Zoya" not in hers.open(f"{FIND}?topic=law").text
    page = hers.open(f"{FIND}?topic=law&full=y")
    assert "Takes a rest until" in page.text
    assert "Ask" not in [label for label, _url in page.links()]  # Mina is no alumna
    assert hers.open(f"{FIND}?topic=nonsense&before=x").status == 200


def test_the_list_asks_as_much_for_many_as_for_two(
    app: Flask, browser: Browser, session: Session, zoya: Member, query_count: Counter
) -> None:
    def crowd(numbers: range) -> None:
        for number in numbers:
            mentor(app, session, makers.member(session, f"Mentor{number}", alumna=True), topics=["law", "water"])

    hers = browser.signed_in(zoya)
    crowd(range(2))
    with query_count() as few:
        hers.open(FIND)
    crowd(range(2, 25))
    with query_count() as many:
        page = hers.open(FIND)
    assert few.total == many.total <= 9
    assert "Mentor0" in page.follow("Show more").text


def test_an_offer_without_topics_is_refused_and_nothing_typed_is_lost(browser: Browser, ana: Member) -> None:
    page = browser.signed_in(ana).open(OFFER).submit("Offer", languages=["ru"], words=WORDS, capacity="99")
    assert page.status == 422
    assert page.errors == ["Please choose at least one.", "Please give a number from 1 to 10."]
    assert WORDS in page.source


def test_the_coordinator_sees_counts_alone(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, ada: Member
) -> None:
    mentor(app, session, ana)
    page = browser.signed_in(zoya).open(FIND).follow("Ask").submit("Send my request", goal=GOAL)
    page = browser.signed_in(ada).open("/admin/mentoring")
    assert "fewer than 5" in page.text
    assert GOAL not in page.source
    assert browser.signed_in(ada).open("/alumni/mentoring/requests/1").status == 404


def test_the_directory_finds_mentors_with_a_free_place_for_whom_they_serve(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    for who in (ana, zoya):
        profile(session, who)
    offer = mentor(app, session, ana)
    facilitator(session, zoya)
    hers = browser.signed_in(mina)
    assert people_in(hers.open("/alumni/?mentoring=free")) == {"Ana"}
    assert people_in(hers.open("/alumni/?sessions=offers")) == {"Zoya"}
    offer.taken = 1
    session.commit()
    assert people_in(hers.open("/alumni/?mentoring=free")) == set()


def people_in(page: Page) -> set[str]:
    """Who of the two is listed."""
    return {name for name in ("Ana", "Zoya") if name in page.text}


def test_my_mentoring_asks_as_much_for_many_as_for_two(
    app: Flask, browser: Browser, session: Session, ana: Member, query_count: Counter
) -> None:
    mentor(app, session, ana, places=9)

    def crowd(numbers: range) -> None:
        for number in numbers:
            who = makers.member(session, f"Mentee{number}", alumna=True)
            session.add(
                Mentorship(mentor_id=ana.id, mentee_id=who.id, topic="law", goal=GOAL, began_at=makers.LONG_AGO)
            )
        session.commit()

    hers = browser.signed_in(ana)
    crowd(range(2))
    with query_count() as few:
        hers.open(MINE)
    crowd(range(2, 12))
    with query_count() as many:
        page = hers.open(MINE)
    assert few.total == many.total <= 11
    assert "Mentee11" in page.text


@pytest.mark.parametrize("audience", list(Audience))
def test_an_offer_opens_nothing_else_of_the_profile(
    audience: Audience, app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    filled: dict[str, Any] = {
        "town": "Marked Town",
        "organisation": "Marked Organisation",
        "story": "Marked Story",
        "country": "FJ",
    }
    profile(
        session,
        ana,
        show=audience,
        handle="ana-h",
        pen_name="A pen name",
        links=[("Marked", "https://m.org/")],
        **filled,
    )
    mentor(app, session, ana, topics=["law"])
    facilitator(session, ana)
    may_open = audience >= Audience.NETWORK
    for who in (zoya, mina):
        for where in (FIND, "/alumni/facilitators"):
            page = browser.signed_in(who).open(where)
            assert "A pen name" in page.text
            assert ("Ana" in page.text, "Marked" in page.source, "Fiji" in page.text) == (False, False, False)
            assert ("/alumni/members/ana-h" in page.source) == may_open


def test_a_learner_finds_the_way_to_a_mentor_while_she_may_ask_one(
    app: Flask, browser: Browser, session: Session, ana: Member, lena: Member
) -> None:
    hers = browser.signed_in(lena)
    assert "Find a mentor" not in hers.open("/").text
    in_a_cohort(session, lena)
    offer = mentor(app, session, ana, serves=Serves.NETWORK)
    assert "Find a mentor" not in hers.open("/").text, "nobody offers anything to learners"
    offer.serves = Serves.ACADEMY
    session.commit()
    assert hers.open("/").follow("Find a mentor").url == FIND
    asked(app, session, lena, offer, now=clock.now())
    assert "Find a mentor" not in hers.open("/").text, "she waits for an answer"
    assert "Find a mentor" not in browser.signed_in(ana).open("/").text, "alumni have the network for it"


def test_a_profile_leads_to_its_offer_for_whoever_may_ask(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    profile(session, ana, handle="ana-h", show=Audience.NETWORK)
    session.commit()
    hers = browser.signed_in(zoya)
    words = "Ask to be mentored"
    assert words not in hers.open("/alumni/members/ana-h").text
    offer = mentor(app, session, ana)
    page = hers.open("/alumni/members/ana-h").follow(words)
    assert page.url == f"/alumni/mentoring/mentors/{offer.id}/ask"
    assert words not in browser.signed_in(mina).open("/alumni/members/ana-h").text, "who keeps order asks nobody"
    assert words not in browser.signed_in(ana).open("/alumni/members/ana-h").text
    offer.taken = offer.capacity
    session.commit()
    assert words not in hers.open("/alumni/members/ana-h").text
    assert hers.open("/alumni/mentoring/with/ana-h").status == 404
