"""Events in calendars, read back as calendars read them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import SUSPENDED, Member
from alumni.events.models import CANCELLED, IN_PERSON, WAITING, Event
from tests import makers
from tests.alumni import event_stage as stage
from tests.alumni import profile_stage
from tests.browser import Browser
from tests.queries import QueryCount

PLACE = "The blue door, behind the bakery; ring twice"
THERE: dict[str, Any] = {"form": IN_PERSON, "town": "Samarkand", "place": PLACE, "link": ""}


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def components(browser: Browser, url: str) -> list[Any]:
    answer = browser.client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert "no-store" in answer.headers["Cache-Control"]
    return Calendar.from_ical(answer.data).walk("VEVENT")


def link_of(browser: Browser, who: Member) -> str:
    page = browser.signed_in(who).open("/alumni/events/calendar").submit("Make my link")
    return page.text_of("main .code").removeprefix("http://localhost")


def test_a_guest_puts_an_event_into_a_calendar(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    event = stage.event(session, ana, title="رودها و همسایه‌ها, a; talk", **THERE)
    hers = browser.signed_in(zoya)
    assert hers.open(f"/alumni/events/{event.id}/event.ics").status == 404
    hers.open(f"/alumni/events/{event.id}").submit("I come")
    (found,) = components(hers, f"/alumni/events/{event.id}/event.ics")
    assert (str(found["summary"]), str(found["location"])) == (event.title, f"{PLACE}, Samarkand")
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (event.begins_at, event.ends_at)
    assert (found["sequence"], found["status"]) == (0, "CONFIRMED")
    assert "Ana" not in hers.client.get(f"/alumni/events/{event.id}/event.ics").text


def test_a_change_and_the_end_are_newer_versions_of_the_same_event(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    event = stage.event(session, ana)
    stage.guest(session, event, zoya)
    hers, guest = browser.signed_in(ana), browser.signed_in(zoya)
    address = f"/alumni/events/{event.id}/event.ics"
    (first,) = components(guest, address)
    hers.open(f"/alumni/events/{event.id}/change").submit("Save", **stage.typed(version="1", seats=""))
    (second,) = components(guest, address)
    hers.open(f"/alumni/events/{event.id}/cancel").submit("Cancel the event")
    (third,) = components(guest, address)
    assert len({str(each["uid"]) for each in (first, second, third)}) == 1
    assert [int(each["sequence"]) for each in (first, second, third)] == [0, 1, 2]
    assert (third["status"], "location" in third) == ("CANCELLED", False)


def test_the_private_link_holds_what_one_goes_to_waits_for_or_holds(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    going, waiting = (
        stage.event(session, ana, title="Going", **THERE),
        stage.event(session, ana, title="Waiting", **THERE),
    )
    stage.event(session, ana, title="Neither")
    stage.event(session, zoya, title="Held")
    stage.guest(session, going, zoya)
    stage.guest(session, waiting, zoya, WAITING)
    found = {str(each["summary"]): each for each in components(browser, link_of(browser, zoya))}
    assert set(found) == {"Going", "Waiting", "Held"}
    assert PLACE in str(found["Going"]["location"])
    assert (found["Waiting"]["status"], str(found["Waiting"]["location"])) == ("TENTATIVE", "Samarkand")


def test_a_link_ends_when_it_is_renewed_ended_or_its_owner_is_suspended(
    browser: Browser, session: Session, zoya: Member
) -> None:
    first = link_of(browser, zoya)
    hers = browser.signed_in(zoya)
    second = hers.open("/alumni/events/calendar").submit("Give me a new link").text_of("main .code")
    second = second.removeprefix("http://localhost")
    assert [browser.client.get(each).status_code for each in (first, second)] == [404, 200]
    zoya.state = SUSPENDED
    session.commit()
    assert browser.client.get(second).status_code == 404
    zoya.state = "active"
    session.commit()
    hers.open("/alumni/events/calendar").submit("End the link")
    assert browser.client.get(second).status_code == 404


@pytest.mark.slow
def test_pages_ask_as_often_with_two_rows_as_with_two_hundred(
    browser: Browser,
    session: Session,
    ana: Member,
    zoya: Member,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    first = stage.event(session, ana)
    stage.guest(session, first, zoya)
    stage.event(session, ana)
    link, hers, host = link_of(browser, zoya), browser.signed_in(zoya), browser.signed_in(ana)
    pages = [(hers, "/alumni/events"), (hers, "/alumni/events?show=mine"), (hers, f"/alumni/events/{first.id}")]
    pages += [(host, f"/alumni/events/{first.id}/guests"), (browser, link)]

    def counts() -> list[int]:
        found = []
        for whose, page in pages:
            whose.client.get(page)
            with query_count() as count:
                assert whose.client.get(page).status_code == 200
            found.append(count.total)
        return found

    few = counts()
    crowd(session, ana, zoya, first)
    assert counts() == few
    assert few == [5, 5, 12, 10, 8]


def crowd(session: Session, ana: Member, zoya: Member, first: Event) -> None:
    for number in range(100):
        event = stage.event(session, ana, begins_in=timedelta(days=4, minutes=number))
        stage.guest(session, event, zoya)
        who = makers.member(session, f"Guest{number}", alumna=True)
        profile_stage.profile(session, who)
        stage.guest(session, first, who)


def test_lists_go_on_where_they_ended_and_hold_every_event_once(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    same = clock.now() + timedelta(days=5)
    for number in range(45):
        stage.event(session, ana, title=f"No. {number:02}.", begins_at=same, ends_at=same + timedelta(hours=1))
    stage.event(session, ana, title="Called off", state=CANCELLED)
    page, seen = browser.signed_in(zoya).open("/alumni/events"), []
    for _ in range(3):
        seen += [words for words, address in page.links() if words.startswith("No. ")]
        page = page.follow("More events") if "More events" in page.text else page
    assert sorted(seen) == [f"No. {number:02}." for number in range(45)]
    assert browser.signed_in(zoya).open("/alumni/events?form=in_person").text_of(".empty-fact") == "No event fits."
