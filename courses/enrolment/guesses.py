"""How often a code may be tried: wrong ones count, a good one is taken off again."""

from academy import db
from academy.web import limits
from academy.web.limits import Limit, Try

OF_MEMBER = Limit("enrolment.code.member", 10, 15 * 60)
OF_HOUSEHOLD = Limit("enrolment.code.client", 60, 60 * 60)  # a whole class may sit behind one address


def spend(member_id: int) -> None:
    """Count a try; raise TooMany. Before the request's own transaction begins, as limits ask."""
    limits.spend_each(*_tries(member_id))


def give_back(member_id: int) -> None:
    """Take the try off again once the place is really given."""
    tries = _tries(member_id)
    db.after_commit(lambda: limits.excuse(given_back=tries))


def _tries(member_id: int) -> tuple[Try, Try]:
    return Try(OF_MEMBER, (member_id,)), Try(OF_HOUSEHOLD, (limits.client(),))
