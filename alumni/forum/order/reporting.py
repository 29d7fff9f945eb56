"""What moderators see of posts, and what they can do to them; posts of newcomers wait for a look."""

from datetime import datetime

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.forum.order import states, telling
from alumni.forum.places.asking import asker_of, may_read
from alumni.forum.places.models import Category
from alumni.forum.topics.models import Post, State, Topic
from alumni.moderation import service as moderation
from alumni.moderation.subjects import HIDE, REMOVE, Act, Deed, Review, Subject, add_review, add_subject

KIND = "forum_post"
HIDDEN_AFTER = 3


def init_app() -> None:
    """Let posts be reported, and those of newcomers wait."""
    add_subject(
        Subject(
            KIND,
            _l("A post in the forum"),
            may_report=_may_report,
            page=_page,
            excerpt=_excerpt,
            owner=_owner,
            acts={
                HIDE: Act(_becomes(State.HIDDEN), _becomes(State.SHOWN)),
                REMOVE: Act(_becomes(State.REMOVED), _becomes(State.SHOWN)),
            },
            hidden_after=HIDDEN_AFTER,
            reported=telling.reported,
            unnamed=_is_behind_doors,
        )
    )
    add_review(
        Review(
            KIND,
            approve=_becomes(State.SHOWN),
            refuse=_becomes(State.REMOVED),
            wait=_becomes(State.WAITING),
        )
    )


def wait(session: Session, post: Post, now: datetime) -> None:
    """Let a post wait for a moderator; its state says so already."""
    moderation.wait_for_review(session, kind=KIND, number=post.id, now=now)
    telling.waits(session, post.id, now)


def _may_report(session: Session, actor: Actor, number: int) -> bool:
    post = session.get(Post, number)
    if post is None or post.deed or post.state not in {State.SHOWN, State.HIDDEN} or post.author_id == actor.id:
        return False
    theirs = (
        select(Topic.id)
        .join(Category, Category.id == Topic.category_id)
        .where(Topic.id == post.topic_id, Topic.state == State.SHOWN, may_read(asker_of(session, actor)))
    )
    return session.scalar(theirs) is not None


def _page(session: Session, number: int) -> str:
    post = session.get(Post, number)
    return url_for("forum.permalink", number=number) if post and post.state != State.REMOVED else ""


def _excerpt(session: Session, number: int) -> str:
    """What was written, with the title above it."""
    row = session.execute(
        select(Topic.title, Post.text, Post.warning).join(Post, Post.topic_id == Topic.id).where(Post.id == number)
    ).one_or_none()
    return "\n".join(line for line in (row.title, row.warning, row.text) if line) if row else ""


def _is_behind_doors(session: Session, number: int) -> bool:
    theirs = select(Topic.behind_doors).join(Post, Post.topic_id == Topic.id).where(Post.id == number)
    return bool(session.scalar(theirs))


def _owner(session: Session, number: int) -> int | None:
    post = session.get(Post, number)
    return post.author_id if post else None


def _becomes(state: State) -> Deed:
    def deed(session: Session, number: int, now: datetime) -> None:
        del now
        states.become(session, number, state)

    return deed
