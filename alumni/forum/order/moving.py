"""What keepers do with topics: close, pin, move, split and merge them.

Each act locks the topic and leaves a line of the site's own in it (a post with a `deed`), so that readers see what
happened, when and by whom. Posts keep their ids, so their permanent addresses lead to where they went.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import delete, insert, literal, select, update
from sqlalchemy.orm import Session, aliased

from academy import db
from academy.audit.service import record
from academy.jobs import pokes
from academy.people.actor import Actor
from alumni.forum.order import states
from alumni.forum.order.refusals import ChangedMeanwhile, NothingPicked, SameTopic
from alumni.forum.places.models import Category
from alumni.forum.topics.models import Post, Standing, State, Topic
from alumni.forum.topics.refusals import TopicGone
from alumni.forum.topics.service import SETTLE, locked

CLOSED, OPENED, PINNED, UNPINNED, ANNOUNCED = "closed", "opened", "pinned", "unpinned", "announced"
MOVED, SPLIT_OFF, CAME_FROM, MERGED = "moved", "split_off", "came_from", "merged"
NAMING = (MOVED, SPLIT_OFF, CAME_FROM, MERGED)
"""The lines that name a place or another topic."""
EVERY = timedelta(hours=1)
PINS = {UNPINNED: 0, PINNED: 1, ANNOUNCED: 2}


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who acts on a topic, when, and which version of it they saw: two who act at once do not undo each other."""

    by: Actor
    now: datetime
    version: int | None = None


def close(session: Session, topic_id: int, keeping: Keeping, *, shut: bool) -> Topic:
    """Let nobody write in a topic any more, or again; twice is once. Raises TopicGone or ChangedMeanwhile."""
    topic = _held(session, topic_id, keeping)
    if (topic.closed_at is not None) != shut:
        topic.closed_at = keeping.now if shut else None
        _say(session, topic, CLOSED if shut else OPENED, keeping)
    return topic


def pin(session: Session, topic_id: int, keeping: Keeping, *, how: str, until: datetime | None = None) -> Topic:
    """Let a topic stand above its category (`pinned`), above every list (`announced`), or no longer (`unpinned`)."""
    topic = _held(session, topic_id, keeping)
    if topic.pinned != PINS[how] or topic.pinned_until != until:
        topic.pinned, topic.pinned_until = PINS[how], until
        _say(session, topic, how, keeping)
    return topic


def pin_word(pinned: int) -> str:
    """How a topic stands now, as `pin` is told."""
    return next(word for word, value in PINS.items() if value == pinned)


def end_of(day: date | None) -> datetime | None:
    """The end of this day; None for none."""
    return datetime.combine(day, time.max, UTC) if day else None


def take_pins_down(_values: object, now: datetime) -> None:
    """Take down what was to stand above the others until now: the worker's part."""
    over = update(Topic).where(Topic.pinned > 0, Topic.pinned_until <= now)
    with db.the_database().transaction() as session:
        session.execute(over.values(pinned=0, pinned_until=None))


def move(session: Session, topic_id: int, keeping: Keeping, *, to: Category) -> Topic:
    """Put a topic into another category; for other readers, its lines name no longer where it and its posts were."""
    topic = _held(session, topic_id, keeping)
    if topic.category_id != to.id:
        if session.get_one(Category, topic.category_id).readers != to.readers:
            session.execute(update(Post).where(Post.topic_id == topic.id, Post.deed.in_(NAMING)).values(text=""))
        topic.category_id = to.id
        _say(session, topic, MOVED, keeping, to.name)
        _look_again(session, select(Post.id).where(Post.topic_id == topic.id))
    return topic


def split(session: Session, topic_id: int, keeping: Keeping, *, numbers: Collection[int], title: str) -> Topic:
    """Put some posts of a topic into a new one beside it. Raises NothingPicked, also for all of its posts."""
    old = _held(session, topic_id, keeping)
    picked = _picked(session, old, numbers)
    left = session.scalar(
        select(Post.id).where(Post.topic_id == old.id, Post.deed == "", Post.id.not_in(picked)).limit(1)
    )
    if not picked or left is None:
        raise NothingPicked
    first = session.get_one(Post, picked[0])
    new = Topic(
        category_id=old.category_id,
        title=title,
        language=first.language,
        author_id=first.author_id,
        state=State.SHOWN,
        begun_at=first.posted_at,
        last_posted_at=first.posted_at,
        behind_doors=old.behind_doors,
        ends_at=old.ends_at,
    )
    session.add(new)
    session.flush()
    _carry(session, picked, new)
    _say(session, old, SPLIT_OFF, keeping, _reference(new))
    _say(session, new, CAME_FROM, keeping, _reference(old))
    return new


def merge(session: Session, topic_id: int, keeping: Keeping, *, into_id: int) -> Topic:
    """Put all posts of a topic at the end of another one; its address leads on. Raises SameTopic or TopicGone."""
    if topic_id == into_id:
        raise SameTopic
    for number in sorted((topic_id, into_id)):  # in one order, or two who merge crosswise would wait for each other
        locked(session, number)
    old, into = _held(session, topic_id, keeping), _held(session, into_id, Keeping(keeping.by, keeping.now))
    if old.behind_doors != into.behind_doors:
        raise SameTopic
    _carry(session, _picked(session, old, None), into)
    _follow_on(session, old.id, into.id)
    old.merged_into, old.state, old.pinned = into.id, State.REMOVED, 0
    session.execute(update(Topic).where(Topic.merged_into == old.id).values(merged_into=into.id))
    _say(session, into, MERGED, keeping, old.title)
    return into


def _held(session: Session, topic_id: int, keeping: Keeping) -> Topic:
    topic = locked(session, topic_id)
    if topic is None or topic.merged_into is not None:
        raise TopicGone
    if keeping.version is not None:
        if topic.version != keeping.version:
            raise ChangedMeanwhile
        topic.version += 1
    return topic


def _picked(session: Session, topic: Topic, numbers: Collection[int] | None) -> Sequence[int]:
    theirs = select(Post.id).where(Post.topic_id == topic.id, Post.deed == "").order_by(Post.number)
    return session.scalars(theirs if numbers is None else theirs.where(Post.number.in_(numbers))).all()


def _carry(session: Session, picked: Sequence[int], to: Topic) -> None:
    """Move posts to the end of another topic, in their order, and count both topics again."""
    came_from = set(session.scalars(select(Post.topic_id).where(Post.id.in_(picked)).distinct()))
    places = [
        {"id": post_id, "topic_id": to.id, "number": number}
        for number, post_id in enumerate(picked, to.last_number + 1)
    ]
    if places:
        session.execute(update(Post), places)
    to.last_number += len(picked)
    session.flush()
    for number in (*came_from, to.id):
        topic = locked(session, number)
        if topic is not None:
            _forget_answer(session, topic)
            states.count_again(session, topic)
    _look_again(session, picked)


def _forget_answer(session: Session, topic: Topic) -> None:
    if topic.answer_id is not None:
        there = session.scalar(select(Post.topic_id).where(Post.id == topic.answer_id))
        topic.answer_id = topic.answer_id if there == topic.id else None


def _follow_on(session: Session, old_id: int, new_id: int) -> None:
    """Whoever follows a topic follows the one it went into, unless they said something about that one already."""
    other = aliased(Standing)
    said = select(other.member_id).where(other.topic_id == new_id)
    theirs = select(Standing.member_id, literal(new_id), literal(0), Standing.level, Standing.why, Standing.touched_at)
    theirs = theirs.where(Standing.topic_id == old_id, Standing.level != "", Standing.member_id.not_in(said))
    columns = ["member_id", "topic_id", "read_to", "level", "why", "touched_at"]
    session.execute(insert(Standing).from_select(columns, theirs))
    session.execute(delete(Standing).where(Standing.topic_id == old_id))


def _look_again(session: Session, posts: object) -> None:
    """Let the worker put these posts into the search anew: what stands around them changed."""
    session.execute(
        update(Post).where(Post.id.in_(posts)).values(settled_at=None),  # type: ignore[arg-type]  # numbers or a query
        execution_options={"synchronize_session": False},
    )
    pokes.after_commit(SETTLE)


def _reference(topic: Topic) -> str:
    return f"{topic.id} {topic.title}"


def _say(session: Session, topic: Topic, deed: str, keeping: Keeping, about: str = "") -> None:
    """Leave a line about what happened, and an entry in the audit log."""
    topic.last_number += 1
    session.add(
        Post(
            topic_id=topic.id,
            number=topic.last_number,
            author_id=None if topic.behind_doors else keeping.by.id,
            text=about,
            html="",
            deed=deed,
            posted_at=keeping.now,
            settled_at=keeping.now,
        )
    )
    record(session, actor=keeping.by, action=f"forum.topic.{deed}", now=keeping.now, subject=f"forum_topic:{topic.id}")
    session.flush()
