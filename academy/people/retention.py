"""What is forgotten by itself: accounts nobody confirmed, sign-ins and links that ended, closed limits."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy import db
from academy.jobs.registry import Values, add_interval
from academy.people.models import UNCONFIRMED, MailedLink, Member, RoleGrant, SecondFactorLift, SignIn
from academy.people.second_factor import LIFT_WAITS
from academy.web.tallies import SqlStorage

UNCONFIRMED_FOR = timedelta(days=7)
EVERY = timedelta(hours=6)


def init_app() -> None:
    """Let the worker do it four times a day."""
    add_interval("people.forget", forget_the_old, every=EVERY)


def forget_the_old(_values: Values, now: datetime) -> None:
    """Do it now, in short transactions of its own."""
    with db.the_database().transaction() as session:
        forget(session, now)
    SqlStorage(db.the_database()).forget_the_closed()


def forget(session: Session, now: datetime) -> None:
    """Remove what is past its time; an account that was given a role waits for its owner."""
    unconfirmed = (Member.state == UNCONFIRMED, Member.created_at < now - UNCONFIRMED_FOR)
    with_role = select(RoleGrant.member_id)
    waiting = select(MailedLink.member_id).where(MailedLink.used_at.is_(None), MailedLink.expires_at > now)
    session.execute(delete(Member).where(*unconfirmed, Member.id.not_in(with_role), Member.id.not_in(waiting)))
    session.execute(delete(SignIn).where((SignIn.expires_at < now) | (SignIn.idle_until < now)))
    session.execute(delete(MailedLink).where(MailedLink.expires_at < now))
    session.execute(delete(SecondFactorLift).where(SecondFactorLift.asked_at < now - LIFT_WAITS))
