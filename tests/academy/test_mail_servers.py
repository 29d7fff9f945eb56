"""Letters and mail servers: encrypted or not at all, and whatever the server does, no letter is lost."""

import socket
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy.mail import posting, service, transport
from academy.mail.models import FAILED, SENT, WAITING, Letter
from academy.mail.service import Address
from academy.mail.transport import Server, SmtpTransport
from academy.people.models import Member
from tests.academy.mail_servers import PASSWORD, USER, Authority, Box, free_port, mail_server
from tests.academy.mail_sink import mail_sink
from tests.browser import Browser

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NEXT_MINUTE = NOW + timedelta(minutes=1)
PLAIN = "smtp://127.0.0.1:{1}"
IMPLICIT, STARTTLS = "smtps://{}@127.0.0.1:{}", "smtp://{}@127.0.0.1:{}?starttls=1"
BOTH_WAYS = pytest.mark.parametrize("address", [IMPLICIT, STARTTLS])


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The one authority this machine trusts."""
    trusted = Authority(tmp_path / "trusted")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.file))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    return trusted


@pytest.fixture
def letter(app: Flask, session: Session) -> Callable[[], Letter]:
    """One letter to Lena that waits; the fixture is its state at the moment."""
    queue(app, session, "lena@example.org")
    return lambda: the_letters(session)[0]


def queue(app: Flask, session: Session, email: str) -> None:
    with app.app_context():
        service.queue(session, to=Address(email, "Lena"), template="trial", values={}, now=NOW)
    session.commit()


def the_letters(session: Session) -> list[Letter]:
    session.expire_all()
    found = list(session.scalars(select(Letter).order_by(Letter.id)))
    session.commit()
    return found


def open_server(address: str, context: ssl.SSLContext) -> AbstractContextManager[Box]:
    return mail_server(implicit=context) if address == IMPLICIT else mail_server(starttls=context)


def post(app: Flask, address: str, port: int, now: datetime = NOW) -> int:
    url = address.format(f"{USER}:{quote(PASSWORD)}", port)
    with app.app_context():
        return posting.deliver_waiting(now, SmtpTransport(Server.from_url(url)))


@BOTH_WAYS
def test_a_letter_leaves_encrypted_and_with_the_password(
    app: Flask, authority: Authority, letter: Callable[[], Letter], address: str
) -> None:
    with open_server(address, authority.context()) as box:
        assert post(app, address, box.port) == 1
    assert (box.receivers, box.encrypted, box.passwords) == (["lena@example.org"], [True], [PASSWORD])
    assert letter().state == SENT


@BOTH_WAYS
@pytest.mark.parametrize("fault", ["unknown authority", "another name", "ended"])
def test_a_wrong_certificate_gets_neither_letter_nor_password(
    app: Flask, authority: Authority, tmp_path: Path, letter: Callable[[], Letter], address: str, fault: str
) -> None:
    wrong = {
        "unknown authority": lambda: Authority(tmp_path / "unknown").context(),
        "another name": lambda: authority.context("mail.example.org"),
        "ended": lambda: authority.context(lasts=timedelta(days=-1)),
    }
    with open_server(address, wrong[fault]()) as box:
        assert post(app, address, box.port) == 0
    assert (box.letters, box.passwords) == ([], [])
    assert (letter().state, letter().error, letter().next_try_at) == (WAITING, "SSLCertVerificationError", NEXT_MINUTE)
    with open_server(address, authority.context()) as mended:
        assert post(app, address, mended.port, NEXT_MINUTE) == 1


def test_a_server_without_tls_gets_neither_letter_nor_password(app: Flask, letter: Callable[[], Letter]) -> None:
    with mail_server() as box:
        assert post(app, STARTTLS, box.port) == 0
    assert (box.letters, box.passwords) == ([], [])
    assert (letter().state, letter().error) == (WAITING, "SMTPNotSupportedError")


def test_a_plain_port_is_not_mistaken_for_an_encrypted_one(app: Flask, letter: Callable[[], Letter]) -> None:
    with mail_server() as box:
        assert post(app, IMPLICIT, box.port) == 0
    assert (letter().state, letter().error) == (WAITING, "SSLError")


@BOTH_WAYS
def test_after_a_refused_password_letters_wait_longer_and_longer_until_it_is_mended(
    app: Flask, authority: Authority, letter: Callable[[], Letter], address: str
) -> None:
    now, waits = NOW, []
    with open_server(address, authority.context()) as box:
        box.right_password = "another one"
        for _ in range(4):
            assert post(app, address, box.port, now) == 0
            assert post(app, address, box.port, now) == 0, "not before its time"
            waits.append((letter().next_try_at - now) // timedelta(minutes=1))
            now = letter().next_try_at
        assert (waits, letter().state, letter().error) == ([1, 2, 4, 8], WAITING, "SMTPAuthenticationError 535")
        box.right_password = PASSWORD
        assert post(app, address, box.port, now) == 1
    assert len(box.letters) == 1


@pytest.mark.parametrize("moment", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_up_in_the_middle_gets_the_letter_later(
    app: Flask, letter: Callable[[], Letter], moment: str
) -> None:
    with mail_sink() as sink:
        sink.hangs_up_at = moment
        assert post(app, PLAIN, sink.port) == 0
        assert (letter().state, letter().error) == (WAITING, "SMTPServerDisconnected")
        sink.hangs_up_at = "never"
        assert post(app, PLAIN, sink.port, NEXT_MINUTE) == 1


@pytest.mark.parametrize("fault", [{"hangs_up_at": "QUIT"}, {"answer_to_quit": "500 what?"}])
def test_a_server_that_does_not_say_goodbye_stops_nothing(app: Flask, session: Session, fault: dict[str, str]) -> None:
    for number in range(posting.BATCH + 1):
        queue(app, session, f"member{number}@example.org")
    with mail_sink() as sink:
        for name, value in fault.items():
            setattr(sink, name, value)
        assert post(app, PLAIN, sink.port) == posting.BATCH + 1
    assert {letter.state for letter in the_letters(session)} == {SENT}


def test_a_server_that_is_down_or_says_nothing_is_asked_again_later(
    app: Flask, letter: Callable[[], Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT", 0.3)
    assert post(app, PLAIN, free_port()) == 0
    assert (letter().error, letter().next_try_at) == ("ConnectionRefusedError", NEXT_MINUTE)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert post(app, PLAIN, silent.getsockname()[1], NEXT_MINUTE) == 0
    assert (letter().error, letter().next_try_at) == ("SMTPServerDisconnected", NOW + timedelta(minutes=3))
    assert post(app, "smtp://{0}@no-such-host.invalid:{1}", 25, NOW + timedelta(minutes=3)) == 0
    assert (letter().state, letter().error) == (WAITING, "gaierror")


@pytest.mark.parametrize("bad", ["a..b@example.org", "nobody", "жук@example.org"])
def test_a_letter_no_server_takes_does_not_hold_up_lenas(app: Flask, session: Session, bad: str) -> None:
    for _ in range(posting.BATCH + 1):
        queue(app, session, "someone@example.org")
    session.execute(update(Letter).values(to_email=bad))
    session.commit()
    queue(app, session, "lena@example.org")
    with mail_sink() as sink:
        assert post(app, PLAIN, sink.port) == 1
    *others, lenas = the_letters(session)
    assert lenas.state == SENT
    assert all(letter.state != SENT and letter.text and letter.error for letter in others)


def test_a_domain_in_other_letters_is_written_the_way_every_server_knows(app: Flask, session: Session) -> None:
    queue(app, session, "lena@почта.рф")
    with mail_server() as box:
        assert post(app, PLAIN, box.port) == 1
    assert box.receivers == ["lena@xn--80a1acny.xn--p1ai"]


def test_a_name_in_other_letters_reaches_a_server_that_can(app: Flask, session: Session) -> None:
    queue(app, session, "жук@example.org")
    with mail_server(international=True) as box:
        assert post(app, PLAIN, box.port) == 1
    assert box.receivers == ["жук@example.org"]


def test_ada_learns_what_is_wrong_and_lets_the_given_up_letters_go_again(
    session: Session, browser: Browser, ada: Member, letter: Callable[[], Letter]
) -> None:
    session.execute(update(Letter).values(tries=3, error="SMTPAuthenticationError 535"))
    session.commit()
    hers = browser.signed_in(ada)
    page = hers.open("/admin/letters")
    assert "Waiting after 3 tries. The mail server did not accept the user name or the password." in page.text
    session.execute(update(Letter).values(state=FAILED))
    session.commit()
    page = hers.open("/admin/letters").submit("Try the given-up letters again")
    assert "1 letter is tried again." in page.text
    assert (letter().state, letter().tries) == (WAITING, 0)


def test_the_command_says_why_letters_did_not_leave(app: Flask, letter: Callable[[], Letter]) -> None:
    del letter
    settings = app.extensions["academy.settings"]
    app.extensions["academy.settings"] = replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    result = app.test_cli_runner().invoke(args=["mail", "send"])
    app.extensions["academy.settings"] = settings
    assert result.exit_code == 1
    assert "The mail server cannot be reached." in result.output
