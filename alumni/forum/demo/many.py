"""A forum of any size for measurements: what `flask bench seed --topics --posts` does."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from academy import bulk, db
from academy.demonstration import Many, Part
from alumni.forum.demo import readers, rows
from alumni.forum.demo.chapter import PLACES
from alumni.forum.demo.phrases import TAGS, conversations
from alumni.forum.demo.rows import Plan
from alumni.forum.demo.spread import SHORTEST, spread
from alumni.forum.finding import service as finding
from alumni.forum.places import service as places
from alumni.forum.places.models import Category
from alumni.forum.topics import tagging
from alumni.forum.topics.models import Helpful, Post, PostEdit, Topic, TopicTag

TOGETHER = 10_000
"""So many rows are kept in one transaction."""
FOUND_BY = ("id", "topic_id", "number", "text", "deed")
"""What the search wants to know of a post."""


def fill(many: Many) -> Iterator[Part]:
    """Topics, posts with what the search knows of them, marks on posts, and how far people read."""
    plan = _plan(many)
    yield Part("Topics", many.topics, _topics(plan))
    yield Part("Posts", many.posts, _posts(plan))
    yield Part("Marks on posts", many.posts, _marks(plan))
    yield Part("What was read", many.topics, readers.standings(plan))
    yield Part("Putting in order", 1, _order())


def _plan(many: Many) -> Plan:
    with db.the_database().transaction() as session:
        there = {each.slug: each.id for each in session.scalars(select(Category))}
        for outline in PLACES:
            if outline.slug not in there:
                opened = many.now - timedelta(days=1100)
                there[outline.slug] = places.open_place(session, outline, opened).id
        tags = sorted(tagging.numbers_of(session, TAGS))
        plotted = spread(many.topics, many.posts)
        return Plan(
            spread=plotted,
            member_ids=many.member_ids,
            begun=_begun(many, max(plotted.seconds)),
            place_ids=there,
            tag_ids=tags,
            said=conversations(),
            first_topic=bulk.next_id(session, Topic),
            first_post=bulk.next_id(session, Post),
        )


def _begun(many: Many, seconds: int) -> datetime:
    """When it all began, so that the last post was written a few minutes ago."""
    return many.now - timedelta(seconds=max(seconds, SHORTEST // 2) + 300)


def _portions(count: int) -> Iterator[range]:
    for start in range(0, count, TOGETHER):
        yield range(start, min(start + TOGETHER, count))


def _topics(plan: Plan) -> Iterator[int]:
    for turns in _portions(len(plan.spread.sizes)):
        with bulk.roomy(db.the_database()) as session:
            bulk.put(session, Topic, [rows.topic(plan, each) for each in turns])
            bulk.put(session, TopicTag, [row for each in turns for row in rows.tags(plan, each)])
            bulk.count_on(session, Topic)
        yield len(turns)


def _posts(plan: Plan) -> Iterator[int]:
    for turns in _portions(len(plan.spread.topics)):
        with bulk.roomy(db.the_database()) as session:
            made = [rows.post(plan, each) for each in turns]
            bulk.put(session, Post, made)
            shown = [Post(**{name: row[name] for name in FOUND_BY}) for row in made if rows.is_shown(row)]
            finding.put(session, shown, plan.begun)
            bulk.count_on(session, Post)
        yield len(turns)


def _marks(plan: Plan) -> Iterator[int]:
    for turns in _portions(len(plan.spread.topics)):
        with bulk.roomy(db.the_database()) as session:
            bulk.put(session, Helpful, [row for each in turns for row in rows.helpful(plan, each)])
            bulk.put(session, PostEdit, [row for each in turns for row in rows.edits(plan, each)])
        yield len(turns)


def _order() -> Iterator[int]:
    bulk.settle(db.the_database())
    yield 1
