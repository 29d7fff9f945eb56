"""Ask somebody to look at a draft, and say what one thinks of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError, Forbidden
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from courses.publishing import queries
from courses.publishing.models import DraftComment, GuestLink, Review, Verdict


class AskedAlready(DomainError):
    """Whoever shall review was asked and has not answered."""

    status = 409
    sentence = _l("This person was asked for a review already and has not answered yet.")


class OwnWork(Forbidden):
    """Somebody wanted to approve what they wrote themselves."""

    sentence = _l("You changed this draft yourself since it was last published, so you cannot approve it.")


class ReadSomethingElse(DomainError):
    """The draft was changed while it was being reviewed."""

    status = 409
    sentence = _l("The draft was changed while you read it. Please look at the new changes before you decide.")


class Decided(DomainError):
    """The review was given already, or is no longer asked for."""

    status = 409
    sentence = _l("This review was given already, or is no longer asked for.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment belongs: a file, a line of it and how that line began."""

    path: str
    line: int | None = None
    quote: str = ""


def ask(session: Session, *, slug: str, reviewer_id: int, request: str, by: Actor, now: datetime) -> Review:
    """Ask somebody to review the draft; raise AskedAlready."""
    made = Review(
        course_slug=slug,
        digest=queries.digest_of_draft(session, slug),
        asked_by=by.id,
        asked_at=now,
        request=request,
        reviewer_id=reviewer_id,
        verdict=Verdict.WAITING,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise AskedAlready from error
    return made


def decide(
    session: Session, *, review: Review, verdict: Verdict, digest: str, answer: str, by: Actor, now: datetime
) -> None:
    """Give a verdict on the draft with this digest, which must be the draft as it is now."""
    if review.verdict != Verdict.WAITING:
        raise Decided
    if digest != queries.digest_of_draft(session, review.course_slug):
        raise ReadSomethingElse
    if verdict is Verdict.APPROVED and by.id in queries.authors(session, review.course_slug):
        raise OwnWork
    review.verdict, review.digest, review.answer = verdict, digest, answer
    review.decided_at, review.decided_by = now, by.id
    session.flush()
    subject = f"course:{review.course_slug}"
    record(session, actor=by, action=f"draft.review_{verdict.value}", now=now, subject=subject, detail=digest[:12])


def withdraw(session: Session, *, review: Review, by: Actor, now: datetime) -> None:
    """No longer ask for a review."""
    if review.verdict != Verdict.WAITING:
        raise Decided
    review.verdict, review.decided_at, review.decided_by = Verdict.WITHDRAWN, now, by.id
    session.flush()


def comment(session: Session, *, slug: str, place: Place, text: str, by: Actor, now: datetime) -> DraftComment:
    """Say something about a place in the draft."""
    made = DraftComment(
        course_slug=slug,
        path=place.path,
        line=place.line,
        quote=place.quote[:255],
        text=text,
        author_id=by.id,
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made


def settle(session: Session, *, comment: DraftComment, settled: bool, by: Actor, now: datetime) -> None:
    """Note that a comment was dealt with, or that it was not after all."""
    comment.settled_at, comment.settled_by = (now, by.id) if settled else (None, None)
    session.flush()


def forget(session: Session, member_id: int) -> None:
    """Take a member's name off reviews and comments, and close the links they gave to guests."""
    for column in (Review.asked_by, Review.reviewer_id, Review.decided_by):
        session.execute(update(Review).where(column == member_id).values({column: None}))
    for column in (DraftComment.author_id, DraftComment.settled_by):
        session.execute(update(DraftComment).where(column == member_id).values({column: None}))
    theirs = GuestLink.created_by == member_id
    session.execute(
        update(GuestLink).where(theirs, GuestLink.revoked_at.is_(None)).values(revoked_at=GuestLink.created_at)
    )
    session.execute(update(GuestLink).where(theirs).values(created_by=None))
