"""Hand letters to a mail server: certificates are checked, and every outcome is said per letter."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

TIMEOUT = 15
PERMANENT = 500
HANDED_OVER, REFUSED, LATER = "handed over", "refused", "later"
PORTS = {"smtp": 25, "smtps": 465}
TROUBLE = (OSError, smtplib.SMTPException, UnicodeError)
UNWRITABLE = (MessageError, ValueError, LookupError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter; `reason` names the fault without addresses or words of the letter."""

    what: str
    reason: str = ""


class Transport(Protocol):
    """Anything that takes letters away."""

    def post(self, messages: Iterable[EmailMessage]) -> Iterator[Outcome]:
        """Hand the messages over one by one, saying after each what became of it."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where and how to reach a mail server: smtp(s)://user:password@host:port?starttls=1&from=address."""

    host: str
    port: int
    user: str
    password: str
    implicit_tls: bool
    starttls: bool
    sender: str

    @classmethod
    def from_url(cls, url: str) -> "Server":
        """Read the setting ACADEMY_SMTP_URL."""
        parts = urlsplit(url)
        options = parse_qs(parts.query)
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            implicit_tls=parts.scheme == "smtps",
            starttls=options.get("starttls", ["0"])[-1] == "1",
            sender=options.get("from", [""])[-1],
        )


class SmtpTransport:
    """Posts over one connection to the server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def post(self, messages: Iterable[EmailMessage]) -> Iterator[Outcome]:
        """Hand the messages over; a server that cannot be reached lets all of them wait."""
        try:
            connection = self._connect()
        except TROUBLE as error:
            yield from (Outcome(LATER, reason_of(error)) for _message in messages)
            return
        try:
            for message in messages:
                yield _hand_over(connection, message)
        finally:
            _leave(connection)

    def _connect(self) -> smtplib.SMTP:
        with contextlib.ExitStack() as unfinished:
            connection = self._open()
            unfinished.callback(connection.close)
            if self._server.starttls:
                connection.starttls(context=ssl.create_default_context())
            if self._server.user:
                connection.login(self._server.user, self._server.password)
            unfinished.pop_all()
        return connection

    def _open(self) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        if self._server.implicit_tls:
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=TIMEOUT)


def _leave(connection: smtplib.SMTP) -> None:
    # What became of every letter is known; a server that cannot say goodbye changes nothing.
    with contextlib.suppress(*TROUBLE):
        connection.quit()
    connection.close()


def _hand_over(connection: smtplib.SMTP, message: EmailMessage) -> Outcome:
    try:
        connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(REFUSED if _is_permanent(error) else LATER, reason_of(error))
    except UNWRITABLE as error:
        return Outcome(REFUSED, reason_of(error))
    return Outcome(HANDED_OVER)


def _is_permanent(error: Exception) -> bool:
    # A refused sender is our own set-up and may be mended; a refused receiver or text stays refused.
    return isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) and _code(error) >= PERMANENT


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _text in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def reason_of(error: Exception) -> str:
    """The name of a fault, and the server's code where it gave one."""
    code = _code(error)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
