"""What can be reported of facilitators: an offer to run sessions."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.facilitators import queries
from alumni.facilitators.models import Facilitator
from alumni.moderation.subjects import HIDE, Act, Subject, add_subject
from alumni.profiles.viewers import is_of_the_network

KIND = "facilitator"


def register() -> None:
    """Let offers be reported."""
    hide = {HIDE: Act(_hide, _show)}
    add_subject(Subject(KIND, _l("An offer to run sessions"), _may_report, _page, _excerpt, _owner, hide))


def _may_report(session: Session, actor: Actor, number: int) -> bool:
    looks = is_of_the_network(actor) or actor.is_trainer
    return looks and queries.facilitator_for(session, actor.id, number) is not None


def _page(session: Session, number: int) -> str:
    return url_for("facilitators.index") if session.get(Facilitator, number) is not None else ""


def _excerpt(session: Session, number: int) -> str:
    offer = session.get(Facilitator, number)
    return offer.words if offer is not None else ""


def _owner(session: Session, number: int) -> int | None:
    offer = session.get(Facilitator, number)
    return offer.member_id if offer is not None else None


def _hide(session: Session, number: int, now: datetime) -> None:
    offer = session.get(Facilitator, number)
    if offer is not None and offer.withheld_at is None:
        offer.withheld_at = now


def _show(session: Session, number: int, now: datetime) -> None:
    del now
    offer = session.get(Facilitator, number)
    if offer is not None:
        offer.withheld_at = None
