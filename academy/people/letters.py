"""The letters of accounts. None of them carries words a stranger could choose."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.mail.service import Address, queue
from academy.mail.service import forget as forget_letters_to
from academy.mail.writing import public_url
from academy.people.models import Member


def send(session: Session, *, to: Member, template: str, now: datetime, email: str = "", link: str = "") -> None:
    """A letter to a member, at `email` instead of their own address if given."""
    address = Address(email or to.email, "", to.language, to.time_zone)
    queue(session, to=address, template=template, values={"link": link}, now=now)


def send_to_stranger(session: Session, *, email: str, language: str, template: str, now: datetime) -> None:
    """A letter to an address without an account."""
    link = public_url("people.register")
    queue(session, to=Address(email, "", language), template=template, values={"link": link}, now=now)


def forget(session: Session, *, member: Member) -> None:
    """Remove every letter to a member who is being erased."""
    forget_letters_to(session, email=member.email)
