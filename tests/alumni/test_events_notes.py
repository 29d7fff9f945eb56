"""What is kept of an event: notes, files, and who was there."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy.notices.models import Notice
from academy.people.models import Member
from alumni.events.models import EventFile
from tests import makers
from tests.alumni import event_stage as stage
from tests.browser import Browser

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
AGO = timedelta(days=-1)


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def sent(content: bytes, name: str) -> FileStorage:
    return FileStorage(BytesIO(content), filename=name)


def test_notes_and_slides_reach_those_who_were_there_and_are_told_once(
    browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    event = stage.event(session, ana, begins_in=AGO)
    stage.guest(session, event, zoya)
    hers = browser.signed_in(ana)
    page = hers.open(f"/alumni/events/{event.id}").follow("Notes and files")
    page = page.submit("Keep it", notes="We **heard** each other.", file=sent(PDF, "slides.pdf"))
    assert (page.notice, "slides.pdf" in page.text) == ("Done Kept.", True)
    page.submit("Keep it", notes="We heard each other well.")
    guest = browser.signed_in(zoya).open(f"/alumni/events/{event.id}")
    assert "We heard each other well." in guest.text
    file = guest.follow("slides.pdf")
    assert (file.status, file.response.data) == (200, PDF)
    assert "attachment" in file.response.headers["Content-Disposition"]
    assert browser.signed_in(mina).open(file.url).status == 404
    told = session.scalars(select(Notice.values).where(Notice.member_id == zoya.id)).all()
    assert [each["what"] for each in told] == ["notes"]
    session.rollback()


def test_what_is_no_picture_or_pdf_is_refused_and_the_notes_stay_typed(
    browser: Browser, session: Session, ana: Member
) -> None:
    event = stage.event(session, ana, begins_in=AGO)
    page = browser.signed_in(ana).open(f"/alumni/events/{event.id}/notes")
    page = page.submit("Keep it", notes="Typed with care.", file=sent(b"MZ\x90", "slides.pdf"))
    assert (page.status, page.all("#notes")[0].to_text().strip()) == (422, "Typed with care.")
    assert "not a file of a kind that is taken here" in page.errors[0]
    assert session.scalars(select(EventFile)).all() == []
    session.rollback()


def test_nothing_is_kept_of_what_has_not_begun(browser: Browser, session: Session, ana: Member) -> None:
    event = stage.event(session, ana)
    page = browser.signed_in(ana).open(f"/alumni/events/{event.id}/notes").submit("Keep it", notes="Too early.")
    assert (page.status, page.errors) == (422, ["Notes can be kept once the event has begun."])


def test_a_file_is_taken_away_again(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    event = stage.event(session, ana, begins_in=AGO, notes_for="everyone")
    hers = browser.signed_in(ana)
    hers.open(f"/alumni/events/{event.id}/notes").submit("Keep it", file=sent(PDF, "slides.pdf"))
    guest = browser.signed_in(zoya)
    file = guest.open(f"/alumni/events/{event.id}").follow("slides.pdf")
    assert hers.open(f"/alumni/events/{event.id}/notes").submit("Remove").notice == "Done The file is removed."
    assert guest.open(file.url).status == 404


def test_ana_ticks_who_was_there(browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member) -> None:
    event = stage.event(session, ana, begins_in=AGO)
    for who in (zoya, mina):
        stage.guest(session, event, who)
    page = browser.signed_in(ana).open(f"/alumni/events/{event.id}").follow("Guests")
    first, second = [box.attrs["value"] for box in page.all("input[name=listed]")]
    assert {str(zoya.id), str(mina.id)}.isdisjoint({first, second}), "nobody is named by an account"
    page = page.submit("Note who came", came=[first], listed=[first, second])
    assert "1 person was there." in page.text
    assert [box.attrs["value"] for box in page.all("input[name=came]") if "checked" in box.attrs] == [first]
    early = stage.event(session, ana)
    assert browser.signed_in(ana).post(f"/alumni/events/{early.id}/came", {"listed": first}).status == 409
