"""Answers fetched from a mailbox: a real server of about a page."""

import socketserver
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import Any, cast

from flask import Flask

from academy import clock
from academy.mail import fetching, receiving

PASSWORD = "open sesame"


@dataclass
class Mailbox:
    """What waits, what was asked of it, and what was seen."""

    letters: list[bytes]
    said: list[str] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    hangs_up: bool = False


class MailboxServer(socketserver.ThreadingTCPServer):
    """A mailbox on a port of its own."""

    daemon_threads = True
    mailbox: Mailbox
    tls: ssl.SSLContext | None = None

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Speak to one client, in secret if the mailbox does; a client that does not trust it is gone."""
        with suppress(ssl.SSLError, ConnectionError):
            if self.tls:
                request = self.tls.wrap_socket(request, server_side=True)
            with request:
                super().finish_request(request, client_address)


class Conversation(socketserver.StreamRequestHandler):
    """One client, spoken to in IMAP."""

    def handle(self) -> None:
        """Greet, then answer line by line."""
        box = cast("MailboxServer", self.server).mailbox
        self.wfile.write(b"* OK here\r\n")
        while line := self.rfile.readline().decode().strip():
            tag, verb, *rest = line.split(" ")
            box.said.append(verb.upper())
            if box.hangs_up and verb.upper() == "SELECT":
                return
            self.wfile.write(self.answer(box, verb.upper(), rest) + f"{tag} OK done\r\n".encode())
            if verb.upper() == "LOGOUT":
                return

    def answer(self, box: Mailbox, verb: str, rest: list[str]) -> bytes:
        """What comes before the end of an answer."""
        if verb == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if verb == "SELECT":
            return f"* {len(box.letters)} EXISTS\r\n".encode()
        if verb == "SEARCH":
            new = (str(number) for number in range(1, len(box.letters) + 1) if number not in box.seen)
            return f"* SEARCH {' '.join(new)}\r\n".encode()
        if verb == "FETCH":
            letter = box.letters[int(rest[0]) - 1]
            return f"* {rest[0]} FETCH (BODY[]<0> {{{len(letter)}}}\r\n".encode() + letter + b")\r\n"
        if verb == "STORE":
            box.seen.add(int(rest[0]))
        return b""


@contextmanager
def mailbox(
    *letters: bytes, hangs_up: bool = False, tls: ssl.SSLContext | None = None
) -> Iterator[tuple[Mailbox, str]]:
    """The mailbox and its address in the settings."""
    box = Mailbox(list(letters), hangs_up=hangs_up)
    with MailboxServer(("127.0.0.1", 0), Conversation) as server:
        server.mailbox, server.tls = box, tls
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield box, f"imap://us:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def fetched(app: Flask, url: str) -> tuple[int, list[bytes]]:
    """How many letters the worker takes in, and which."""
    taken: list[bytes] = []
    before = app.extensions["academy.settings"]
    app.extensions["academy.settings"] = replace(before, imap_url=url)
    with app.app_context():
        receiving.add(lambda letter, _to, _now: taken.append(letter) or "posted")  # type: ignore[func-returns-value]
        count = fetching.pump(clock.now())
    app.extensions["academy.settings"] = before
    app.extensions["academy.mail_receivers"].clear()
    return count, taken


def test_what_waits_in_a_mailbox_is_taken_once(app: Flask) -> None:
    with mailbox(b"Subject: one\r\n\r\nHello\r\n", b"Subject: two\r\n\r\nAgain\r\n") as (box, url):
        assert fetched(app, url) == (2, box.letters)
        assert box.seen == {1, 2}
        assert fetched(app, url) == (0, [])


def test_a_mailbox_that_cannot_be_read_is_tried_later(app: Flask) -> None:
    with mailbox(b"Hello", hangs_up=True) as (box, url):
        assert fetched(app, url) == (0, [])
        assert box.seen == set()
    assert fetched(app, "imap://us:x@127.0.0.1:1") == (0, [])
