"""Letters: written with what they tell of, posted afterwards, at least once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import i18n
from academy.audit.models import AuditEntry
from academy.mail import posting, service
from academy.mail.models import FAILED, SENT, WAITING, Letter
from academy.mail.service import Address
from academy.mail.transport import Server, SmtpTransport
from academy.mail.writing import paragraphs
from academy.people.models import Member
from tests.academy.mail_sink import Sink, mail_sink
from tests.browser import Browser
from tests.queries import QueryCount

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LENA = Address("lena@example.org", "Lena", "en")


def queue(session: Session, app: Flask, to: Address = LENA, key: str | None = None) -> None:
    with app.app_context():
        service.queue(session, to=to, template="trial", values={}, now=NOW, key=key)
    session.commit()


def letters(session: Session) -> list[Letter]:
    session.expire_all()
    found = list(session.scalars(select(Letter).order_by(Letter.id)))
    session.commit()  # a maker's session holds the write lock while its transaction lasts
    return found


def post(app: Flask, sink: Sink, now: datetime = NOW) -> int:
    with app.app_context():
        return posting.deliver_waiting(now, SmtpTransport(Server.from_url(f"smtp://127.0.0.1:{sink.port}")))


def test_a_letter_reaches_lena_as_plain_text_first(app: Flask, session: Session) -> None:
    queue(session, app)
    with mail_sink() as sink:
        assert post(app, sink) == 1
    (arrived,) = sink.letters
    assert (arrived["To"], arrived["Subject"]) == ("Lena <lena@example.org>", "A trial letter from Common Ground")
    assert arrived["From"] == "Common Ground <no-reply@localhost>"
    assert [part.get_content_type() for part in arrived.iter_parts()] == ["text/plain", "text/html"]
    plain = arrived.get_body(("plain",))
    assert plain is not None
    assert "Hello Lena," in plain.get_content()


def test_the_way_out_travels_whole_however_long_it_is(app: Flask, session: Session) -> None:
    way_out = f"https://academy.example.org/notices/stop/{'aB3-_.' * 30}"
    with app.app_context():
        service.queue(session, to=LENA, template="trial", values={}, now=NOW, unsubscribe=way_out)
        session.commit()
        (letter,) = letters(session)
        lines = posting.message_of(letter).as_bytes().split(b"\r\n")
    assert f"List-Unsubscribe: <{way_out}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_a_sent_letter_is_not_sent_again_and_its_words_are_dropped(app: Flask, session: Session) -> None:
    queue(session, app)
    with mail_sink() as sink:
        assert (post(app, sink), post(app, sink, NOW + timedelta(days=1))) == (1, 0)
    (letter,) = letters(session)
    assert (letter.state, letter.text, letter.html) == (SENT, "", "")


def test_a_letter_with_a_key_is_queued_once(app: Flask, session: Session) -> None:
    queue(session, app, key="welcome:1")
    queue(session, app, key="welcome:1")
    assert len(letters(session)) == 1


def test_a_letter_of_a_transaction_that_failed_does_not_exist(app: Flask, session: Session) -> None:
    with app.app_context():
        service.queue(session, to=LENA, template="trial", values={}, now=NOW)
    session.rollback()
    assert letters(session) == []


def test_two_workers_do_not_both_send(app: Flask, session: Session) -> None:
    for number in range(25):
        queue(session, app, Address(f"member{number}@example.org"))
    with mail_sink() as sink:
        workers = [Thread(target=post, args=(app, sink)) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert sorted(str(each["To"]) for each in sink.letters) == sorted(f"member{n}@example.org" for n in range(25))


def test_without_a_server_letters_wait_longer_and_longer_and_are_given_up_after_a_day(
    app: Flask, session: Session
) -> None:
    queue(session, app)
    now, waits = NOW, []
    while letters(session)[0].state == WAITING:
        post(app, Sink(port=1), now)
        following = letters(session)[0].next_try_at
        waits.append(round((following - now).total_seconds() / 60))
        now = following
    assert waits[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert letters(session)[0].state == FAILED
    assert timedelta(hours=24) <= now - NOW <= timedelta(hours=26)


def test_an_address_that_does_not_exist_is_given_up_at_once(app: Flask, session: Session) -> None:
    queue(session, app)
    with mail_sink() as sink:
        sink.answer_to_receiver = "550 nobody here"
        assert post(app, sink) == 0
    (letter,) = letters(session)
    assert (letter.state, letter.error) == (FAILED, "SMTPRecipientsRefused 550")


def test_a_full_mailbox_is_tried_again(app: Flask, session: Session) -> None:
    queue(session, app)
    with mail_sink() as sink:
        sink.answer_to_receiver = "452 full"
        post(app, sink)
        sink.answer_to_receiver = "250 fine"
        assert post(app, sink, NOW + timedelta(minutes=2)) == 1


@pytest.mark.parametrize("name", ["Lena\r\nBcc: all@example.org", "Lena\nSubject: mine", "Le\x00na\u2028x"])
def test_no_name_breaks_out_of_its_header(app: Flask, session: Session, name: str) -> None:
    queue(session, app, Address("lena@example.org", name))
    with mail_sink() as sink:
        post(app, sink)
    (arrived,) = sink.letters
    assert arrived["Bcc"] is None
    assert arrived["Subject"] == "A trial letter from Common Ground"


@pytest.mark.parametrize("email", ["a@b\r\nBcc: c@d", "a b@c", "nobody", "<a@b>", "a@b,c@d"])
def test_what_is_no_address_is_refused(app: Flask, session: Session, email: str) -> None:
    with app.app_context(), pytest.raises(ValueError, match="not an address"):
        service.queue(session, to=Address(email), template="trial", values={}, now=NOW)


def test_a_letter_speaks_its_receivers_language_and_leaves_the_pages_alone(app: Flask, session: Session) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "ru"}):
        assert i18n.current_code() == "ru"
        service.queue(session, to=Address("a@example.org", "Ana", "fa"), template="trial", values={}, now=NOW)
        assert i18n.current_code() == "ru"
    session.commit()
    (letter,) = letters(session)
    assert letter.language == "fa"
    assert 'lang="fa" dir="rtl"' in letter.html


def test_plain_text_is_not_escaped_and_html_is(app: Flask, session: Session) -> None:
    queue(session, app, Address("a@example.org", "O'Neil <b>"))
    (letter,) = letters(session)
    assert "Hello O'Neil <b>," in letter.text
    assert "Hello O&#39;Neil &lt;b&gt;," in letter.html


def test_addresses_in_a_letter_become_links() -> None:
    assert paragraphs("Open https://x.example/a?b=1.\nBye") == [
        [[("Open ", False), ("https://x.example/a?b=1", True), (".", False)], [("Bye", False)]]
    ]


def test_ada_reads_a_waiting_letter_and_that_is_noted(
    app: Flask, session: Session, browser: Browser, ada: Member
) -> None:
    queue(session, app)
    page = browser.signed_in(ada).open("/admin/letters").submit("Read this letter")
    assert page.heading == "A trial letter from Common Ground"
    assert "Hello Lena," in page.text
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id) == ("letter.read", ada.id)


def test_letters_are_not_for_members_or_strangers(browser: Browser, lena: Member) -> None:
    assert browser.signed_in(lena).open("/admin/letters").status == 403
    assert browser.client.get("/admin/letters").status_code == 303


def test_the_page_of_letters_asks_the_same_few_questions_however_many_there_are(
    app: Flask,
    session: Session,
    browser: Browser,
    ada: Member,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    counts = []
    for many in (2, 60):
        for number in range(many):
            queue(session, app, Address(f"m{many}-{number}@example.org"))
        signed_in = browser.signed_in(ada)
        with query_count() as count:
            signed_in.open("/admin/letters")
        counts.append(count.total)
    assert counts == [2, 2]


def test_the_command_says_what_is_missing(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["mail", "send"])
    assert result.exit_code == 1
    assert "ACADEMY_SMTP_URL is not set" in result.output
