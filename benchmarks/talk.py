"""A place of the forum for benchmarks: believable topics by many people, who read and write there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from academy import clock, db
from academy.markdown import render_member_text
from academy.people import presence
from academy.people.models import ACTIVE, Member
from academy.web import tokens
from alumni.directory import crowd
from alumni.forum.places import circles
from alumni.forum.places import service as places
from alumni.forum.places.service import Outline
from alumni.forum.topics.models import Post, Topic
from benchmarks.site import cookie_of

PEOPLE, TOPICS, SHORT, LONG, ANSWER = 180, 100, 3, 60, 2
SLUG, TITLE = "practice", "How do you prepare for a first meeting"
TEXTS = (
    "I always ask each side alone first: **who must be in the room**, and who must be seen to be in it.",
    "У нас помогло простое правило:\n\n- сначала вода,\n- потом пастбища,\n- и только потом дорога.",
    "> who must be in the room\n\nThat is the question. We once forgot the man who opens the sluice.",
    "پیش از جلسه با بزرگان هر دو ده جداگانه چای نوشیدیم؛ بعد همه چیز آسان‌تر شد.",
    "A list that I keep: the room, the order of speaking, a pause after an hour, and *one* person who writes.",
)
SECRET = "0" * 40
"""What the sessions of writers hold, so that their forms need not be opened first."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Talk:
    """The addresses of the forum's hot pages; the cookies of those who write, the first of them reads too."""

    place: str
    topic: str
    reply: str
    cookies: tuple[str, ...]
    token: str


def seed_talk(app: Flask) -> Talk:
    """A place with topics, one of them of three pages; alumni who may write there without delay."""
    now = clock.now() - timedelta(days=3)
    with app.app_context():
        with db.the_database().transaction() as session:
            members = _members(session, now - timedelta(days=90))
        with db.the_database().transaction() as session:
            outline = Outline(SLUG, "Practice", circles.EVERYONE, circles.MEMBERS, circles.MEMBERS)
            place = places.open_place(session, outline, now)
            numbers = [_topic(session, place.id, members, now, each) for each in range(TOPICS)]
            signed = [
                presence.begin(session, member_id=each, now=clock.now(), device="bench", keep=True) for each in members
            ]
        token = app.extensions["academy.tokens"].dumps(SECRET)
    cookies = tuple(cookie_of(app, each, **{tokens.FIELD: SECRET}) for each in signed)
    slug = TITLE.lower().replace(" ", "-")
    return Talk(
        f"/forum/{SLUG}/", f"/forum/t/{numbers[-1]}/{slug}-{TOPICS}", f"/forum/t/{numbers[0]}/reply", cookies, token
    )


def _members(session: Session, since: datetime) -> list[int]:
    names = [f"talk-{number}@example.org" for number in range(PEOPLE)]
    common = {"password_hash": "", "state": ACTIVE, "created_at": since, "confirmed_at": since}
    called = zip(names, cycle(crowd.FIRST), strict=False)
    session.execute(
        insert(Member), [{**common, "email": each, "email_key": each, "display_name": name} for each, name in called]
    )
    numbers = list(session.scalars(select(Member.id).where(Member.email_key.in_(names)).order_by(Member.id)))
    crowd.join(session, numbers, since)
    return numbers


def _topic(session: Session, place_id: int, members: list[int], now: datetime, place: int) -> int:
    count = LONG if place == TOPICS - 1 else SHORT
    at = now + timedelta(minutes=place)
    by = members[place % PEOPLE]
    topic = Topic(
        category_id=place_id,
        title=f"{TITLE} {place + 1}",
        language="en",
        author_id=by,
        begun_at=at,
        last_posted_at=at,
        last_number=count,
        posts=count,
        last_author_id=by,
        closed_at=at if place % 10 == 1 else None,
    )
    session.add(topic)
    session.flush()
    session.execute(insert(Post), [_post(topic.id, number, members, at) for number in range(1, count + 1)])
    newest = select(Post.id).where(Post.topic_id == topic.id, Post.number == count).scalar_subquery()
    answer = select(Post.id).where(Post.topic_id == topic.id, Post.number == ANSWER).scalar_subquery()
    session.execute(
        update(Topic)
        .where(Topic.id == topic.id)
        .values(last_post_id=newest, answer_id=answer if place % 3 == 0 else None)
    )
    return topic.id


def _post(topic_id: int, number: int, members: list[int], at: datetime) -> Row:
    text = TEXTS[number % len(TEXTS)]
    return {
        "topic_id": topic_id,
        "number": number,
        "author_id": members[number * 7 % PEOPLE],
        "text": text,
        "html": str(render_member_text(text)),
        "language": ("en", "ru", "en", "fa", "en")[number % len(TEXTS)],
        "posted_at": at + timedelta(seconds=number),
        "settled_at": at,
        "helpful": number % 4,
    }
