"""Opportunities in the world of permissions: one of Ana's for the network, one for learners too, one that waits."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from academy.people.models import Member
from tests.alumni.opportunity_stage import opportunity

WAITS = "Ana’s offer that nobody has looked at"


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Make them; what they are called in addresses."""
    ana = people["ana"]
    return {
        "an-opportunity": str(opportunity(session, ana, open_ended=True).id),
        "open-opportunity": str(opportunity(session, ana, for_learners=True).id),
        "waiting-opportunity": str(opportunity(session, ana, title=WAITS, state="waiting").id),
    }
