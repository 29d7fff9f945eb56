"""Bringing conversations in: some posts in each transaction, none of them twice, nobody told of any.

What was brought in is known by its `origin`: whoever begins again after a fall goes on where it was.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy import db
from academy.audit.service import record
from alumni.forum.exchange import drawing, enclosures, queries, rules
from alumni.forum.exchange.acts import Act, Files
from alumni.forum.exchange.checking import Counted, blind
from alumni.forum.exchange.entries import Said, Talk
from alumni.forum.exchange.people import People
from alumni.forum.exchange.places import Way, made
from alumni.forum.exchange.portions import Portion, portions
from alumni.forum.exchange.reading import Desk
from alumni.forum.exchange.rules import Wish
from alumni.forum.topics.models import Topic


@dataclass(frozen=True, slots=True)
class Bringing:
    """What is brought in, for whom, and where it goes."""

    desk: Desk
    people: People
    wish: Wish
    places: dict[str, int]
    keeps_numbers: bool


def begin(desk: Desk, people: People, wish: Wish, ways: dict[str, Way], counted: Counted) -> Bringing:
    """Make the places that are missing, and let the audit log know."""
    with db.the_database().transaction() as session:
        # Only where nothing else is: a number that is somebody else's would lead a link to their words.
        brought = (counted.topics - counted.new_topics, counted.posts - counted.new_posts)
        keeps_numbers = wish.ours and queries.in_all(session) == brought
        there = made(session, ways, people, desk.now)
        if counted.new_posts or counted.new_topics:
            detail = f"{counted.new_topics} topics, {counted.new_posts} posts"
            record(session, actor=None, action="forum.imported", now=desk.now, subject=wish.source, detail=detail)
    return Bringing(desk, people, wish, there, keeps_numbers)


def bring_in(bringing: Bringing, tick: Callable[[int], None]) -> None:
    """Bring in all that is not here yet."""
    for some in portions(bringing.desk.stage):
        fresh = _fresh(bringing.wish, some)
        if fresh:
            files = _files(bringing, fresh)
            with db.the_database().transaction() as session:
                Act(bringing, session, files).bring(fresh)
        tick(sum(len(each.posts) for each in some))
    _lead_on(bringing)


def _fresh(wish: Wish, some: list[Portion]) -> list[Portion]:
    """What of these portions is not here yet."""
    said = [each.entry for portion in some for each in portion.posts]
    with db.the_database().reading() as session:
        posts = queries.posts_from(session, [rules.post_origin(wish.source, each) for each in said])
        topics = queries.topics_from(session, [rules.topic_origin(wish.source, each.talk) for each in some])
    found: list[Portion] = []
    for portion in some:
        new = [each for each in portion.posts if rules.post_origin(wish.source, each.entry) not in posts]
        if new or rules.topic_origin(wish.source, portion.talk) not in topics:
            found.append(Portion(portion.where, portion.talk, new))
    return found


def _files(bringing: Bringing, fresh: list[Portion]) -> Files:
    """The files of these posts, looked at and kept before anything is written: decoding takes its time."""
    found: Files = {}
    desk, people = bringing.desk, bringing.people
    for staged in (each for portion in fresh for each in portion.posts):
        said: Said = staged.entry
        author = people.member(said.author)
        if author is None or not desk.folder.others:
            continue
        lookups = blind(desk, people, said)
        drawing.drawn(said, lookups)
        taken, refused = enclosures.kept(desk.folder, enclosures.wanted(said, lookups), author)
        found[said.key] = taken
        for name in refused:
            desk.faults.remark(staged.where, f"shows a file that is no picture and no PDF to be kept: “{name[:80]}”.")
    return found


def _lead_on(bringing: Bringing) -> None:
    """Let topics whose posts went into another one lead there."""
    source, stage = bringing.wish.source, bringing.desk.stage
    for staged in stage.all(Talk):
        into = stage.get(Talk, staged.entry.merged_into) if staged.entry.merged_into else None
        if into is not None:
            with db.the_database().transaction() as session:
                _lead(session, rules.topic_origin(source, staged.entry), rules.topic_origin(source, into))


def _lead(session: Session, old: str, new: str) -> None:
    found = queries.topics_from(session, [old, new])
    if old in found and new in found:
        leads = update(Topic).where(Topic.id == found[old].id, Topic.merged_into.is_(None))
        session.execute(leads.values(merged_into=found[new].id))
