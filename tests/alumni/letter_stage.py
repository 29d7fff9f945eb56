"""What tests of the forum's letters share: the worker comes by, somebody says something, what somebody was told."""

from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.models import Notice
from academy.people.models import ACTIVE, Member
from alumni.forum.following import service as following
from alumni.forum.topics import service, settling
from alumni.forum.topics.models import Level, Post, Topic
from tests import makers
from tests.alumni import forum_stage


def settle(app: Flask, session: Session) -> None:
    """Let the worker come by."""
    session.commit()
    with app.app_context():
        settling.pump(clock.now())


def said(app: Flask, session: Session, made: Topic, by: Member, text: str, **more: object) -> Post:
    """A post of theirs, told at once."""
    with app.test_request_context():
        post = service.reply(
            session,
            topic_id=made.id,
            by=by.id,
            words=forum_stage.words(text),
            now=clock.now(),
            **more,  # type: ignore[arg-type]
        )
    settle(app, session)
    return post


def told(session: Session, who: Member) -> list[tuple[str, int]]:
    """The kinds of notices of somebody, and how often each counts."""
    rows = session.execute(select(Notice.kind, Notice.times).where(Notice.member_id == who.id).order_by(Notice.id))
    found = [(row.kind, row.times) for row in rows]
    session.rollback()
    return found


def watch(session: Session, made: Topic, *members: Member, level: Level = Level.WATCH) -> None:
    """Let them follow it so closely."""
    for member in members:
        following.follow(session, member_id=member.id, topic_id=made.id, level=level, now=clock.now())
    session.commit()


def crowd_of(session: Session, count: int) -> list[int]:
    """So many members."""
    row = {"password_hash": "", "display_name": "One of many", "state": ACTIVE, "created_at": makers.LONG_AGO}
    rows = [
        {**row, "email": f"m{count}-{n}@example.org", "email_key": f"m{count}-{n}@example.org"} for n in range(count)
    ]
    return list(session.scalars(insert(Member).returning(Member.id), rows))
