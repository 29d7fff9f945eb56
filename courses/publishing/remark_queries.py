"""Reads of what was said about drafts: comments, links for guests, what is known of a member."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.publishing.models import DraftComment, GuestLink, Review

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment with the name of whoever made it."""

    comment: DraftComment
    author: str

    @property
    def settled(self) -> bool:
        """Whether it was dealt with."""
        return self.comment.settled_at is not None


def remarks(session: Session, slug: str, *, path: str = "", settled: bool | None = None) -> list[Remark]:
    """Comments on a course, or on one file of it, in the order they were made."""
    query = (
        select(DraftComment, Member.display_name)
        .outerjoin(Member, Member.id == DraftComment.author_id)
        .where(DraftComment.course_slug == slug)
        .order_by(DraftComment.id)
    )
    if path:
        query = query.where(DraftComment.path == path)
    if settled is not None:
        query = query.where(DraftComment.settled_at.is_not(None) if settled else DraftComment.settled_at.is_(None))
    return [
        Remark(row.DraftComment, row.DraftComment.guest or row.display_name or "") for row in session.execute(query)
    ]


def comment(session: Session, slug: str, comment_id: int) -> DraftComment | None:
    """A comment on this course."""
    query = select(DraftComment).where(DraftComment.course_slug == slug, DraftComment.id == comment_id)
    return session.scalars(query).one_or_none()


def comments_by(session: Session, link: GuestLink) -> list[DraftComment]:
    """What was written through a guest's link, in order."""
    query = select(DraftComment).where(DraftComment.guest_link_id == link.id).order_by(DraftComment.id)
    return list(session.scalars(query))


def guest_links(session: Session, slug: str) -> list[tuple[GuestLink, int]]:
    """The links for guests of a course with how many comments came by each, the latest first."""
    count = func.count(DraftComment.id)
    query = (
        select(GuestLink, count)
        .outerjoin(DraftComment, DraftComment.guest_link_id == GuestLink.id)
        .where(GuestLink.course_slug == slug)
        .group_by(GuestLink.id)
        .order_by(GuestLink.id.desc())
        .limit(MOST_SHOWN)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def guest_link(session: Session, slug: str, link_id: int) -> GuestLink | None:
    """A link for a guest of this course."""
    query = select(GuestLink).where(GuestLink.course_slug == slug, GuestLink.id == link_id)
    return session.scalars(query).one_or_none()


def open_link(session: Session, token_hash: str, now: datetime) -> GuestLink | None:
    """The link with this token, if it still opens something."""
    query = select(GuestLink).where(
        GuestLink.token_hash == token_hash, GuestLink.revoked_at.is_(None), GuestLink.expires_at > now
    )
    return session.scalars(query).one_or_none()


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """What a member reviewed and remarked, for their export."""
    asked = select(Review).where(or_(Review.decided_by == member_id, Review.asked_by == member_id)).order_by(Review.id)
    said = select(DraftComment).where(DraftComment.author_id == member_id).order_by(DraftComment.id)
    links = select(GuestLink).where(GuestLink.created_by == member_id).order_by(GuestLink.id)
    return {
        "reviews": [
            {
                "course": each.course_slug,
                "asked": each.request if each.asked_by == member_id else "",
                "verdict": each.verdict,
                "answer": each.answer if each.decided_by == member_id else "",
                "at": (each.decided_at or each.asked_at).isoformat(),
            }
            for each in session.scalars(asked)
        ],
        "comments": [
            {"course": each.course_slug, "file": each.path, "text": each.text, "at": each.made_at.isoformat()}
            for each in session.scalars(said)
        ],
        "guest_links": [
            {
                "course": each.course_slug,
                "lesson": each.lesson_key,
                "guest": each.guest,
                "at": each.created_at.isoformat(),
            }
            for each in session.scalars(links)
        ],
    }
