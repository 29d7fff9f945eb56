"""A step of settling: a new post is told to those whom it concerns, each for the strongest reason and once.

Mentioned is stronger than quoted, quoted than answered, answered than watching the topic, that than watching its place.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from academy.notices.gathering import News, gather
from academy.people.models import Member
from alumni.forum.letters import queries
from alumni.forum.letters.queries import About
from alumni.forum.letters.rules import ANSWER, MENTION, OLD, WATCHED
from alumni.forum.topics import wording
from alumni.forum.topics.models import Post
from alumni.forum.topics.rules import about

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Named:
    """Whom the words of posts name: members by handle, authors by post, what posts said before."""

    handles: Mapping[str, int]
    authors: Mapping[int, int]
    earlier: Mapping[int, Sequence[str]]


def tell(session: Session, posts: Sequence[Post], now: datetime) -> None:
    """Tell of these posts; one that comes again is only told to those whom it mentions anew."""
    telling = queries.told_of(session, [each for each in posts if not each.deed and each.origin is None])
    named = _named(session, [each.post for each in telling])
    for each in telling:
        if each.post.told_at is None:
            _tell_all(session, each, named, now)
        elif _changed(each.post):
            _tell(session, each, MENTION, queries.not_watching(each, _mentioned_anew(each.post, named)), now)
        each.post.told_at = now


def _named(session: Session, posts: Sequence[Post]) -> Named:
    handles = {handle for post in posts for handle in wording.mentioned(post.text)}
    numbers = {number for post in posts for number in _answered(post)}
    changed = [post.id for post in posts if _changed(post)]
    return Named(
        queries.behind_handles(session, handles),
        queries.authors_of(session, numbers),
        queries.earlier_texts(session, changed),
    )


def _changed(post: Post) -> bool:
    """Whether a post was changed since it was told of."""
    return post.told_at is not None and post.edited_at is not None and post.edited_at >= post.told_at


def _answered(post: Post) -> set[int]:
    return {*wording.quoted(post.text), *([post.reply_to] if post.reply_to is not None else [])}


def _tell_all(session: Session, each: About, named: Named, now: datetime) -> None:
    mentioned = _members(named.handles, wording.mentioned(each.post.text))
    answered = _members(named.authors, _answered(each.post)) - mentioned
    _tell(session, each, MENTION, queries.those(each, mentioned) if mentioned else None, now)
    _tell(session, each, ANSWER, queries.those(each, answered) if answered else None, now)
    if now - each.post.posted_at < OLD:
        _tell(session, each, WATCHED, _without(queries.watchers(each), mentioned | answered), now)


def _mentioned_anew(post: Post, named: Named) -> set[int]:
    before = {handle for text in named.earlier.get(post.id, ()) for handle in wording.mentioned(text)}
    return _members(named.handles, wording.mentioned(post.text) - before)


def _members(known: Mapping[Key, int], keys: Collection[Key]) -> set[int]:
    return {known[key] for key in keys if key in known}


def _without(people: Select[int], member_ids: Collection[int]) -> Select[int]:
    return people.where(Member.id.not_in(member_ids)) if member_ids else people


def _tell(session: Session, each: About, kind: str, people: Select[int] | None, now: datetime) -> None:
    if people is None:
        return
    post = each.post
    values = {"post": post.id, "begins": post.number == 1}
    news = News(kind, about(each.topic_id), f"forum_post:{post.id}", values, f"/forum/p/{post.id}")
    gather(session, people, news, now)
