"""Cases in the world of permissions: one that Mina took, one that was decided, both about Ana and reported by Zoya."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.moderation import letters
from alumni.moderation.models import Case, Entry, Report
from tests.makers import LONG_AGO

SAID, ANSWERED = "Zoya finds this dangerous.", "Mina explains the rule to Ana."


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Make them; what they are called in addresses."""
    ana, mina, now = people["ana"].id, people["mina"].id, clock.now()
    common = {"origin": "reported", "kind": "gone", "owner_id": ana, "opened_at": LONG_AGO, "reports": 1}
    taken = Case(number=1, claimed_by=mina, claimed_until=now + timedelta(minutes=20), **common)
    closed = {"state": "decided", "on_thing": "kept", "on_person": "warned", "reason": "spam", "words": ANSWERED}
    decided = Case(number=2, decided_by=mina, decided_at=LONG_AGO, told_at=LONG_AGO, **common, **closed)
    session.add_all([taken, decided])
    session.flush()
    for case in (taken, decided):
        report = Report(case_id=case.id, reporter_id=people["zoya"].id, reason="danger", words=SAID, made_at=LONG_AGO)
        session.add_all([report, Entry(case_id=case.id, at=LONG_AGO, by_id=mina, act="claimed")])
    session.commit()
    token = letters.token_of(decided.id, ana)
    return {"case": str(taken.id), "decided": str(decided.id), "appeal-letter": token}
