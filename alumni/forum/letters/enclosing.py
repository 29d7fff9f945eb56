"""What a letter about a post carries: its words for those alone who asked for them, and the way to answer by e-mail."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.current import the_settings
from academy.notices.kinds import Enclosed
from academy.notices.models import Notice
from academy.people.models import Member
from alumni.forum.letters import addresses
from alumni.forum.letters.rules import topic_in
from alumni.forum.topics.models import ForumChoice, Post, State


def enclose(session: Session, member: Member, notice: Notice) -> Enclosed:
    """The words of the newest post the notice is about, if they may be in the letter, and where an answer goes."""
    settings, topic_id = the_settings(), topic_in(notice.about)
    if not settings.reply_address:
        return Enclosed(_words(session, member.id, notice))
    newest: Any = notice.values.get("post") or 0
    whose = {"member_id": member.id, "topic_id": topic_id, "post_id": newest}
    answer = addresses.address(settings.reply_address, settings.secret_key, **whose, now=clock.now())
    return Enclosed(_words(session, member.id, notice), {"Reply-To": answer})


def _words(session: Session, member_id: int, notice: Notice) -> str:
    wanted = select(ForumChoice.words_in_letters).where(ForumChoice.member_id == member_id)
    if not session.scalar(wanted):
        return ""
    number: Any = notice.values.get("post")
    shown = select(Post).where(Post.id == number, Post.topic_id == topic_in(notice.about), Post.state == State.SHOWN)
    post = session.scalar(shown)
    if post is None:
        return ""
    return post.text if not post.warning else f"[{post.warning}]"
