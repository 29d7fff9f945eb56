"""Put letters into the outbox, in the transaction of what they tell of; nothing leaves before the commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.jobs import pokes
from academy.mail.models import FAILED, WAITING, Letter
from academy.mail.writing import one_line, write

PUMP = "mail"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a letter goes, the language its receiver reads, and their time zone ('': the academy's own)."""

    email: str
    name: str = ""
    language: str = "en"
    time_zone: str = ""


def queue(
    session: Session,
    *,
    to: Address,
    template: str,
    values: Mapping[str, object],
    now: datetime,
    key: str | None = None,
    unsubscribe: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Write templates/mail/<template>.txt to somebody and let it wait for the worker.

    With the same `key` a letter is queued once, however often it is asked for. `unsubscribe` is the full address where
    the receiver stops such letters, as `academy.notices.stopping.address` makes it; `headers` are more of them.
    Raises ValueError for an address of mail that could not be one.
    """
    to = Address(_checked(to.email), one_line(to.name), to.language, to.time_zone)
    written = write(template, language=to.language, values={"to": to, **values}, time_zone=to.time_zone)
    letter = Letter(
        key=key,
        to_email=to.email,
        to_name=to.name,
        language=written.language,
        subject=written.subject,
        text=written.text,
        html=written.html,
        headers={**{name: one_line(each) for name, each in (headers or {}).items()}, **_way_out(unsubscribe)},
        created_at=now,
        next_try_at=now,
    )
    if _added(session, letter):
        pokes.after_commit(PUMP)


def _way_out(address: str) -> dict[str, str]:
    if not address:
        return {}
    return {"List-Unsubscribe": f"<{one_line(address)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def try_again(session: Session, now: datetime) -> int:
    """Let every letter that was given up wait once more, as if it were new; returns how many."""
    anew = {"state": WAITING, "tries": 0, "next_try_at": now, "first_tried_at": None}
    found = session.execute(update(Letter).where(Letter.state == FAILED).values(anew).returning(Letter.id)).all()
    if found:
        pokes.after_commit(PUMP)
    return len(found)


def forget(session: Session, *, email: str) -> None:
    """Remove every letter to this address (its owner is being erased)."""
    session.execute(delete(Letter).where(Letter.to_email == email))


def _checked(email: str) -> str:
    try:
        validate_email(email, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise ValueError("This is not an address for letters.") from error
    return email


def _added(session: Session, letter: Letter) -> bool:
    try:
        with session.begin_nested():
            session.add(letter)
    except IntegrityError:
        if letter.key is None:
            raise
        return False
    return True
