"""Messages: a request first, then a conversation; who may write, and what nobody learns."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.mail.models import Letter
from academy.notices import letters
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.messages import service
from alumni.messages.models import Message
from courses.cohorts import service as cohorts
from tests.alumni.message_stage import HELLO, alumna, asked, fill, handle_of, last, talk, way_to, write, write_to
from tests.browser import Browser, Page, words
from tests.courses import certified, places
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]


@pytest.fixture
def vera(session: Session) -> Member:
    """Vera is an alumna, too."""
    return alumna(session, "Vera")


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna whom the network may write to."""
    return alumna(session, "Zoya")


def test_a_first_message_waits_until_it_is_accepted(browser: Browser, vera: Member, zoya: Member) -> None:
    hers, other = browser.signed_in(vera), browser.signed_in(zoya)
    page = write_to(hers, zoya)
    assert (page.heading, page.notice) == ("Zoya", "Done Your message is sent.")
    assert "Not answered" in page.text
    assert page.forms() == []
    assert "Vera" in other.open("/messages/requests").text
    page = other.open("/messages/requests").submit("Accept")
    assert page.heading == "Vera"
    assert HELLO in page.text
    assert "Gladly" in write(page, "Gladly! *Ask me.*").text
    page = hers.open("/messages/").follow("Zoya")
    assert page.text_of(".said em") == "Ask me."
    assert page.all(".bar-link .unread") == []
    assert "New:" not in hers.open("/my/notices").text
    assert "New" in page.text_of(".said-mark")
    assert hers.open("/messages/").text_of(".talk-count") == ""


def test_who_is_declined_sees_only_silence(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = asked(app, session, vera, zoya)
    hers, other = browser.signed_in(vera), browser.signed_in(zoya)
    before = hers.open(f"/messages/{number}").text
    page = other.open("/messages/requests").submit("Decline")
    assert page.notice == "Done The request is gone. Whoever sent it is not told."
    assert "Vera" not in other.open("/messages/requests").text
    assert other.open(f"/messages/{number}").status == 404
    assert hers.open(f"/messages/{number}").text == before
    assert hers.open("/my/notices").text.count("accepted") == 0
    assert hers.open(way_to(session, zoya)).text == before


def test_letters_and_notices_name_nobody(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    write_to(browser.signed_in(vera), zoya)
    with app.app_context():
        letters.pump(clock.now())
    letter = session.scalars(select(Letter)).one()
    session.commit()
    for part in (letter.subject, letter.text):
        assert "Vera" not in part
        assert "river" not in part
    other = browser.signed_in(zoya)
    assert "New:" in other.open("/my/notices").text
    other.open(f"/messages/{last(session).conversation_id}")
    assert "New:" not in other.open("/my/notices").text


def test_more_messages_are_told_of_once_until_they_are_read(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya)
    hers, other = browser.signed_in(vera), browser.signed_in(zoya)
    for text in ("One more", "And another"):
        write(hers.open(f"/messages/{number}"), text)
    assert other.open("/my/notices").text.count("New:") == 1
    assert other.open("/messages/").text_of(".talk-count") == "2 not read yet"
    other.open(f"/messages/{number}")
    write(hers.open(f"/messages/{number}"), "A third")
    assert other.open("/messages/").text_of(".talk-count") == "1 not read yet"


@pytest.mark.parametrize(
    ("who", "vera_may", "lena_may"),
    [(None, False, True), (Audience.ME, False, False), (Audience.COHORT, False, True), (Audience.NETWORK, True, True)],
)
def test_a_member_decides_who_may_write(
    session: Session,
    browser: Browser,
    vera: Member,
    lena: Member,
    who: Audience | None,
    *,
    vera_may: bool,
    lena_may: bool,
) -> None:
    chooser = alumna(session, "Chooser", who)
    certified.course(session)
    cohort = places.cohort(session, "Spring", slug="first-steps")
    cohorts.add_members(session, cohort_id=cohort.id, member_ids=[lena.id, chooser.id], now=clock.now())
    session.commit()
    for member, may in ((vera, vera_may), (lena, lena_may)):
        theirs = browser.signed_in(member)
        assert (theirs.open(way_to(session, chooser)).status == 200) == may
        acts = theirs.open(f"/alumni/members/{handle_of(session, chooser)}").links()
        assert any(words == "Write a message" for words, _url in acts) == may


def test_the_choice_is_made_on_a_page(browser: Browser, session: Session, vera: Member) -> None:
    quiet = alumna(session, "Quiet", None)
    page = browser.signed_in(quiet).open("/alumni/me").follow("Who may write to you first: My cohort")
    assert [each.attrs["value"] for each in page.all("input[checked]")] == ["1"]
    assert page.submit("Keep", who="2").notice == "Done Your choice is kept."
    assert browser.signed_in(vera).open(way_to(session, quiet)).status == 200
    browser.signed_in(quiet).open("/messages/settings").submit("Keep", who="0")
    assert browser.signed_in(vera).open(way_to(session, quiet)).status == 404
    assert browser.signed_in(quiet).post("/messages/settings", {"who": "3"}).status == 422


def test_nobody_writes_to_whom_they_do_not_see(session: Session, browser: Browser, vera: Member, max_: Member) -> None:
    closed = alumna(session, "Closed", show=Audience.ME)
    everywhere = alumna(session, "Everywhere", show=Audience.EVERYONE)
    hidden = alumna(session, "Hidden", hidden_at=clock.now())
    assert browser.signed_in(vera).open(way_to(session, closed)).status == 404
    assert browser.signed_in(vera).open(way_to(session, hidden)).status == 404
    assert browser.signed_in(max_).open(way_to(session, everywhere)).status == 404
    assert browser.signed_in(max_).open("/messages/new/999").status == 404
    assert browser.signed_in(vera).open(f"/messages/new/{alumna(session, 'Open').id}").status == 404, (
        "numbers are for staff"
    )
    assert browser.signed_in(vera).open(way_to(session, vera)).status == 404


def test_the_bar_says_that_messages_are_of_the_network(browser: Browser, vera: Member) -> None:
    page = browser.signed_in(vera).open("/messages/")
    assert {words(each) for each in page.all("header [aria-current=page]")} == {"Network"}
    assert {words(each) for each in browser.open("/courses/").all("header [aria-current=page]")} == {"Courses"}


def test_a_profile_leads_to_the_form(session: Session, browser: Browser, vera: Member, zoya: Member) -> None:
    page = browser.signed_in(vera).open(f"/alumni/members/{handle_of(session, zoya)}").follow("Write a message")
    assert (page.heading, page.url) == ("Write a message", way_to(session, zoya))
    assert browser.signed_in(vera).open("/messages/with/nobody-at-all").status == 404


def test_whoever_is_blocked_cannot_write_and_is_not_told(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya, "Hello Vera")
    page = browser.signed_in(zoya).open(f"/messages/{number}").follow("Keep away").submit("Keep away")
    assert "They are not told" in page.notice
    hers = browser.signed_in(vera)
    page = hers.open(f"/messages/{number}")
    assert "This conversation has ended." in page.text
    assert "block" not in page.text_of(".notice").lower()
    assert hers.post(f"/messages/{number}", {"text": "Why?"}).status == 409
    assert browser.signed_in(zoya).post(f"/messages/{number}", {"text": "Because"}).status == 409
    assert last(session).text == "Hello Vera"


def test_a_request_is_blocked_in_two_clicks(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = asked(app, session, vera, zoya)
    other = browser.signed_in(zoya)
    other.open("/messages/requests").follow("Keep away").submit("Keep away")
    assert "Vera" not in other.open("/messages/requests").text
    assert "Not answered" in browser.signed_in(vera).open(f"/messages/{number}").text
    assert browser.signed_in(vera).open(f"/messages/with/{handle_of(session, zoya)}").status == 200


def test_leaving_ends_a_conversation_for_both(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya, "Hello Vera")
    other = browser.signed_in(zoya)
    other.open(f"/messages/{number}").follow("Leave").submit("Leave")
    assert other.open(f"/messages/{number}").status == 404
    assert "Vera" not in other.open("/messages/").text
    hers = browser.signed_in(vera)
    assert "This conversation has ended." in hers.open(f"/messages/{number}").text
    assert write_to(hers, zoya, "May I ask again?").heading == "Zoya"
    page = other.open(f"/messages/{number}")
    assert "May I ask again?" in page.text
    assert "Hello Vera" not in page.text


def test_a_request_can_be_taken_back(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = asked(app, session, vera, zoya)
    hers = browser.signed_in(vera)
    hers.open(f"/messages/{number}").follow("Take it back").submit("Take it back")
    assert "Vera" not in browser.signed_in(zoya).open("/messages/requests").text
    assert "You already wrote" in hers.open(way_to(session, zoya)).submit("Send", text="Again").errors[0]


def test_whoever_was_asked_answers_by_writing_first(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = asked(app, session, vera, zoya)
    browser.signed_in(zoya).open("/messages/requests").submit("Decline")
    page = write_to(browser.signed_in(zoya), vera, "I do have a question after all.")
    assert page.url.startswith(f"/messages/{number}")
    assert "Send" in page.text


def test_muting_stops_notices_and_marking_unread_keeps_a_place(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya)
    hers, other = browser.signed_in(vera), browser.signed_in(zoya)
    other.open(f"/messages/{number}").submit("Mute")
    write(hers.open(f"/messages/{number}"), "Are you there?")
    assert "New:" not in other.open("/my/notices").text
    assert other.open("/messages/").text_of(".talk-count") == "1 not read yet"
    page = other.open(f"/messages/{number}").submit("Mark as unread")
    assert page.text_of(".talk-count") == "1 not read yet"
    other.open(f"/messages/{number}").submit("Tell me of new messages again")
    write(hers.open(f"/messages/{number}"), "Now?")
    assert "New:" in other.open("/my/notices").text


def test_a_message_is_deleted_within_a_quarter_of_an_hour(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya, "Not for you", now=clock.now() - timedelta(minutes=14))
    old = last(session)
    page = browser.signed_in(zoya).open(f"/messages/{number}").submit("Delete")
    assert "Not for you" not in page.text
    assert "This message was deleted." in browser.signed_in(vera).open(f"/messages/{number}").text
    assert "This message was deleted." in browser.signed_in(vera).open("/messages/").text
    late = talk(app, session, zoya, vera, "For ever", now=clock.now() - timedelta(minutes=16))
    number_of_late = last(session).id
    assert "Delete" not in browser.signed_in(vera).open(f"/messages/{late}").text_of(f"#m{number_of_late}")
    assert number_of_late > old.id
    assert browser.signed_in(vera).post(f"/messages/m/{number_of_late}/delete").status == 409
    assert browser.signed_in(zoya).post(f"/messages/m/{number_of_late}/delete").status == 404


def sent_form(page: Page) -> dict[str, object]:
    """What the form of a page sends, but for the file that was not chosen."""
    return {name: value for name, value in page.form("Send").values.items() if name != "file"}


def test_a_form_sent_twice_is_one_message(session: Session, browser: Browser, vera: Member, zoya: Member) -> None:
    hers = browser.signed_in(vera)
    form = sent_form(hers.open(way_to(session, zoya)))
    for _press in range(2):
        assert hers.send(way_to(session, zoya), {**form, "text": HELLO}).status == 200
    number = last(session).conversation_id
    browser.signed_in(zoya).open("/messages/requests").submit("Accept")
    form = sent_form(hers.open(f"/messages/{number}"))
    for _press in range(2):
        assert hers.send(f"/messages/{number}", {**form, "text": "Once"}).text.count("Once") == 1
    assert session.scalar(select(func.count(Message.id))) == 2


def test_an_empty_message_is_refused_and_nothing_typed_is_lost(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya)
    hers = browser.signed_in(vera)
    page = write(hers.open(f"/messages/{number}"), "  ")
    assert (page.status, page.errors) == (422, ["Please write something, or choose a file."])
    page = write(hers.open(f"/messages/{number}"), "x" * 5001)
    assert (page.status, page.form("Send").values["text"]) == (422, "x" * 5001)
    page = write_to(hers, alumna(session, "Nora"), "x" * 1001)
    assert (page.status, page.form("Send").values["text"]) == (422, "x" * 1001)


def test_a_conversation_of_strangers_is_not_there(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member, ada: Member
) -> None:
    number = talk(app, session, vera, zoya, "A secret")
    theirs = browser.signed_in(ada)
    message = last(session).id
    for path in (f"/messages/{number}", f"/messages/m/{message}", f"/messages/files/{message}"):
        assert theirs.open(path).status == 404
    for act in ("", "/draft", "/accept", "/decline", "/withdraw", "/leave", "/block", "/mute", "/unread"):
        assert theirs.post(f"/messages/{number}{act}", {"text": "Hello"}).status == 404
    assert theirs.post(f"/messages/m/{message}/delete").status == 404


def test_a_conversation_opens_by_what_both_agreed_to(
    app: Flask, session: Session, browser: Browser, lena: Member, zoya: Member
) -> None:
    with app.test_request_context():
        numbers = {
            service.open_conversation(session, [lena.id, zoya.id], "mentoring", clock.now()) for _twice in range(2)
        }
        session.commit()
    (number,) = numbers
    page = browser.signed_in(lena).open("/messages/").follow("Zoya")
    assert page.text.count("because of your mentoring") == 1
    assert "Good day" in write(page, "Good day").text
    assert "Good day" in browser.signed_in(zoya).open(f"/messages/{number}").text


def test_the_pages_cost_the_same_however_much_was_written(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member, query_count: Counter
) -> None:
    number = talk(app, session, vera, zoya, "First")
    hers = browser.signed_in(vera)
    costs = []
    for count in (2, 200):
        fill(session, number, zoya, count)
        with query_count() as count_of_page:
            page = hers.open(f"/messages/{number}")
        with query_count() as count_of_list:
            hers.open("/messages/")
        costs.append((count_of_page.total, count_of_list.total))
    assert costs == [(6, 5), (6, 5)]
    assert len(page.all(".said")) == 30
    assert page.follow("Earlier messages").text.count("Line ") == 30
    assert len({url for words, url in page.links() if words == "Report"}) == 30


def test_a_list_of_many_conversations_is_read_page_by_page(
    app: Flask, session: Session, browser: Browser, vera: Member, query_count: Counter
) -> None:
    for turn in range(22):
        talk(app, session, vera, alumna(session, f"Friend{turn}"))
    hers = browser.signed_in(vera)
    with query_count() as count:
        page = hers.open("/messages/")
    assert (count.total, len(page.all(".talk"))) == (5, 20)
    assert len(page.follow("Older conversations").all(".talk")) == 2
