"""What a member wrote in the forum, when they go or take it along: words go with them, or stay without their name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import g
from sqlalchemy import ColumnElement, Select, delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from academy.i18n import current_code, offered, speak
from academy.i18n import gettext as _
from academy.jobs import pokes
from alumni.forum.places.models import Keeper
from alumni.forum.topics.models import (
    ForumChoice,
    Helpful,
    PlaceStanding,
    Post,
    PostEdit,
    PostFile,
    Standing,
    State,
    Topic,
    TopicTag,
)
from alumni.forum.topics.service import SETTLE

NOTHING_LEFT = {
    "text": "",
    "html": "",
    "warning": "",
    "language": "",
    "token": None,
    "author_id": None,
    "files": 0,
    "deleted_at": None,
    "settled_at": None,
}
"""What remains of a post whose author is gone: its number, and that it was there.

Where it was brought in from stays too, or whoever brings that in again would bring the words back.
"""


def any_to_keep(session: Session, member_id: int) -> bool:
    """Whether somebody wrote anything that could stay."""
    return bool(session.scalar(select(exists().where(*_readable(member_id)))))


def keep_posts(session: Session, member_id: int) -> None:
    """Let the posts that others can read stay as a former member's, just before their author is erased.

    Files and earlier wordings go all the same.
    """
    _forget_beside(session, select(Post.id).where(*_readable(member_id)))
    session.execute(update(Post).where(*_readable(member_id)).values(author_id=None, token=None, files=0))
    begun = update(Topic).where(Topic.author_id == member_id, Topic.state == State.SHOWN)
    session.execute(begun.values(author_id=None, token=None))


def _readable(member_id: int) -> tuple[ColumnElement[bool], ...]:
    return Post.author_id == member_id, Post.state == State.SHOWN, Post.deed == ""


def forget(session: Session, member_id: int) -> None:
    """Erase what a member wrote and everything the forum knows of them; a line without words holds each place."""
    _forget_choices(session, member_id)
    begun = session.scalars(select(Topic.id).where(Topic.author_id == member_id, ~_answered(member_id))).all()
    mine = select(Post.id).where(Post.author_id == member_id)
    touched = session.scalars(select(Post.topic_id).where(Post.author_id == member_id).distinct()).all()
    _forget_beside(session, mine)
    said = update(Post).where(Post.author_id == member_id)
    session.execute(said.where(Post.deed == "").values(state=State.DELETED))
    session.execute(said.values(NOTHING_LEFT))
    session.execute(delete(Topic).where(Topic.id.in_(begun), Topic.origin.is_(None)))
    emptied = update(Topic).where(Topic.id.in_(begun))
    session.execute(emptied.values(title="", language="", state=State.DELETED, author_id=None, token=None))
    session.execute(delete(TopicTag).where(TopicTag.topic_id.in_(begun)))
    _forget_titles(session, member_id)
    session.execute(update(Topic).where(Topic.last_author_id == member_id).values(last_author_id=None))
    edits = update(PostEdit).where(PostEdit.editor_id == member_id)
    session.execute(edits.values(editor_id=None, reason=""))
    _count_again(session, touched)
    pokes.after_commit(SETTLE)


def _answered(member_id: int) -> ColumnElement[bool]:
    """Whether anybody but its author wrote in a topic; who is gone counts as somebody else."""
    other = aliased(Post)
    return exists().where(other.topic_id == Topic.id, func.coalesce(other.author_id, 0) != member_id)


def _forget_choices(session: Session, member_id: int) -> None:
    """Marks, standings and offices."""
    marked = select(Helpful.post_id).where(Helpful.member_id == member_id)
    session.execute(
        update(Post).where(Post.id.in_(marked), Post.helpful > 0).values(helpful=Post.helpful - 1),
        execution_options={"synchronize_session": False},
    )
    for table in (Helpful, Standing, PlaceStanding, ForumChoice, Keeper):
        session.execute(delete(table).where(table.member_id == member_id))


def _forget_beside(session: Session, posts: Select[int]) -> None:
    """Earlier wordings and files of these posts; the files themselves go with the account."""
    for table in (PostEdit, PostFile):
        session.execute(delete(table).where(table.post_id.in_(posts)), execution_options={"synchronize_session": False})


def _forget_titles(session: Session, member_id: int) -> None:
    """Let topics that others wrote in have the site's own words for a title, in the language of the topic."""
    speaking = current_code()
    theirs = select(Topic.language).where(Topic.author_id == member_id).distinct()
    for code in session.scalars(theirs).all():
        speak(code if code in offered() else offered()[0])
        gone = {
            "title": _("A conversation that a former member began"),
            "author_id": None,
            "token": None,
        }
        begun = update(Topic).where(Topic.author_id == member_id, Topic.language == code)
        session.execute(begun.values(**gone, language=g.language))
    speak(speaking)


def _count_again(session: Session, topics: Sequence[int]) -> None:
    shown = select(func.count()).where(Post.topic_id == Topic.id, Post.state == State.SHOWN).scalar_subquery()
    session.execute(
        update(Topic).where(Topic.id.in_(topics)).values(posts=shown),
        execution_options={"synchronize_session": False},
    )


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """What somebody wrote and chose in the forum, for their export."""
    posts = (
        select(Topic.title, Post.id, Post.number, Post.text, Post.warning, Post.state, Post.posted_at, Post.edited_at)
        .join(Topic, Topic.id == Post.topic_id)
        .where(Post.author_id == member_id, Post.deed == "")
        .order_by(Post.id)
    )
    return {
        "posts": [_said(row) for row in session.execute(posts)],
        "found_helpful": list(session.scalars(select(Helpful.post_id).where(Helpful.member_id == member_id))),
        "edits": [_edited(row) for row in _edits_of(session, member_id)],
        "followed_topics": [_followed(row) for row in _followed_by(session, member_id)],
        "places_looked_after": list(session.scalars(select(Keeper.category_id).where(Keeper.member_id == member_id))),
        **_chosen(session, member_id),
    }


def _said(row: Any) -> dict[str, Any]:  # noqa: ANN401  a row of the query above
    return {
        "topic": row.title,
        "address": f"/forum/p/{row.id}",
        "number": row.number,
        "text": row.text,
        "warning": row.warning,
        "state": row.state,
        "posted_at": _moment(row.posted_at),
        "edited_at": _moment(row.edited_at),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _edits_of(session: Session, member_id: int) -> Sequence[Any]:
    edits = select(PostEdit.post_id, PostEdit.reason, PostEdit.edited_at).where(PostEdit.editor_id == member_id)
    return session.execute(edits.order_by(PostEdit.id)).all()


def _edited(row: Any) -> dict[str, Any]:  # noqa: ANN401  a row of the query above
    return {"post": f"/forum/p/{row.post_id}", "reason": row.reason, "edited_at": _moment(row.edited_at)}


def _followed_by(session: Session, member_id: int) -> Sequence[Any]:
    followed = select(Topic.title, Standing.level, Standing.read_to).join(Topic, Topic.id == Standing.topic_id)
    return session.execute(followed.where(Standing.member_id == member_id).order_by(Topic.id)).all()


def _followed(row: Any) -> dict[str, Any]:  # noqa: ANN401  a row of the query above
    return {"topic": row.title, "level": row.level, "read_to": row.read_to}


def _chosen(session: Session, member_id: int) -> dict[str, Any]:
    choice = session.get(ForumChoice, member_id)
    return {
        "search_engines_may_keep_my_posts": bool(choice and choice.searchable),
        "letters_carry_words_of_posts": bool(choice and choice.words_in_letters),
    }
