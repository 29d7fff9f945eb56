"""What moderators see of opportunities, and what they can do to them."""

from datetime import datetime

from flask import url_for
from sqlalchemy import Update, update
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.moderation.subjects import HIDE, REMOVE, Act, Deed, Review, Subject, add_review, add_subject
from alumni.opportunities import queries, service
from alumni.opportunities.models import REFUSED, SHOWN, WAITING, Opportunity
from alumni.opportunities.service import KIND

HIDDEN_AFTER = 3


def register() -> None:
    """Let opportunities be reported, and those of newcomers wait."""
    add_subject(
        Subject(
            KIND,
            _l("An opportunity"),
            may_report=_may_report,
            page=_page,
            excerpt=_excerpt,
            owner=_owner,
            acts={
                HIDE: Act(_sets(hidden_at=True), _sets(hidden_at=False)),
                REMOVE: Act(_sets(removed_at=True), _sets(removed_at=False)),
            },
            hidden_after=HIDDEN_AFTER,
            reported=service.put_out_of_sight,
        )
    )
    add_review(Review(KIND, approve=_approve, refuse=_becomes(REFUSED), wait=_becomes(WAITING)))


def _may_report(session: Session, actor: Actor, number: int) -> bool:
    return queries.seen(session, actor, number) is not None


def _page(session: Session, number: int) -> str:
    row = queries.by_number(session, number)
    return url_for("opportunities.show", number=number) if row and row.removed_at is None else ""


def _excerpt(session: Session, number: int) -> str:
    row = queries.by_number(session, number)
    if row is None:
        return ""
    lines = (row.title, row.organisation, row.fee, row.source, row.text)
    return "\n".join(line for line in lines if line)


def _owner(session: Session, number: int) -> int | None:
    row = queries.by_number(session, number)
    return row.poster_id if row else None


def _sets(**marks: bool) -> Deed:
    def deed(session: Session, number: int, now: datetime) -> None:
        values = {name: now if is_set else None for name, is_set in marks.items()}
        session.execute(update(Opportunity).where(Opportunity.id == number).values(values))

    return deed


def _becomes(state: str) -> Deed:
    def deed(session: Session, number: int, now: datetime) -> None:
        del now
        session.execute(_undecided(number).values(state=state))

    return deed


def _approve(session: Session, number: int, now: datetime) -> None:
    session.execute(_undecided(number).values(state=SHOWN, shown_at=now))


def _undecided(number: int) -> Update:
    """What its poster has not ended meanwhile."""
    states = (WAITING, SHOWN, REFUSED)
    return update(Opportunity).where(Opportunity.id == number, Opportunity.state.in_(states))
