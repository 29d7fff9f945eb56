"""Post, change and end opportunities; save them; what moderators do to them."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.markdown import render_member_text
from alumni.moderation import service as moderation
from alumni.moderation.newcomers import is_newcomer
from alumni.moderation.queries import is_silenced
from alumni.moderation.refusals import Silenced
from alumni.opportunities.models import FILLED, REFUSED, SHOWN, WAITING, WITHDRAWN, Opportunity, OpportunityMark
from alumni.opportunities.rules import OPEN_FOR, end_of_day
from alumni.opportunities.said import Said

KIND = "opportunity"


class ChangedMeanwhile(DomainError):
    """The same opportunity was changed in another tab or on another device."""

    sentence = _l("This was changed somewhere else since you opened it. Look at both before you save again.")


class NotOpen(DomainError):
    """The opportunity is over, or waits for somebody."""

    sentence = _l("This opportunity is not open.")


def post(session: Session, *, said: Said, by: int, now: datetime) -> Opportunity:
    """Post it; what newcomers post waits for a moderator. Raises Silenced."""
    if is_silenced(session, by, now):
        raise Silenced
    made = Opportunity(poster_id=by, made_at=now, version=1)
    _fill(made, said, now)
    session.add(made)
    session.flush()
    _show(session, made, now)
    return made


def change(session: Session, *, row: Opportunity, said: Said, version: int, now: datetime) -> None:
    """Say something else of it; raise ChangedMeanwhile, Silenced or NotOpen. A newcomer's change is looked at again."""
    if row.version != version:
        raise ChangedMeanwhile
    if row.poster_id is None or is_silenced(session, row.poster_id, now):
        raise Silenced
    if row.state in {WITHDRAWN, FILLED}:
        raise NotOpen
    _fill(row, said, now)
    row.version += 1
    _show(session, row, now)


def _fill(row: Opportunity, said: Said, now: datetime) -> None:
    row.kind, row.title, row.organisation = said.kind, said.title, said.organisation
    row.country, row.remote, row.topic = said.country, said.remote, said.topic
    row.languages = f" {' '.join(said.languages)} " if said.languages else ""
    row.pay, row.fee, row.source = said.pay, said.fee, said.source
    row.text, row.text_html = said.text, str(render_member_text(said.text))
    row.zone, row.for_learners = said.zone, said.for_learners
    if said.last_day is not None:
        row.open_ended, row.closes_at = False, end_of_day(said.last_day, said.zone)
    elif not row.open_ended:
        row.open_ended, row.closes_at = True, now + OPEN_FOR
    row.poster_reminded_at = None


def _show(session: Session, row: Opportunity, now: datetime) -> None:
    """Show it, or let it wait: what newcomers wrote, and what was turned away and mended."""
    must_wait = row.state == REFUSED or row.poster_id is None or is_newcomer(session, row.poster_id, now)
    row.state = WAITING if must_wait else SHOWN
    if must_wait:
        session.flush()
        moderation.wait_for_review(session, kind=KIND, number=row.id, now=now)
    else:
        row.shown_at = row.shown_at or now


def end(session: Session, *, row: Opportunity, filled: bool, now: datetime) -> None:
    """Take it back, or say that it is filled; to do it twice changes nothing."""
    if row.state in {WITHDRAWN, FILLED}:
        return
    row.state, row.version = FILLED if filled else WITHDRAWN, row.version + 1
    moderation.no_longer_there(session, kind=KIND, number=row.id, now=now)


def extend(row: Opportunity, now: datetime) -> None:
    """Say that it is still open: another ninety days; raise NotOpen for what has a day of its own or is over."""
    if row.state != SHOWN or not row.open_ended:
        raise NotOpen
    row.closes_at, row.poster_reminded_at = now + OPEN_FOR, None


def save(session: Session, *, member_id: int, number: int, now: datetime) -> None:
    """Keep it on a member's list, and remind them before it closes."""
    _mark(session, member_id, number, saved_at=now, reminded_at=None)


def unsave(session: Session, *, member_id: int, number: int) -> None:
    """Take it off the list."""
    mine = OpportunityMark.member_id == member_id, OpportunityMark.opportunity_id == number
    session.execute(update(OpportunityMark).where(*mine).values(saved_at=None))


def put_out_of_sight(session: Session, number: int, member_id: int, now: datetime) -> None:
    """Show it no more to somebody who reported it."""
    _mark(session, member_id, number, unwanted_at=now, saved_at=None)


def _mark(session: Session, member_id: int, number: int, **values: datetime | None) -> None:
    new = insert_into(OpportunityMark, session.get_bind()).values(member_id=member_id, opportunity_id=number, **values)
    session.execute(new.on_conflict_do_update(index_elements=["member_id", "opportunity_id"], set_=values))


def forget(session: Session, member_id: int) -> None:
    """Remove what a member posted and marked."""
    session.execute(delete(OpportunityMark).where(OpportunityMark.member_id == member_id))
    session.execute(delete(Opportunity).where(Opportunity.poster_id == member_id))
