"""Jobs do some at a time: a worker that is killed in between loses little, and nobody waits long for it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event, func, insert, select
from sqlalchemy.orm import Session

from academy import clock
from academy.db import Writing
from academy.people.models import Member
from alumni.events import guest_queries, jobs
from alumni.events.models import Event
from alumni.moderation import forgetting
from alumni.moderation.models import Case
from tests.alumni import event_stage
from tests.makers import LONG_AGO

UNSLICED = 3  # transactions of a job that does everything in one, looks for more, and goes on


@pytest.fixture
def commits() -> Iterator[list[Session]]:
    """Grows with every transaction that ends well."""
    seen: list[Session] = []

    def note(session: Session) -> None:
        seen.append(session)

    event.listen(Writing, "after_commit", note)
    yield seen
    event.remove(Writing, "after_commit", note)


def test_reminders_of_many_meetings(app: Flask, session: Session, ana: Member, commits: list[Session]) -> None:
    first = event_stage.event(session, ana)
    same = {name: value for name, value in first.__dict__.items() if name in Event.__table__.c and name != "id"}
    session.execute(insert(Event), [same for _each in range(2 * guest_queries.AT_ONCE)])
    session.commit()
    commits.clear()
    with app.app_context():
        jobs.remind({}, first.begins_at - event_stage.SOON / 6)
    untold = select(func.count()).select_from(Event).where(Event.day_told_at.is_(None))
    assert session.scalar(untold) == 0
    assert len(commits) > UNSLICED


def test_tidying_old_cases(app: Flask, session: Session, commits: list[Session]) -> None:
    old = {"origin": "reported", "kind": "note", "opened_at": LONG_AGO, "state": "decided", "evidence": "Words."}
    decided = {**old, "decided_at": LONG_AGO}
    session.execute(insert(Case), [{**decided, "number": each} for each in range(2 * forgetting.AT_ONCE + 1)])
    session.commit()
    commits.clear()
    with app.app_context():
        forgetting.tidy_up({}, clock.now() + 2 * forgetting.KEPT_FOR)
    assert session.scalar(select(func.count()).select_from(Case).where(Case.evidence != "")) == 0
    assert len(commits) > UNSLICED
