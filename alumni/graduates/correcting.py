"""Write one earlier graduate down by hand, or correct what is written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from academy.people.addresses import as_written, key_of
from alumni.graduates.models import CONFIRMED, LISTED, EarlierGraduate
from alumni.graduates.rules import name_key
from alumni.graduates.service import cohort_named


class AddressListed(DomainError):
    """Somebody else on the list has this address."""

    sentence = _l("Somebody else on the list has this address.")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody."""

    name: str
    email: str
    cohort: str
    year: int
    country: str


def add(session: Session, *, facts: Facts, by: Actor, now: datetime) -> int:
    """Put somebody onto the list; raise AddressListed. Returns their number on it."""
    graduate = EarlierGraduate(created_at=now)
    _keep(session, graduate, facts, now)
    record(session, actor=by, action="graduate.added", now=now, subject=f"graduate:{graduate.id}")
    return graduate.id


def change(session: Session, *, graduate: EarlierGraduate, facts: Facts, by: Actor, now: datetime) -> None:
    """Correct it; raise AddressListed. A new address was not written to yet: what went to the old one is void."""
    before = graduate.email_key
    _keep(session, graduate, facts, now)
    if graduate.state != CONFIRMED and graduate.email_key != before:
        graduate.state, graduate.token_hash, graduate.letters, graduate.invited_at = LISTED, "", 0, None
    record(session, actor=by, action="graduate.changed", now=now, subject=f"graduate:{graduate.id}")


def _keep(session: Session, graduate: EarlierGraduate, facts: Facts, now: datetime) -> None:
    cohort_id = cohort_named(session, name=facts.cohort, year=facts.year, now=now)
    try:
        with session.begin_nested():
            graduate.cohort_id = cohort_id
            _fill(graduate, facts)
            session.add(graduate)
    except IntegrityError as error:
        raise AddressListed from error


def _fill(graduate: EarlierGraduate, facts: Facts) -> None:
    graduate.name, graduate.name_key, graduate.country = facts.name, name_key(facts.name), facts.country
    if facts.email or graduate.email:  # of whoever refused nothing was left to correct
        graduate.email = as_written(facts.email)
        graduate.email_key = key_of(facts.email) if facts.email else ""
