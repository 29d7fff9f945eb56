"""Post what waits: claim some letters, hand them over one by one, note what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from urllib.parse import urlsplit

from email_validator import validate_email
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from academy import db
from academy.current import the_settings
from academy.mail.models import FAILED, SENT, WAITING, Letter
from academy.mail.transport import (
    HANDED_OVER,
    REFUSED,
    UNWRITABLE,
    Outcome,
    Server,
    SmtpTransport,
    Transport,
    reason_of,
)
from academy.settings import Settings

BATCH = 10
LEASE = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
LONGEST_WAIT = 60
GIVE_UP_AFTER = timedelta(hours=24)
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that belongs to one worker for a quarter of an hour."""

    id: int
    tries: int
    first_tried_at: datetime
    message: EmailMessage


def deliver_waiting(now: datetime, transport: Transport) -> int:
    """Post every letter that is due, each at least once; returns how many were handed over."""
    sent = 0
    while (claimed := _claim(now)) is not None:
        outcomes = transport.post([letter.message for letter in claimed]) if claimed else ()
        for letter, outcome in zip(claimed, outcomes, strict=True):
            _settle(letter, outcome, now)
            sent += outcome.what == HANDED_OVER
    return sent


def pump(now: datetime) -> int:
    """Post what is due by the mail server of the settings; without one, letters wait for an admin to read them."""
    url = the_settings().smtp_url
    return deliver_waiting(now, SmtpTransport(Server.from_url(url))) if url else 0


def tidy_up(_values: object, now: datetime) -> None:
    """Drop letters that are long sent or given up."""
    with db.the_database().transaction() as session:
        session.execute(delete(Letter).where(Letter.state != WAITING, Letter.created_at < now - KEPT))


def _claim(now: datetime) -> Sequence[Claimed] | None:
    due = (
        select(Letter).where(Letter.state == WAITING, Letter.next_try_at <= now).order_by(Letter.next_try_at, Letter.id)
    )
    with db.the_database().transaction() as session:
        letters = session.scalars(due.order_by(Letter.id).limit(BATCH).with_for_update(skip_locked=True)).all()
        return [each for letter in letters if (each := _claimed(letter, now))] if letters else None


def _claimed(letter: Letter, now: datetime) -> Claimed | None:
    letter.tries += 1
    letter.next_try_at = now + LEASE
    letter.first_tried_at = letter.first_tried_at or now
    try:
        message = message_of(letter)
    except UNWRITABLE as error:  # one letter that no server could take must not hold up the others
        letter.state, letter.error = FAILED, reason_of(error)
        return None
    return Claimed(letter.id, letter.tries, letter.first_tried_at, message)


class _Whole(EmailPolicy):
    """The library's policy, except for the way out of a list: a long address that is folded leads nowhere."""

    def fold(self, name: str, value: str) -> str:
        """One header as text."""
        return f"{name}: {value}{self.linesep}" if name == "List-Unsubscribe" else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """One header as bytes."""
        whole = name == "List-Unsubscribe"
        return self.fold(name, value).encode("ascii") if whole else super().fold_binary(name, value)


def message_of(letter: Letter) -> EmailMessage:
    """The letter as it travels: plain text first, small HTML second."""
    settings = the_settings()
    host = urlsplit(settings.public_url).hostname or "localhost"
    message = EmailMessage(policy=_Whole(linesep="\r\n"))
    message["From"] = Address(settings.name, addr_spec=_sender(settings, host))
    message["To"] = _receiver(letter)
    message["Subject"] = letter.subject
    message["Date"] = letter.created_at
    message["Message-ID"] = f"<letter-{letter.id}-{letter.created_at:%Y%m%d%H%M%S}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    for name, value in letter.headers.items():
        message[name] = value
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


def _receiver(letter: Letter) -> Address:
    # Servers that know only ASCII reach a domain such as пример.рф by its other spelling.
    parts = validate_email(letter.to_email, check_deliverability=False, globally_deliverable=False)
    return Address(letter.to_name, username=parts.local_part, domain=parts.ascii_domain)


def _sender(settings: Settings, host: str) -> str:
    chosen = Server.from_url(settings.smtp_url).sender if settings.smtp_url else ""
    return chosen or f"no-reply@{host}"


def _settle(letter: Claimed, outcome: Outcome, now: datetime) -> None:
    with db.the_database().transaction() as session:
        _note(session, letter, outcome, now)


def _note(session: Session, letter: Claimed, outcome: Outcome, now: datetime) -> None:
    mine = update(Letter).where(Letter.id == letter.id, Letter.tries == letter.tries)
    if outcome.what == HANDED_OVER:
        session.execute(mine.values(state=SENT, sent_at=now, text="", html="", error=""))
    elif outcome.what == REFUSED or now - letter.first_tried_at >= GIVE_UP_AFTER:
        session.execute(mine.values(state=FAILED, error=outcome.reason))
    else:
        wait = min(2 ** (letter.tries - 1), LONGEST_WAIT) * MINUTE
        session.execute(mine.values(next_try_at=now + wait, error=outcome.reason))
