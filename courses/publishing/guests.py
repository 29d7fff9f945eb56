"""Links by which experts without an account look at one lesson and comment on it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from academy.people.presence import hash_of
from courses.publishing import remark_queries
from courses.publishing.models import DraftComment, GuestLink, Source

USUAL_DAYS, MOST_DAYS = 14, 90
MOST_COMMENTS = 200


class LinkClosed(DomainError):
    """The link was never given, is too old, or was taken back."""

    status = 404
    sentence = _l("This link does not work any more: it is too old, or it was taken back. Please ask whoever sent it.")


class TooManyComments(DomainError):
    """So much was written through one link that somebody should look at it."""

    status = 409
    sentence = _l("A great many comments came through this link already. Please write to whoever sent it.")


@dataclass(frozen=True, slots=True)
class Invitation:
    """Which lesson a guest shall see, as it is in the draft or as learners read it, for how long, answers or not."""

    guest: str
    key: str
    source: Source = Source.DRAFT
    days: int = USUAL_DAYS
    answers: bool = False


def invite(session: Session, *, slug: str, invitation: Invitation, by: Actor, now: datetime) -> tuple[GuestLink, str]:
    """Make a link for a guest; the token is told once and kept only as a hash."""
    token = secrets.token_urlsafe(32)
    link = GuestLink(
        course_slug=slug,
        lesson_key=invitation.key,
        source=invitation.source,
        guest=invitation.guest,
        shows_answers=invitation.answers,
        token_hash=hash_of(token),
        created_by=by.id,
        created_at=now,
        expires_at=now + timedelta(days=invitation.days),
    )
    session.add(link)
    session.flush()
    record(session, actor=by, action="guest.invited", now=now, subject=f"course:{slug}", detail=invitation.key)
    return link, token


def revoke(session: Session, *, link: GuestLink, by: Actor, now: datetime) -> None:
    """Let a link open nothing any more."""
    if link.revoked_at is None:
        link.revoked_at = now
        session.flush()
        record(session, actor=by, action="guest.revoked", now=now, subject=f"course:{link.course_slug}")


def open_link(session: Session, token: str, now: datetime) -> GuestLink:
    """The link with this token; raise LinkClosed."""
    link = remark_queries.open_link(session, hash_of(token), now)
    if link is None:
        raise LinkClosed
    return link


def comment(
    session: Session, *, link: GuestLink, path: str, place: int, quote: str, name: str, text: str, now: datetime
) -> DraftComment:
    """Keep what a guest says about a paragraph of the lesson."""
    if len(remark_queries.comments_by(session, link)) >= MOST_COMMENTS:
        raise TooManyComments
    made = DraftComment(
        course_slug=link.course_slug,
        path=path,
        line=None,
        quote=quote[:255],
        text=text,
        guest=name,
        guest_link_id=link.id,
        place=place,
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made
