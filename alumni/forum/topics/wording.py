"""From what somebody typed to what is kept of it: the HTML of a post, with mentions and numbers as links.

What a link leads to decides for itself who sees it: the words of a post are the same for all its readers.
"""

import re
from collections.abc import Collection

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.markdown import read_post
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.forum.topics.models import Post
from alumni.profiles.models import Profile
from alumni.profiles.viewers import is_open

MOST_NAMES = 30
"""Mentions beyond these stay plain words."""
QUOTED = re.compile(r"^>[ \t]*(?:@[a-zA-Z0-9-]{1,64}, )?\[#[0-9]{1,6}\]\(/forum/p/([0-9]{1,15})\):", re.MULTILINE)


def drawn(session: Session, text: str, *, topic_id: int, number: int) -> str:
    """The HTML of a post, to be kept (no query, unless it mentions people or names posts: then one for each)."""
    return str(shown(session, text, topic_id=topic_id, number=number))


def shown(session: Session, text: str, *, topic_id: int, number: int) -> Markup:
    """The same, to be shown at once."""
    post = read_post(text)
    profiles = {handle: f"/alumni/members/{handle}" for handle in _with_profile(session, sorted(post.handles))}
    posts = _numbered(session, topic_id, sorted(post.numbers))
    return post.html(prefix=f"{topic_id}-{number}", profiles=profiles, posts=posts)


def mentioned(text: str) -> frozenset[str]:
    """The handles that a post mentions, as far as they count."""
    return frozenset(sorted(read_post(text).handles)[:MOST_NAMES])


def quoted(text: str) -> frozenset[int]:
    """The posts from which this one quotes, by their permanent numbers."""
    return frozenset(int(number) for number in QUOTED.findall(text))


def quotation(*, post_id: int, number: int, handle: str, text: str) -> str:
    """The words of a post as a quotation: whose they are (by handle, if they have one to show) and where they stand."""
    whose = f"@{handle}, " if handle else ""
    lines = (f"> {line}".rstrip() for line in text.strip().splitlines())
    return "\n".join([f"> {whose}[#{number}](/forum/p/{post_id}):", ">", *lines]) + "\n\n"


def _with_profile(session: Session, handles: Collection[str]) -> Collection[str]:
    """Those of these handles whose owners show themselves to anybody at all."""
    if not handles:
        return ()
    some = list(handles)[:MOST_NAMES]
    known = select(Profile.handle).join(Member, Member.id == Profile.member_id)
    return session.scalars(known.where(Profile.handle.in_(some), is_open(), Profile.show_name > int(Audience.ME))).all()


def _numbered(session: Session, topic_id: int, numbers: Collection[int]) -> dict[int, str]:
    """Where the posts with these numbers in a topic are for ever."""
    if not numbers:
        return {}
    there = select(Post.number, Post.id).where(Post.topic_id == topic_id, Post.number.in_(list(numbers)[:MOST_NAMES]))
    return {row.number: f"/forum/p/{row.id}" for row in session.execute(there)}
