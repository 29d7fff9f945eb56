"""Nobody learns where somebody will be, or who goes, unless it is meant for them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.people import data_rights
from academy.people.models import SUSPENDED, Member
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.events.models import (
    CANCELLED,
    FOR_ALL,
    IN_PERSON,
    PROPOSED,
    WAITING,
    CalendarFeed,
    Event,
    EventGuest,
    EventHost,
)
from courses.cohorts import service as cohorts
from tests import makers
from tests.alumni import event_stage as stage
from tests.alumni import profile_stage
from tests.browser import Browser, Page
from tests.courses import places, shelf

PLACE = "The blue door behind the bakery"
THERE: dict[str, Any] = {"form": IN_PERSON, "town": "Samarkand", "place": PLACE, "link": ""}


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def show(browser: Browser, who: Member, event: Event) -> Page:
    return browser.signed_in(who).open(f"/alumni/events/{event.id}")


@pytest.mark.parametrize(
    ("state", "knows"),
    [("", False), ("asked", False), ("waiting", False), ("not_going", False), ("declined", False), ("going", True)],
)
def test_the_place_is_for_those_who_have_one(
    browser: Browser, session: Session, ana: Member, zoya: Member, state: str, knows: bool
) -> None:
    event = stage.event(session, ana, **THERE)
    if state:
        stage.guest(session, event, zoya, state)
    page = show(browser, zoya, event)
    assert "Samarkand" in page.text
    assert (PLACE in page.source) is knows


def test_not_even_those_who_look_after_the_network_see_place_or_guests(
    browser: Browser, session: Session, ana: Member, zoya: Member, ada: Member
) -> None:
    event = stage.event(session, ana, **THERE)
    stage.guest(session, event, zoya)
    page = show(browser, ada, event)
    assert (PLACE in page.source, "Zoya" in page.source) == (False, False)
    assert browser.signed_in(ada).open(f"/alumni/events/{event.id}/guests").status == 403
    proposed = stage.event(session, ana, state=PROPOSED, **THERE)
    assert PLACE in show(browser, ada, proposed).text, "whoever decides about it must see what it is"


@pytest.mark.parametrize(
    ("audience", "listed"), [(Audience.ME, False), (Audience.COHORT, False), (Audience.NETWORK, True)]
)
def test_guests_are_listed_as_far_as_each_shows_their_name(
    browser: Browser, session: Session, ana: Member, zoya: Member, audience: Audience, listed: bool
) -> None:
    farid = makers.member(session, "Farid", alumna=True)
    profile_stage.profile(session, farid, show=audience)
    event = stage.event(session, ana)
    for who in (zoya, farid):
        stage.guest(session, event, who)
    assert ("Farid" in show(browser, zoya, event).text) is listed
    assert "Farid" in browser.signed_in(ana).open(f"/alumni/events/{event.id}/guests").text, "hosts see who comes"
    assert "Others go" not in show(browser, zoya, event).text, "one hidden guest is not hinted at"
    stranger = makers.member(session, "Nadia", alumna=True)
    assert "Farid" not in show(browser, stranger, event).text, "who does not go sees nobody"


def test_whom_a_host_keeps_away_never_finds_the_event_again(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    event = stage.event(session, ana, **THERE)
    stage.guest(session, event, zoya)
    blocks.block(session, member_id=ana.id, other_id=zoya.id, now=clock.now())
    session.commit()
    hers = browser.signed_in(zoya)
    assert hers.open(f"/alumni/events/{event.id}").status == 404
    assert all(event.title not in hers.open(f"/alumni/events?show={which}").text for which in ("upcoming", "mine"))
    assert hers.open(f"/alumni/events/{event.id}/event.ics").status == 404


def test_events_of_a_cohort_are_for_that_cohort_alone(
    browser: Browser, session: Session, ana: Member, zoya: Member, lena: Member
) -> None:
    shelf.publish(session)
    cohort = places.cohort(session, "Spring")
    session.commit()
    places_in(session, cohort.id, ana, lena)
    event = stage.event(session, ana, host_kind="cohort", host_key=f"c{cohort.id}")
    assert [show(browser, who, event).status for who in (ana, lena, zoya)] == [200, 200, 404]
    assert event.title in browser.signed_in(lena).open("/alumni/events").text
    assert event.title not in browser.signed_in(zoya).open("/alumni/events").text


def places_in(session: Session, cohort_id: int, *people: Member) -> None:
    cohorts.add_members(session, cohort_id=cohort_id, member_ids=[each.id for each in people], now=clock.now())
    session.commit()


def test_learners_come_where_they_are_invited(
    browser: Browser, session: Session, ana: Member, lena: Member, max_: Member
) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    session.commit()
    invited, other = stage.event(session, ana, for_learners=True), stage.event(session, ana, title="For alumni alone")
    assert [show(browser, who, invited).status for who in (lena, max_)] == [200, 404]
    assert show(browser, lena, other).status == 404
    assert "meet.example.org" in show(browser, lena, invited).submit("I come").text


@pytest.mark.parametrize(
    ("came", "for_whom", "reads"),
    [(None, "guests", True), (True, "guests", True), (False, "guests", False), (False, FOR_ALL, True)],
)
def test_notes_are_for_those_who_were_there_or_for_all(
    browser: Browser, session: Session, ana: Member, zoya: Member, came: bool | None, for_whom: str, reads: bool
) -> None:
    event = stage.event(
        session, ana, begins_in=timedelta(days=-2), notes_for=for_whom, notes="x", notes_html="<p>Heard.</p>"
    )
    stage.guest(session, event, zoya).came = came
    session.commit()
    assert ("Heard." in show(browser, zoya, event).text) is reads


def test_a_suspended_host_takes_no_guests_until_somebody_takes_the_event_on(
    browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    event = stage.event(session, ana)
    ana.state = SUSPENDED
    session.commit()
    refused = browser.signed_in(zoya).post(f"/alumni/events/{event.id}/answer", {"answer": "come"})
    assert refused.status == 409
    taken = browser.signed_in(mina).open("/alumni/events?show=to-decide").follow(event.title).submit("Hold it myself")
    assert "Mina" in taken.text_of("section .event-people")
    assert show(browser, zoya, event).submit("I come").status == 200


def test_a_member_takes_everything_along_and_leaves_nothing_behind(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    farid = makers.member(session, "Farid", alumna=True)
    own = stage.event(session, zoya, **THERE)
    stage.guest(session, own, farid)
    other = stage.event(session, ana, seats=1)
    stage.guest(session, other, zoya)
    stage.guest(session, other, farid, WAITING)
    session.add(CalendarFeed(member_id=zoya.id, made_at=clock.now()))
    session.commit()
    with browser.app.test_request_context(method="POST"):
        known = data_rights.export(session, zoya.id)["events"]
        assert [each["place"] for each in known["held"]] == [PLACE]
        assert [each["answer"] for each in known["answered"]] == ["going"]
        data_rights.erase(session, zoya.id)
        session.commit()
    session.expire_all()
    for model in (EventGuest, EventHost, CalendarFeed):
        assert session.scalar(select(func.count()).where(model.member_id == zoya.id)) == 0
    left = session.get_one(Event, own.id)
    assert (left.state, left.place, left.link) == (CANCELLED, "", "")
    assert session.get_one(EventGuest, (other.id, farid.id)).state == "going"
    session.rollback()
