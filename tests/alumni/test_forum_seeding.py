"""A forum seeded for measurements is as its services would have left it: each figure, each line of the search."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, event, func, select, text
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.forum.demo.spread import LEAST_LONG, LONG_TOPICS, dice, spread
from alumni.forum.finding import service as finding
from alumni.forum.finding.models import TEXTS
from alumni.forum.following import service as following
from alumni.forum.following.rules import BEGAN, READ, WROTE
from alumni.forum.topics import service, wording
from alumni.forum.topics.models import Helpful, Post, PostEdit, Standing, State, Topic, TopicTag
from tests.alumni.forum_stage import words
from tests.browser import Browser

pytestmark = pytest.mark.slow


@pytest.fixture
def seeded(app: Flask, session: Session) -> Session:
    session.rollback()
    for topics, posts in (("60", "700"), ("3", "5")):
        result = app.test_cli_runner().invoke(args=["bench", "seed", "--topics", topics, "--posts", posts])
        assert result.exit_code == 0, result.output
        assert f"{topics} topics with {posts} posts by" in result.output
    return session


def test_what_rows_know_of_each_other_is_right(seeded: Session) -> None:
    posts = seeded.scalars(select(Post).order_by(Post.id)).all()
    topics = seeded.scalars(select(Topic).order_by(Topic.id)).all()
    assert (len(topics), len(posts)) == (63, 705)
    assert [each.posted_at for each in posts[:700]] == sorted(each.posted_at for each in posts[:700])
    assert {each.state for each in posts} == {State.SHOWN, State.REMOVED}
    for topic in topics:
        of_it = [post for post in posts if post.topic_id == topic.id]
        shown = [post for post in of_it if post.state == State.SHOWN]
        assert [post.number for post in of_it] == list(range(1, topic.last_number + 1))
        assert (topic.posts, topic.last_post_id) == (len(shown), shown[-1].id)
        assert (topic.last_posted_at, topic.last_author_id) == (shown[-1].posted_at, shown[-1].author_id)
        assert (topic.begun_at, topic.author_id) == (of_it[0].posted_at, of_it[0].author_id)
        assert topic.answer_id in {None, *(post.id for post in shown[1:])}
        assert all(post.reply_to in {None, *(other.id for other in of_it[: post.number - 1])} for post in of_it)
    helped = Counter(seeded.scalars(select(Helpful.post_id)))
    edited = Counter(seeded.scalars(select(PostEdit.post_id)))
    assert helped
    assert edited
    assert {post.id: post.helpful for post in posts if post.helpful} == helped
    assert {post.id: post.edits for post in posts if post.edits} == edited
    assert all(post.settled_at and post.told_at and not post.files for post in posts)
    assert {topics[turn].last_number for turn in LONG_TOPICS[:3]} == {LEAST_LONG}
    assert seeded.scalar(select(func.count()).select_from(TopicTag))


def test_what_is_kept_beside_posts_is_what_the_services_keep(app: Flask, seeded: Session) -> None:
    posts = seeded.scalars(select(Post).order_by(Post.id)).all()
    with app.app_context():
        for post in posts[::9]:
            made = wording.drawn(seeded, post.text, topic_id=post.topic_id, number=post.number)
            assert post.html == made
    before = _found_in(seeded)
    TEXTS.clear(seeded)
    finding.put(seeded, [post for post in posts if post.state == State.SHOWN], clock.now())
    assert _found_in(seeded) == before
    watching = _watching(seeded)
    seeded.execute(delete(Standing).where(Standing.why.in_((BEGAN, WROTE))))
    for post in posts:
        following.wrote(seeded, [post], post.posted_at)
    assert _watching(seeded) == watching
    read = select(Standing, Topic).join(Topic, Topic.id == Standing.topic_id).where(Standing.why == READ)
    keen = seeded.execute(read).all()
    assert keen
    assert all(1 <= standing.read_to <= topic.last_number for standing, topic in keen)


def test_the_forum_goes_on_after_it(app: Flask, seeded: Session) -> None:
    topic = seeded.scalars(select(Topic).order_by(Topic.last_number.desc()).limit(1)).one()
    member = seeded.get_one(Member, topic.author_id)
    last, newest = topic.last_number, topic.last_post_id
    with app.test_request_context():
        made = service.reply(seeded, topic_id=topic.id, by=member.id, words=words(), now=clock.now())
        begun = service.begin_topic(
            seeded, category_id=topic.category_id, by=member.id, title="On", words=words(), now=clock.now()
        )
    assert (made.number, made.id > newest) == (last + 1, True)
    assert begun.id > topic.id
    seeded.commit()
    page = Browser(app, seeded).signed_in(member).open(f"/forum/t/{topic.id}")
    assert page.status == 200


def test_long_topics_go_on_to_the_end_and_time_runs_one_way() -> None:
    many = spread(2000, 20_000)
    assert sum(many.sizes) == 20_000
    assert min(many.sizes) == 1
    assert {many.sizes[turn] for turn in LONG_TOPICS} == {200}
    assert list(many.seconds) == sorted(many.seconds)
    assert timedelta(seconds=many.seconds[-1]) > timedelta(days=900)
    assert all(0 <= dice(each, 3) < 1 for each in range(1000))


def _found_in(session: Session) -> list[Any]:
    columns = "id, CAST(words AS TEXT)" if session.get_bind().dialect.name == "postgresql" else "rowid, title, words"
    return sorted(map(tuple, session.execute(text(f"SELECT {columns} FROM {TEXTS.name}"))))  # noqa: S608


def _watching(session: Session) -> set[tuple[Any, ...]]:
    columns = (Standing.member_id, Standing.topic_id, Standing.read_to, Standing.level, Standing.why)
    rows = select(*columns, Standing.touched_at).where(Standing.why.in_((BEGAN, WROTE)))
    return {tuple(row) for row in session.execute(rows)}


def test_no_page_goes_through_all_topics_or_posts(app: Flask, seeded: Session) -> None:
    engine = app.extensions["academy.database"].engine
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by what it counted; SQLite by how a question is put.")
    reader = seeded.get_one(Member, seeded.scalars(select(Standing.member_id).where(Standing.why == READ)).first())
    topic = seeded.scalars(select(Topic.id).order_by(Topic.last_number.desc())).first()
    browser, asked = Browser(app, seeded).signed_in(reader), list[tuple[str, Any]]()
    listener = _noted(app, asked)
    for path in ("/forum/", "/forum/questions/", "/forum/new", f"/forum/t/{topic}", "/forum/search?q=people"):
        assert browser.open(path).status == 200
    for each in listener:
        event.remove(each, "before_cursor_execute", listener[each])
    with engine.connect() as line:
        plans = [
            (row[3], statement)
            for statement, values in asked
            if statement.startswith(("SELECT", "WITH"))
            for row in line.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert plans
    through_all = re.compile(
        r"SCAN forum_(topic|post|standing)\b|USING (COVERING )?INDEX ix_forum_topic_latest \(state=\?\)$"
    )
    assert [each for each in plans if through_all.search(each[0])] == []


def _noted(app: Flask, asked: list[tuple[str, Any]]) -> dict[Any, Any]:
    database = app.extensions["academy.database"]

    def note(*given: Any) -> None:
        asked.append((given[2], given[3]))

    for engine in (database.engine, database.pages):
        event.listen(engine, "before_cursor_execute", note)
    return dict.fromkeys((database.engine, database.pages), note)
