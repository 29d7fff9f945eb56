"""Letters that come in: whoever gives out addresses for answers takes what is sent there."""

from collections.abc import Callable
from datetime import datetime

from flask import current_app

LARGEST = 10 * 1024 * 1024
Receiver = Callable[[bytes, str, datetime], str]
NOT_OURS = "not ours"


def add(receiver: Receiver) -> None:
    """Let this take letters in: their bytes, and the address of the envelope if the mail server told it.

    It answers with a word for what it did, `NOT_OURS` for letters that are not for it; it raises for what may be tried
    again, such as a database that is away, and never for what a letter says.
    """
    _receivers().append(receiver)


def receive(letter: bytes, to: str, now: datetime) -> str:
    """Take in a letter; says in a word what became of it. It opens its own transactions."""
    for receiver in _receivers():
        outcome = receiver(letter, to, now)
        if outcome != NOT_OURS:
            return outcome
    return NOT_OURS


def _receivers() -> list[Receiver]:
    receivers: list[Receiver] = current_app.extensions.setdefault("academy.mail_receivers", [])
    return receivers
