"""Write the letters that are due: read first, then a short transaction for each few of them."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy import db, zones
from academy.current import the_settings
from academy.jobs.registry import Values, add_interval
from academy.mail.service import Address, queue
from academy.mail.writing import public_url, speaking
from academy.notices import stopping
from alumni.digest import people, pieces, queries, rules
from alumni.digest.models import DigestChoice
from alumni.digest.pieces import Line, Part, Reader
from alumni.digest.queries import Due
from alumni.profiles.viewers import viewer_of

log = logging.getLogger("academy.digest")
EVERY = timedelta(minutes=15)
SECONDS = 480.0  # a job that lasts longer than a quarter of an hour would be taken up a second time


@dataclass(frozen=True, slots=True)
class Written:
    """A letter before it goes into the outbox; without parts there is nothing worth telling."""

    due: Due
    parts: Sequence[Part]
    wait_until: datetime | None
    next_at: datetime | None


def init_app() -> None:
    """Let the worker do it."""
    add_interval("digest.send", send, every=EVERY)


def send(_values: Values, now: datetime) -> None:
    """Write every letter that is due, as far as time allows; the rest is due still."""
    with db.the_database().transaction() as session:
        people.note(session)
    until, after = time.monotonic() + SECONDS, None
    while time.monotonic() < until:
        with db.the_database().reading() as session:
            written = [_written(session, due, now) for due in queries.due(session, now, after)]
        if not written:
            return
        with db.the_database().transaction() as session:
            for letter in written:
                _settle(session, letter, now)
        last = written[-1].due.choice
        after = (last.next_at or now, last.member_id)


def _written(session: Session, due: Due, now: datetime) -> Written:
    choice = due.choice
    with speaking(due.member.language), zones.telling(due.member.time_zone):
        zone = zones.current()
        next_at = rules.next_due(choice.frequency, now, zone)
        if not due.is_of_the_network:
            return Written(due, (), None, next_at)
        if rules.is_quiet(now, zone, choice.quiet_from, choice.quiet_to):
            return Written(due, (), rules.quiet_until(now, zone, choice.quiet_to), next_at)
        return Written(due, told_to(session, due, now), None, next_at)


def told_to(session: Session, due: Due, now: datetime) -> list[Part]:
    """What this member's letter would tell now."""
    reader = Reader(due.actor, viewer_of(session, due.actor), due.choice.since, now)
    return pieces.told(session, reader)


def _settle(session: Session, letter: Written, now: datetime) -> None:
    """Claim the letter by moving on, in the transaction that writes it: whoever comes second finds it moved."""
    choice, moved = letter.due.choice, {"next_at": letter.wait_until or letter.next_at}
    if letter.parts:
        moved["since"] = now
    mine = (DigestChoice.member_id == choice.member_id, DigestChoice.next_at == choice.next_at)
    claimed = session.execute(update(DigestChoice).where(*mine).values(moved).returning(DigestChoice.member_id))
    if claimed.first() is None or not letter.parts:
        return
    try:
        _queue(session, letter, now)
    except ValueError:  # one address that could not be one must not hold up the others
        log.warning("The digest of member %d has no address to go to.", choice.member_id)


def _queue(session: Session, letter: Written, now: datetime) -> None:
    member, choice = letter.due.member, letter.due.choice
    stop_url = stopping.address(member.id, rules.WHAT)
    queue(
        session,
        to=Address(member.email, member.display_name, member.language, member.time_zone),
        template="digest",
        values={
            "parts": [_with_addresses(part) for part in letter.parts],
            "digest_url": public_url("digest.index"),
            "stop_url": stop_url,
        },
        now=now,
        key=f"digest:{member.id}:{choice.next_at:%Y%m%d%H%M}",
        unsubscribe=stop_url,
    )


def _with_addresses(part: Part) -> Part:
    site = the_settings().public_url
    lines = [Line(line.words, f"{site}{line.url}", line.detail) for line in part.lines]
    return Part(part.title, f"{site}{part.url}", lines)
