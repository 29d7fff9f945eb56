"""The forum in the letter: questions that wait for an answer, and topics that are new where the reader follows.

A question is a topic whose title ends with a question mark of any script, or that is tagged as one; it is open while no
answer is accepted, it goes on, and at most two posts follow the first.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from alumni.blocks.queries import blocked_of, blockers_of
from alumni.digest.pieces import MOST_LINES, Line, Piece, Reader
from alumni.forum.places.asking import asker_of, may_read
from alumni.forum.places.models import Category
from alumni.forum.topics.models import Level, PlaceStanding, Standing, State, Tag, Topic, TopicTag

QUESTION_MARKS = ("?", "؟", "？")
ASKED = ("question", "вопрос", "پرسش", "سوال")
FEW_POSTS, WAITS = 3, timedelta(days=60)


def _open_questions(session: Session, reader: Reader) -> Sequence[Line]:
    tagged = select(TopicTag.topic_id).join(Tag, Tag.id == TopicTag.tag_id).where(Tag.key.in_(ASKED))
    asked = or_(*(Topic.title.endswith(mark) for mark in QUESTION_MARKS), Topic.id.in_(tagged))
    open_still = Topic.answer_id.is_(None), Topic.closed_at.is_(None), Topic.posts <= FEW_POSTS
    lately = Topic.begun_at > reader.now - WAITS
    return _lines(session, reader, asked, *open_still, lately)


def _new_where_followed(session: Session, reader: Reader) -> Sequence[Line]:
    followed = or_(PlaceStanding.level.in_((Level.WATCH, Level.TRACK)), Standing.level.in_((Level.WATCH, Level.TRACK)))
    return _lines(session, reader, followed, Topic.begun_at > reader.since)


def _lines(session: Session, reader: Reader, *wanted: ColumnElement[bool]) -> list[Line]:
    """The newest of these topics that the reader may read, did not mute, and did not begin."""
    found = session.execute(_topics(session, reader).where(*wanted).order_by(Topic.id.desc()).limit(MOST_LINES))
    return [Line(row.title, f"/forum/t/{row.id}", row.name) for row in found]


def _topics(session: Session, reader: Reader) -> Select[int, str, str]:
    me, asker = reader.actor.id, asker_of(session, reader.actor)
    standing = and_(Standing.topic_id == Topic.id, Standing.member_id == me)
    place = and_(PlaceStanding.category_id == Category.id, PlaceStanding.member_id == me)
    author = func.coalesce(Topic.author_id, 0)
    return (
        select(Topic.id, Topic.title, Category.name)
        .join(Category, Category.id == Topic.category_id)
        .outerjoin(Standing, standing)
        .outerjoin(PlaceStanding, place)
        .where(may_read(asker), Category.archived_at.is_(None), Topic.state == State.SHOWN, ~Topic.behind_doors)
        .where(Topic.origin.is_(None))  # what was brought in from elsewhere is news to nobody
        .where(author != me, author.not_in(blockers_of(me)), author.not_in(blocked_of(me)))
        .where(func.coalesce(Standing.level, "") != Level.MUTE, func.coalesce(PlaceStanding.level, "") != Level.MUTE)
    )


QUESTIONS = Piece(_l("Questions that wait for an answer"), 50, "/forum/", _open_questions)
FOLLOWED = Piece(_l("New in the forum where you follow it"), 45, "/forum/new", _new_where_followed)
