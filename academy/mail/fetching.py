"""Fetch the letters that wait in a mailbox and take them in: for sites whose mail server pipes nothing (IMAP)."""

import contextlib
import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Timer
from urllib.parse import unquote, urlsplit

from academy.current import the_settings
from academy.mail import receiving

log = logging.getLogger("academy.mail")
TIMEOUT, LONGEST, MOST = 15.0, 60.0, 50
PORTS = {"imap": 143, "imaps": 993}
TROUBLE = (OSError, imaplib.IMAP4.error, EOFError)


def pump(now: datetime) -> int:
    """Take in what is new in the mailbox of the settings; says how many letters. A mailbox that is away waits."""
    url = the_settings().imap_url
    if not url:
        return 0
    try:
        with _mailbox(url) as mailbox:
            return _take_new(mailbox, now)
    except TROUBLE as error:
        log.warning("The mailbox for answers could not be read: %s", type(error).__name__)
        return 0


@contextmanager
def _mailbox(url: str) -> Iterator[imaplib.IMAP4]:
    """The folder, open; whatever the server does, after a minute it is over."""
    parts = urlsplit(url)
    where = parts.hostname or "localhost", parts.port or PORTS[parts.scheme]
    if parts.scheme == "imaps":
        mailbox: imaplib.IMAP4 = imaplib.IMAP4_SSL(*where, timeout=TIMEOUT, ssl_context=ssl.create_default_context())
    else:
        mailbox = imaplib.IMAP4(*where, timeout=TIMEOUT)
    end = Timer(LONGEST, mailbox.shutdown)
    end.daemon = True
    end.start()
    try:
        mailbox.login(unquote(parts.username or ""), unquote(parts.password or ""))
        mailbox.select(parts.path.strip("/") or "INBOX")
        yield mailbox
        mailbox.close()
    finally:
        end.cancel()
        with contextlib.suppress(*TROUBLE):
            mailbox.logout()
        with contextlib.suppress(*TROUBLE):
            mailbox.shutdown()


def _take_new(mailbox: imaplib.IMAP4, now: datetime) -> int:
    _fine, found = mailbox.search(None, "UNSEEN")
    numbers = (found[0] or b"").split()[:MOST]
    for number in numbers:
        _take(mailbox, number.decode(), now)
    return len(numbers)


def _take(mailbox: imaplib.IMAP4, number: str, now: datetime) -> None:
    """Take one letter in; it counts as seen only then, so that it comes again if the site could not keep it."""
    _fine, parts = mailbox.fetch(number, f"(BODY.PEEK[]<0.{receiving.LARGEST + 1}>)")
    letter = next((bytes(each[1]) for each in parts if isinstance(each, tuple)), b"")
    outcome = receiving.receive(letter, "", now)
    mailbox.store(number, "+FLAGS", r"(\Seen)")
    log.info("A letter in the mailbox for answers: %s.", outcome)
