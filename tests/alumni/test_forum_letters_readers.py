"""Who may be told: for each circle exactly those who may read; and the step costs the same however many watch."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.models import Notice
from academy.people.models import SUSPENDED, Member
from academy.people.queries import as_actor
from alumni.forum.places import readers
from alumni.forum.places.asking import asker_of, may_read
from alumni.forum.places.models import Category
from alumni.forum.topics import service
from alumni.forum.topics.models import Level, Standing
from courses.cohorts import service as cohorts
from tests import makers
from tests.alumni import forum_stage, group_stage
from tests.alumni.letter_stage import crowd_of, settle
from tests.courses import places, shelf
from tests.queries import QueryCount


def test_the_step_asks_the_same_number_of_questions_however_many_watch(
    app: Flask,
    session: Session,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
    ana: Member,
    lena: Member,
) -> None:
    room = forum_stage.topic(app, session, forum_stage.place(session), ana)
    settle(app, session)
    counts = []
    for crowd in (2, 200):
        numbers = crowd_of(session, crowd)
        row = {"topic_id": room.id, "level": Level.WATCH, "why": "", "touched_at": clock.now(), "read_to": 0}
        session.execute(insert(Standing), [{**row, "member_id": number} for number in numbers])
        with app.test_request_context():
            words = forum_stage.words("To all of you.")
            service.reply(session, topic_id=room.id, by=lena.id, words=words, now=clock.now())
        session.commit()
        with query_count() as count:
            settle(app, session)
        counts.append(count.total)
        watchers = session.scalar(select(func.count()).where(Notice.member_id.in_(numbers)))
        assert watchers == crowd
        session.rollback()
    assert counts[0] == counts[1]


CIRCLES = ("everyone", "members", "alumni", "trainers", "staff", "course", "cohort", "group", "unknown")


@pytest.mark.parametrize("circle", CIRCLES)
def test_readers_are_exactly_those_who_may_read(
    app: Flask, session: Session, circle: str, lena: Member, tariq: Member, ana: Member, mina: Member, ada: Member
) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    intake = places.cohort(session)
    cohorts.add_members(session, cohort_id=intake.id, member_ids=[lena.id, ana.id], now=makers.LONG_AGO)
    helper = makers.member(session, "Zarina", roles=(("reviewer", "course:first-steps"),))
    group = group_stage.group(session, ana)
    names = {
        "course": "course:first-steps",
        "cohort": f"cohort:c{intake.id}",
        "group": f"group:{group.id}",
        "unknown": "group:x",
    }
    where = forum_stage.place(session, readers=names.get(circle, circle))
    everybody = [lena, tariq, ana, mina, ada, helper, makers.member(session, "Max")]
    gone = makers.member(session, "Gone", alumna=True)
    gone.state = SUSPENDED
    session.commit()
    with app.app_context():
        may = {
            who.id
            for who in everybody
            if session.scalar(
                select(Category.id).where(Category.id == where.id, may_read(asker_of(session, as_actor(session, who))))
            )
        }
        found = readers.readers_among(session, where.readers, [*(each.id for each in everybody), gone.id])
    assert found == may
