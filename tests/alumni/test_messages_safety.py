"""Messages: staff, minors, newcomers, files, reports, and what is left of whoever goes."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy import clock
from academy.audit.models import AuditEntry
from academy.people import accounts, data_rights
from academy.people.models import Member
from academy.people.queries import as_actor
from academy.uploads import jobs as files
from academy.uploads.models import Upload
from alumni.blocks import service as blocks
from alumni.messages import leaving, rules, tries
from alumni.messages.models import Conversation, Draft, Message, Side
from alumni.moderation.models import Case, Silence
from alumni.moderation.subjects import REMOVE, subject_of
from tests import makers
from tests.academy import handed_files
from tests.alumni.message_stage import HELLO, alumna, asked, fill, last, talk, way_to, write, write_to
from tests.browser import Browser, Page
from tests.courses import certified, quiz_stage


@pytest.fixture
def vera(session: Session) -> Member:
    """Vera is an alumna, too."""
    return alumna(session, "Vera")


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna whom the network may write to."""
    return alumna(session, "Zoya")


def audited(session: Session, action: str) -> list[str]:
    """What was noted of this kind of act."""
    found = list(session.scalars(select(AuditEntry.subject).where(AuditEntry.action == action)))
    session.commit()
    return found


def test_staff_write_without_asking_are_marked_and_noted(
    session: Session, browser: Browser, mina: Member, max_: Member
) -> None:
    page = write_to(browser.signed_in(mina), max_, "Your certificate is ready to be printed.")
    assert "Send" in page.text
    page = browser.signed_in(max_).open("/messages/").follow("Mina")
    assert page.text_of(".talk-head .chip") == "moderator"
    assert "Thank you" in write(page, "Thank you!").text
    assert audited(session, "message.unasked") == [f"member:{max_.id}"]


def test_a_trainer_reaches_the_people_of_her_course_alone(
    session: Session, browser: Browser, lena: Member, max_: Member
) -> None:
    certified.course(session)
    quiz_stage.enrol(session, lena)
    olga = makers.member(session, "Olga", roles=(("trainer", "course:first-steps"),))
    other = makers.member(session, "Other", roles=(("trainer", "course:other-steps"),))
    theirs = browser.signed_in(olga)
    assert "trainer of your course" in theirs.open(f"/messages/new/{lena.id}").text
    assert theirs.open(f"/messages/new/{max_.id}").status == 404
    assert browser.signed_in(other).open(f"/messages/new/{lena.id}").status == 404
    write_to(theirs, lena)
    assert browser.signed_in(lena).open("/messages/").follow("Olga").text_of(".chip") == "trainer of your course"


def test_a_minor_is_written_to_by_staff_alone(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member, ada: Member
) -> None:
    number = talk(app, session, vera, zoya)
    admin = browser.signed_in(ada)
    page = admin.open(f"/admin/people/{zoya.id}").submit("Note that this person is not of age")
    assert "Only staff can write to this person" in page.notice
    hers, young = browser.signed_in(vera), browser.signed_in(zoya)
    assert "This conversation has ended." in hers.open(f"/messages/{number}").text
    assert hers.post(f"/messages/{number}", {"text": "Hello"}).status == 409
    assert young.post(f"/messages/{number}", {"text": "Hello"}).status == 409
    stranger = alumna(session, "Nora")
    assert browser.signed_in(stranger).open(way_to(session, zoya)).status == 404
    assert young.open(way_to(session, stranger)).status == 404
    page = write_to(admin, zoya, "How are you?")
    assert "Send" in page.text
    assert "Well" in write(young.open("/messages/").follow("Ada"), "Well, thank you").text
    admin.open(f"/admin/people/{zoya.id}").submit("This person is of age")
    assert "Send" in hers.open(f"/messages/{number}").text
    assert audited(session, "minor.noted") == audited(session, "minor.lifted") == [f"member:{zoya.id}"]


def test_a_newcomer_writes_first_messages_without_links_and_few_of_them(
    session: Session, browser: Browser, vera: Member
) -> None:
    vera.alumnus_since = clock.now() - timedelta(days=2)
    session.commit()
    people = [alumna(session, f"Friend{turn}") for turn in range(5)]
    hers = browser.signed_in(vera)
    page = write_to(hers, people[0], "Look at www.example.org")
    assert (page.status, page.form("Send").values["text"]) == (422, "Look at www.example.org")
    assert "without links" in page.errors[0]
    assert [write_to(hers, each).status for each in people] == [200, 200, 200, 429, 429]


def test_requests_without_an_answer_are_limited(
    app: Flask, session: Session, browser: Browser, vera: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "OPEN_REQUESTS", 2)
    people = [alumna(session, f"Friend{turn}") for turn in range(3)]
    number = asked(app, session, vera, people[0])
    asked(app, session, vera, people[1])
    hers = browser.signed_in(vera)
    page = write_to(hers, people[2])
    assert (page.status, page.form("Send").values["text"]) == (429, HELLO)
    browser.signed_in(people[0]).post(f"/messages/{number}/decline")
    assert write_to(hers, people[2]).status == 429, "a declined request must not be told by what it leaves free"
    browser.signed_in(people[1]).open("/messages/requests").submit("Accept")
    assert write_to(hers, people[2]).status == 200


def test_whoever_is_silenced_does_not_write(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya)
    now = clock.now()
    case = Case(origin="reported", kind="message", number=1, opened_at=now)
    session.add(case)
    session.flush()
    session.add(Silence(member_id=vera.id, case_id=case.id, began_at=now, until=now + timedelta(days=1)))
    session.commit()
    assert browser.signed_in(vera).post(f"/messages/{number}", {"text": "Hello"}).status == 403
    assert write_to(browser.signed_in(vera), alumna(session, "Nora")).status == 403


def photo() -> bytes:
    """A photograph that tells where it was taken."""
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "at home"
    Image.new("RGB", (40, 30), "teal").save(target, "JPEG", exif=exif)
    return target.getvalue()


def with_file(browser: Browser, number: int, content: bytes, name: str, text: str = "") -> Page:
    """Send a file."""
    page = browser.open(f"/messages/{number}")
    return page.submit("Send", text=text, file=FileStorage(io.BytesIO(content), filename=name))


def test_a_picture_is_written_anew_and_open_to_the_two_alone(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member, ada: Member
) -> None:
    number = talk(app, session, vera, zoya)
    page = with_file(browser.signed_in(vera), number, photo(), "Our house.jpg")
    assert "Picture" in page.text
    assert "house" not in page.source
    path = f"/messages/files/{last(session).id}"
    answer = browser.signed_in(zoya).open(path).response
    assert (answer.mimetype, b"at home" in answer.data, answer.data[8:12]) == ("image/webp", False, b"WEBP")
    assert "house" not in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert browser.signed_in(ada).open(path).status == 404
    browser.signed_in(vera).post(f"/messages/m/{last(session).id}/delete")
    assert browser.signed_in(zoya).open(path).status == 404
    assert session.scalar(select(func.count(Upload.id))) == 0


def test_other_files_are_refused_and_the_text_stays(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya)
    for content in (handed_files.docx(), b"MZ programme", handed_files.pdf(), b""):
        page = with_file(browser.signed_in(vera), number, content, "notes.pdf", "Here it is")
        assert (page.status, page.form("Send").values["text"]) == (422, "Here it is")
        assert page.errors != []
    assert session.scalar(select(func.count(Upload.id))) == 0


def test_files_of_messages_are_kept_by_the_sweep(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya)
    with_file(browser.signed_in(vera), number, photo(), "a.jpg")
    with app.app_context():
        files.sweep({}, clock.now() + timedelta(days=3))
    assert browser.signed_in(zoya).open(f"/messages/files/{last(session).id}").status == 200


def test_drafts_are_kept_on_the_server_until_they_are_sent(
    session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    hers = browser.signed_in(vera)
    page = hers.post(f"{way_to(session, zoya)}/draft", {"text": "Dear Zoya"})
    assert (page.notice, page.form("Send").values["text"]) == ("Done Your draft is saved.", "Dear Zoya")
    assert write(page, HELLO).status == 200
    number = last(session).conversation_id
    browser.signed_in(zoya).open("/messages/requests").submit("Accept")
    token = hers.open(f"/messages/{number}").form("Send").values["token"]
    hers.headers["X-Requested-With"] = "autosave"
    assert hers.post(f"/messages/{number}/draft", {"text": "And", "token": token}).status == 200
    assert hers.open(f"/messages/{number}").form("Send").values["text"] == "And"
    hers.post(f"/messages/{number}", {"text": "And now", "token": token})
    hers.post(f"/messages/{number}/draft", {"text": "And now", "token": token})
    assert hers.open(f"/messages/{number}").form("Send").values["text"] == ""
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def reported(app: Flask, session: Session, browser: Browser, one: Member, other: Member) -> tuple[int, int]:
    """A message of `one` among many others, which `other` reported; its number and the case's."""
    number = talk(app, session, one, other)
    fill(session, number, one, 25)
    write(browser.signed_in(one).open(f"/messages/{number}"), "The evil one")
    message = last(session).id
    fill(session, number, one, 25)
    page = browser.signed_in(other).open(f"/messages/{number}?before={message + 5}")
    link = next(url for words, url in page.links() if words == "Report" and url.endswith(f"/{message}"))
    page = browser.signed_in(other).open(link)
    assert "up to ten messages before and after it" in page.text
    browser.signed_in(other).post(link, {"reason": "harassment"})
    case = session.scalars(select(Case.id)).one()
    session.commit()
    return message, case


def test_a_moderator_reads_around_a_reported_message_and_each_reading_is_noted(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member, mina: Member
) -> None:
    message, case = reported(app, session, browser, vera, zoya)
    theirs = browser.signed_in(mina)
    assert theirs.open(f"/messages/m/{message}").status == 404
    assert theirs.open(f"/messages/m/{message + 1}").status == 404
    theirs.post(f"/admin/moderation/{case}/claim")
    page = theirs.open(f"/messages/m/{message}")
    assert (page.heading, len(page.all(".said"))) == ("A reported message", 21)
    assert theirs.open(f"/messages/m/{message + 1}").status == 404
    assert theirs.open(f"/messages/{last(session).conversation_id}").status == 404
    theirs.open(f"/messages/m/{message}")
    assert audited(session, "message.read") == [f"message:{message}"] * 2


def test_one_does_not_report_oneself_nor_what_one_cannot_read(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member, max_: Member
) -> None:
    talk(app, session, vera, zoya, "Hello Vera")
    link = f"/moderation/report/message/{last(session).id}"
    assert browser.signed_in(vera).open(link).status == 200
    assert browser.signed_in(zoya).open(link).status == 404
    assert browser.signed_in(max_).open(link).status == 404


def test_whoever_is_erased_takes_their_words_along(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya, "Here is my secret", "Mine stays")
    with_file(browser.signed_in(zoya), number, photo(), "a.jpg")
    nora = alumna(session, "Nora")
    waiting = asked(app, session, zoya, nora, "A request of Zoya")
    with app.test_request_context():
        data_rights.erase(session, zoya.id)
        accounts.wipe(session, member=zoya, by=None, now=clock.now())
        session.commit()
    page = browser.signed_in(vera).open(f"/messages/{number}")
    assert page.heading == "A former member"
    assert "my secret" not in page.text
    assert "Mine stays" in page.text
    assert "This conversation has ended." in page.text
    assert browser.signed_in(nora).open(f"/messages/{waiting}").status == 404
    kept = " ".join(f"{each.text}{each.html}" for each in session.scalars(select(Message)))
    assert ("my secret" in kept, "A request of Zoya" in kept) == (False, False)
    assert session.scalar(select(func.count()).select_from(Side).where(Side.member_id == zoya.id)) == 0
    assert session.scalar(select(func.count(Upload.id))) == 0
    session.commit()
    with app.test_request_context():
        data_rights.erase(session, vera.id)
        session.commit()
    assert session.scalar(select(func.count(Message.id))) == 0


def test_whoever_is_suspended_is_a_former_member_until_they_return(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya, "Hello Vera")
    zoya.state = "suspended"
    session.commit()
    page = browser.signed_in(vera).open(f"/messages/{number}")
    assert (page.heading, "This conversation has ended." in page.text) == ("A former member", True)
    zoya.state = "active"
    session.commit()
    assert browser.signed_in(vera).open(f"/messages/{number}").heading == "Zoya"


def test_conversations_go_a_year_after_their_last_message_and_say_so_before(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    old = clock.now() - timedelta(days=340)
    number = talk(app, session, vera, zoya, "Long ago", now=old)
    assert "will be deleted on" in browser.signed_in(vera).open(f"/messages/{number}").text
    tidied(app, old + rules.KEPT - timedelta(hours=1))
    assert "Long ago" in browser.signed_in(vera).open(f"/messages/{number}").text
    tidied(app, old + rules.KEPT)
    assert browser.signed_in(vera).open(f"/messages/{number}").status == 404
    assert session.scalar(select(func.count(Message.id))) == 0


def test_requests_without_an_answer_go_after_two_months(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    then = clock.now()
    number = asked(app, session, vera, zoya)
    browser.signed_in(zoya).post(f"/messages/{number}/decline")
    nora = alumna(session, "Nora")
    met = talk(app, session, vera, nora, "We met")
    browser.signed_in(nora).post(f"/messages/{met}/leave")
    write_to(browser.signed_in(vera), nora, "Once more?")
    tidied(app, then + rules.UNANSWERED + timedelta(hours=1))
    assert session.scalars(select(Conversation.id)).all() == [met]
    texts = list(session.scalars(select(Message.text).order_by(Message.id)))
    session.commit()
    assert texts == [HELLO, "We met"]
    assert "We met" in browser.signed_in(vera).open(f"/messages/{met}").text
    assert write_to(browser.signed_in(vera), zoya).status == 200


def tidied(app: Flask, now: datetime) -> None:
    """The worker's turn."""
    with app.app_context():
        leaving.tidy_up({}, now)


def test_the_export_holds_what_the_member_can_read(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    talk(app, session, vera, zoya, "Hello Vera")
    browser.signed_in(vera).post(f"{way_to(session, alumna(session, 'Nora'))}/draft", {"text": "Begun"})
    with app.test_request_context():
        exported: dict[str, Any] = data_rights.export(session, vera.id)["messages"]
        session.commit()
    (conversation,) = exported["conversations"]
    assert conversation["with"] == "Zoya"
    said = [(each["from"], each["text"]) for each in conversation["messages"]]
    assert said == [("me", HELLO), ("them", "Hello Vera")]
    assert exported["drafts"][0]["text"] == "Begun"


def test_pen_names_stand_for_people_and_addresses_are_nowhere(
    app: Flask, session: Session, browser: Browser, vera: Member
) -> None:
    star = alumna(session, "Fatima", pen_name="Northern Star")
    number = talk(app, session, vera, star, "Hello")
    for path in ("/messages/", f"/messages/{number}"):
        page = browser.signed_in(vera).open(path)
        assert "Northern Star" in page.text
        assert "Fatima" not in page.source
        assert "@example.org" not in page.source


def test_admins_are_no_exception_to_blocks(session: Session, browser: Browser, zoya: Member, mina: Member) -> None:
    write_to(browser.signed_in(mina), zoya, "A word")
    number = last(session).conversation_id
    browser.signed_in(zoya).open(f"/messages/{number}").follow("Keep away").submit("Keep away")
    assert browser.signed_in(mina).post(f"/messages/{number}", {"text": "Another"}).status == 409
    assert as_actor(session, mina).is_moderator
    assert browser.signed_in(mina).open(f"/messages/new/{zoya.id}").url.startswith(f"/messages/{number}")


def test_a_request_of_somebody_kept_away_waits_no_more(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    asked(app, session, vera, zoya)
    other = browser.signed_in(zoya)
    assert "Vera" in other.open("/messages/requests").text
    blocks.block(session, member_id=zoya.id, other_id=vera.id, now=clock.now())
    session.commit()
    assert "Vera" not in other.open("/messages/requests").text
    assert other.open("/messages/").text_of(".tab-count") == ""


def test_a_request_is_taken_back_and_not_deleted(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    asked(app, session, vera, zoya)
    assert browser.signed_in(vera).post(f"/messages/m/{last(session).id}/delete").status == 409
    assert last(session).text == HELLO


def test_what_moderators_remove_is_unseen_and_comes_back_when_they_were_wrong(
    app: Flask, session: Session, browser: Browser, vera: Member, zoya: Member
) -> None:
    number = talk(app, session, vera, zoya)
    with_file(browser.signed_in(vera), number, photo(), "a.jpg", "An ugly word")
    message = last(session)
    with app.app_context():
        subject = subject_of("message")
        assert subject is not None
        for deed, seen in ((subject.acts[REMOVE].do, False), (subject.acts[REMOVE].undo, True)):
            deed(session, message.id, clock.now())
            session.commit()
            for who in (vera, zoya):
                page = browser.signed_in(who).open(f"/messages/{number}")
                assert ("An ugly word" in page.text) == seen
                assert ("An ugly word" in browser.signed_in(who).open("/messages/").text) == seen
                assert (browser.signed_in(who).open(f"/messages/files/{message.id}").status == 200) == seen
