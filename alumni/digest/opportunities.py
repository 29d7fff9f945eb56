"""Opportunities that are new since the last letter, and that the reader can still apply for."""

from collections.abc import Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.i18n import long_date
from alumni.digest.pieces import MOST_LINES, Line, Piece, Reader
from alumni.opportunities.models import Opportunity, OpportunityMark
from alumni.opportunities.queries import is_open, may_see
from alumni.opportunities.rules import last_day


def _lines(session: Session, reader: Reader) -> Sequence[Line]:
    own = and_(OpportunityMark.opportunity_id == Opportunity.id, OpportunityMark.member_id == reader.actor.id)
    new = (
        select(Opportunity.id, Opportunity.title, Opportunity.organisation, Opportunity.closes_at, Opportunity.zone)
        .outerjoin(OpportunityMark, own)
        .where(may_see(reader.actor), is_open(reader.now), OpportunityMark.unwanted_at.is_(None))
        .where(Opportunity.shown_at > reader.since, Opportunity.poster_id.is_distinct_from(reader.actor.id))
    )
    rows = session.execute(new.order_by(Opportunity.closes_at, Opportunity.id).limit(MOST_LINES))
    return [
        Line(
            row.title,
            f"/alumni/opportunities/{row.id}",
            _("%(who)s, open until %(day)s", who=row.organisation, day=long_date(last_day(row.closes_at, row.zone))),
        )
        for row in rows
    ]


OPPORTUNITIES = Piece(_l("New opportunities"), 30, "/alumni/opportunities/", _lines)
