"""How often a code may be tried: wrong ones count, a good one is taken off again."""

from academy import db
from academy.web import limits
from academy.web.limits import Limit

OF_MEMBER = Limit("enrolment.code.member", 10, 15 * 60)
OF_HOUSEHOLD = Limit("enrolment.code.client", 60, 60 * 60)  # a whole class may sit behind one address


def spend(member_id: int) -> None:
    """Count a try; raise TooMany. Before the request's own transaction begins, as limits ask."""
    limits.spend(OF_MEMBER, member_id)
    limits.spend(OF_HOUSEHOLD, limits.client())


def give_back(member_id: int) -> None:
    """Take the try off again once the place is really given."""
    client = limits.client()
    db.after_commit(lambda: limits.give_back(OF_MEMBER, member_id))
    db.after_commit(lambda: limits.give_back(OF_HOUSEHOLD, client))
