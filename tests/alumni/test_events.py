"""Events: members propose them, come, wait, move up, and are told."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.models import Notice
from academy.people.marks import mark
from academy.people.models import Member
from alumni.events import jobs
from alumni.events.models import ASKED, DECLINED, GOING, OPEN, WAITING, Event, EventGuest
from alumni.events.reporting import EVENT
from alumni.moderation.subjects import HIDE
from tests import makers
from tests.alumni import event_stage as stage
from tests.alumni import profile_stage
from tests.browser import Browser, Page, words


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def rows(browser: Browser, asked: Select[Any]) -> Sequence[Any]:
    """What a query finds, without the lock that makers hold."""
    with browser.app.extensions["academy.database"].reading() as reading:
        return list(reading.scalars(asked))


def standings(browser: Browser, event: Event) -> dict[int, str]:
    return {row.member_id: row.state for row in rows(browser, select(EventGuest)) if row.event_id == event.id}


def told(browser: Browser, who: Member) -> list[str]:
    theirs = rows(browser, select(Notice).where(Notice.member_id == who.id).order_by(Notice.id))
    return [str(row.values["what"]) for row in theirs if row.kind.startswith("events.")]


def show(browser: Browser, who: Member, event: Event) -> Page:
    return browser.signed_in(who).open(f"/alumni/events/{event.id}")


@pytest.fixture
def nadia(session: Session) -> Member:
    """Nadia finished her course a moment ago."""
    made = makers.member(session, "Nadia", alumna=True)
    made.alumnus_since = clock.now()
    session.commit()
    return made


def decided(browser: Browser, who: Member, event: Event, *, let_in: bool) -> None:
    """A moderator takes the case that the event's page leads to, and decides."""
    hers = browser.signed_in(who)
    case = hers.open("/alumni/events?show=to-decide").follow(event.title).follow("Decide about it")
    taken = case.submit("Take this case")
    assert event.text in taken.text
    done = taken.submit("Decide", verdict="approved" if let_in else "refused", words="It is an advertisement.")
    assert done.notice == "Done Decided. Everybody whom it concerns is told."


def on_the_desk(browser: Browser, who: Member) -> list[str]:
    cards = browser.signed_in(who).open("/admin/").all("main .card, main li")
    return [words(card) for card in cards if "Events to decide" in words(card)]


def test_nadia_proposes_mina_opens_it_and_zoya_comes(
    browser: Browser, nadia: Member, mina: Member, zoya: Member
) -> None:
    hers = browser.signed_in(nadia)
    assert "1" not in on_the_desk(browser, mina)[0]
    page = hers.open("/alumni/events").follow("Propose an event").submit("Propose the event", **stage.typed())
    assert "1" in on_the_desk(browser, mina)[0]
    assert browser.signed_in(mina).open("/admin/").follow("Events to decide").url == "/alumni/events?show=to-decide"
    assert (page.heading, page.text_of(".chip")) == ("Listening at the river", "Waits to be opened")
    (event,) = rows(browser, select(Event))
    assert show(browser, zoya, event).status == 404
    decided(browser, mina, event, let_in=True)
    page = browser.signed_in(zoya).open("/alumni/events").follow("Listening at the river")
    assert "meet.example.org" not in page.source
    page = page.submit("I come")
    assert "https://meet.example.org/listening" in page.text
    assert page.text_of("section .prose strong") == "listen"
    assert standings(browser, event) == {zoya.id: GOING}


def test_what_nadia_writes_anew_is_read_again_and_guests_are_told_afterwards(
    browser: Browser, session: Session, nadia: Member, mina: Member, zoya: Member
) -> None:
    event = stage.event(session, nadia)
    stage.guest(session, event, zoya)
    change = f"/alumni/events/{event.id}/change"
    assert "are told if" in browser.signed_in(nadia).open(change).submit("Save", seats="9").notice, (
        "nothing new to read"
    )
    page = (
        browser.signed_in(nadia).open(change).submit("Save", text="Send me money.", link="https://other.example.org/")
    )
    assert "reads it first" in page.notice
    assert (show(browser, zoya, event).status, told(browser, zoya)) == (404, [])
    session.refresh(event)
    decided(browser, mina, event, let_in=True)
    assert (show(browser, zoya, event).status, told(browser, zoya)) == (200, ["changed"])
    browser.signed_in(nadia).open(change).submit("Save", text="Send me all your money.")
    session.refresh(event)
    decided(browser, mina, event, let_in=False)
    assert told(browser, zoya) == ["changed", "cancelled"]


def test_a_decision_brings_no_event_back_that_its_host_called_off(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    event = stage.event(session, ana)
    stage.guest(session, event, zoya)
    browser.signed_in(ana).open(f"/alumni/events/{event.id}/cancel").submit("Cancel")
    for act in (EVENT.acts[HIDE].do, EVENT.acts[HIDE].undo):
        with browser.app.test_request_context(), browser.app.extensions["academy.database"].transaction() as moderators:
            act(moderators, event.id, clock.now())
    assert told(browser, zoya) == ["cancelled"]


def test_what_mina_turns_away_nobody_else_ever_sees(
    browser: Browser, nadia: Member, mina: Member, zoya: Member
) -> None:
    browser.signed_in(nadia).open("/alumni/events/new").submit("Propose the event", **stage.typed())
    (event,) = rows(browser, select(Event))
    decided(browser, mina, event, let_in=False)
    assert show(browser, zoya, event).status == 404
    assert show(browser, nadia, event).text_of(".chip") == "Not opened"


def test_ana_who_is_no_newcomer_does_not_wait_for_anybody(browser: Browser, ana: Member) -> None:
    page = browser.signed_in(ana).open("/alumni/events/new").submit("Propose the event", **stage.typed())
    assert page.notice == "Done Your event is there."
    assert rows(browser, select(Event.state)) == [OPEN]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"form": "in_person", "town": ""}, "Please say in which town it is. The exact place stays hidden."),
        ({"link": "javascript:alert(1)"}, "Please give the whole address, beginning with https://."),
        ({"day": "2020-01-01"}, "Please choose a time that is still to come."),
        ({"ends": "16:00"}, "The end must be after the beginning. Give the last day if it is another one."),
        ({"begins": "soon"}, "Please write a time as hours and minutes, for example 17:30."),
        ({"languages": []}, "Please choose at least one language."),
        ({"seats": "0"}, "Please give a number from 1 to 10000."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    browser: Browser, ana: Member, typed: dict[str, Any], error: str
) -> None:
    page = browser.signed_in(ana).open("/alumni/events/new").submit("Propose the event", **stage.typed(**typed))
    assert (page.status, page.errors) == (422, [error])
    assert page.all("#title")[0].attrs["value"] == "Listening at the river"


def test_zoya_reports_an_event_and_what_is_hidden_is_cancelled_for_its_guests(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    event = stage.event(session, ana)
    stage.guest(session, event, zoya)
    assert show(browser, zoya, event).follow("Report this event").status == 200
    for act in (EVENT.acts[HIDE].do, EVENT.acts[HIDE].undo):
        with browser.app.test_request_context(), browser.app.extensions["academy.database"].transaction() as moderators:
            act(moderators, event.id, clock.now())
    assert told(browser, zoya) == ["cancelled", "on_again"]


def test_the_last_seat_is_followed_by_a_line_and_whoever_waited_longest_moves_up(
    browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member, ada: Member
) -> None:
    event = stage.event(session, ana, seats=1)
    for who in (zoya, mina, ada):
        page = show(browser, who, event).submit("I come")
    assert page.text_of("main h2") == "You are number 2 on the waiting list"
    assert "meet.example.org" not in page.source
    assert standings(browser, event) == {zoya.id: GOING, mina.id: WAITING, ada.id: WAITING}
    show(browser, zoya, event).submit("I cannot come after all")
    assert standings(browser, event)[mina.id] == GOING
    assert told(browser, mina) == ["place"]
    changed = browser.signed_in(ana).open(f"/alumni/events/{event.id}/change").submit("Save", seats="2")
    assert changed.status == 200
    assert standings(browser, event)[ada.id] == GOING


def test_seats_never_fall_below_those_who_go(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    event = stage.event(session, ana, seats=3)
    for who in (zoya, makers.member(session, "Farid", alumna=True)):
        stage.guest(session, event, who)
    page = browser.signed_in(ana).open(f"/alumni/events/{event.id}/change").submit("Save", seats="1")
    assert (page.status, page.errors) == (422, ["More people go already. Please keep at least as many seats."])


def test_pressing_twice_is_the_same_as_once(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    event = stage.event(session, ana, seats=2)
    hers = browser.signed_in(zoya)
    for _ in range(2):
        hers.post(f"/alumni/events/{event.id}/answer", {"answer": "come"})
    assert rows(browser, select(Event.going)) == [1]


def test_hosts_decide_who_comes_where_they_want_to(
    browser: Browser, session: Session, ana: Member, zoya: Member, ada: Member
) -> None:
    event = stage.event(session, ana, needs_approval=True)
    for who in (zoya, ada):
        show(browser, who, event).submit("Ask to come")
    assert standings(browser, event) == {zoya.id: ASKED, ada.id: ASKED}
    assert told(browser, ana) == ["asks", "asks"]
    hers = browser.signed_in(ana)
    page = hers.open(f"/alumni/events/{event.id}/guests")
    assert {"Zoya", "Ada"} <= set(page.text.split())
    assert hers.post(f"/alumni/events/{event.id}/guests/{zoya.id}", {"accept": "yes"}).status == 404
    with browser.app.app_context():
        first, second = (mark(f"event:{event.id}", who.id) for who in (zoya, ada))
    hers.post(f"/alumni/events/{event.id}/guests/{first}", {"accept": "yes"})
    hers.post(f"/alumni/events/{event.id}/guests/{second}")
    assert standings(browser, event) == {zoya.id: GOING, ada.id: DECLINED}
    assert (told(browser, zoya), told(browser, ada)) == (["place"], ["declined"])
    assert "no place for you" in show(browser, ada, event).text
    again = browser.signed_in(ada).post(f"/alumni/events/{event.id}/answer", {"answer": "come"})
    assert again.status == 409


def test_guests_are_told_of_a_new_time_and_of_the_end(
    browser: Browser, session: Session, ana: Member, zoya: Member, ada: Member
) -> None:
    event = stage.event(session, ana)
    stage.guest(session, event, zoya)
    stage.guest(session, event, ada, "not_going")
    hers = browser.signed_in(ana)
    hers.open(f"/alumni/events/{event.id}/change").submit("Save", text="New words only.")
    assert told(browser, zoya) == []
    hers.open(f"/alumni/events/{event.id}/change").submit(
        "Save", begins="01:15", ends="02:15", link="https://new.example.org/"
    )
    hers.open(f"/alumni/events/{event.id}").follow("Cancel the event").submit(
        "Cancel the event", reason="The host is ill."
    )
    assert told(browser, zoya) == ["moved_and_replaced", "cancelled"]
    assert told(browser, ada) == []
    page = show(browser, zoya, event)
    assert "The host is ill." in page.text
    assert "new.example.org" not in page.source
    assert browser.signed_in(ada).post(f"/alumni/events/{event.id}/answer", {"answer": "come"}).status == 409


def test_two_tabs_do_not_overwrite_each_other(browser: Browser, session: Session, ana: Member) -> None:
    event = stage.event(session, ana)
    hers = browser.signed_in(ana)
    first, second = (hers.open(f"/alumni/events/{event.id}/change") for _ in range(2))
    first.submit("Save", title="First words")
    page = second.submit("Save", title="Second words")
    assert (page.status, page.all("#title")[0].attrs["value"]) == (422, "Second words")
    assert "in the meantime" in page.errors[0]


def test_nobody_comes_or_goes_once_it_has_begun(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    event = stage.event(session, ana, begins_in=timedelta(minutes=-30))
    page = show(browser, zoya, event)
    assert (page.text_of(".chip"), [form for form in page.forms() if "answer" in form.action]) == ("Under way", [])
    assert browser.signed_in(zoya).post(f"/alumni/events/{event.id}/answer", {"answer": "come"}).status == 409
    assert "Rivers and neighbours" in browser.signed_in(zoya).open("/alumni/events").text


def test_reminders_go_once_a_day_and_once_an_hour_before(
    browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    event = stage.event(session, ana, begins_in=timedelta(hours=20), seats=1)
    stage.guest(session, event, zoya)
    stage.guest(session, event, mina, WAITING)
    with browser.app.app_context():
        for hours in (0, 1, 19.5, 19.6):
            jobs.remind({}, clock.now() + timedelta(hours=hours))
    assert (told(browser, zoya), told(browser, mina)) == (["soon", "soon"], [])


def test_an_event_that_moved_is_reminded_of_anew(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    event = stage.event(session, ana, begins_in=timedelta(hours=20))
    stage.guest(session, event, zoya)
    with browser.app.app_context():
        jobs.remind({}, clock.now())
    browser.signed_in(ana).open(f"/alumni/events/{event.id}/change").submit(
        "Save", **stage.typed(version="1", seats="")
    )
    (begins_at,) = rows(browser, select(Event.begins_at))
    with browser.app.app_context():
        jobs.remind({}, begins_at - timedelta(hours=20))
    assert told(browser, zoya) == ["soon", "moved_and_replaced", "soon"]


def test_ana_asks_zoya_to_hold_it_too_and_can_then_leave(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    handle = opened(session, zoya)
    event = stage.event(session, ana)
    hers = browser.signed_in(ana)
    alone = hers.post(f"/alumni/events/{event.id}/hosting", {"act": "leave"})
    assert alone.status == 409
    page = hers.open(f"/alumni/events/{event.id}/hosts")
    assert page.submit("Ask them", handle="nobody-at-all").errors == ["You see no profile at this address."]
    page.submit("Ask them", handle=handle)
    assert "Zoya" not in show(browser, ana, event).text
    show(browser, zoya, event).submit("Yes, I hold it too")
    hers.post(f"/alumni/events/{event.id}/hosting", {"act": "leave"})
    page = show(browser, zoya, event)
    assert ("Change it" in page.text, "Ana" in page.text_of(".event-people")) == (True, False)


def opened(session: Session, who: Member) -> str:
    """Their profile, open to the network; returns its handle."""
    return profile_stage.profile(session, who).handle
