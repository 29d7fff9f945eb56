"""Reads of publishing: editions, notes, reviews."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.people.actor import OWNER, REVIEWER, TRAINER
from academy.people.models import ACTIVE, Member, RoleGrant
from courses.authoring import queries as drafts
from courses.authoring.models import Step, StepKind
from courses.catalogue.models import Edition, EditionFile, StoredFile
from courses.catalogue.service import digest_of_digests
from courses.publishing.models import EditionNote, PublishingRule, Review, Verdict

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition in the list of all."""

    number: int
    digest: str
    published_at: datetime
    published_by: int | None
    size: int
    files: int
    note: str


def editions(session: Session, slug: str, before: int | None = None) -> list[Listed]:
    """The editions of a course, the latest first: one page and one more."""
    size = func.coalesce(func.sum(func.length(StoredFile.content)), 0)
    query = (
        select(
            Edition.number,
            Edition.digest,
            Edition.published_at,
            Edition.published_by,
            size.label("size"),
            func.count(EditionFile.path).label("files"),
            func.coalesce(func.max(EditionNote.text), "").label("note"),
        )
        .outerjoin(EditionFile, EditionFile.edition_id == Edition.id)
        .outerjoin(StoredFile, StoredFile.digest == EditionFile.digest)
        .outerjoin(
            EditionNote, (EditionNote.course_slug == Edition.course_slug) & (EditionNote.number == Edition.number)
        )
        .where(Edition.course_slug == slug)
        .group_by(Edition.id)
        .order_by(Edition.number.desc())
        .limit(MOST_SHOWN + 1)
    )
    rows = session.execute(query.where(Edition.number < before) if before else query)
    return [Listed(*row) for row in rows]


def numbers(session: Session, slug: str) -> list[int]:
    """The numbers of all editions of a course, the latest first."""
    query = select(Edition.number).where(Edition.course_slug == slug).order_by(Edition.number.desc())
    return list(session.scalars(query))


def publisher_of(session: Session, slug: str, number: int) -> str:
    """The name of whoever published an edition; '' where nobody is known."""
    query = (
        select(Member.display_name)
        .join(Edition, Edition.published_by == Member.id)
        .where(Edition.course_slug == slug, Edition.number == number)
    )
    return session.scalar(query) or ""


def notes_since(session: Session, slug: str, after: int, until: int) -> list[EditionNote]:
    """What learners are told about the editions after one and up to another, the latest first."""
    query = (
        select(EditionNote)
        .where(EditionNote.course_slug == slug, EditionNote.number > after, EditionNote.number <= until)
        .order_by(EditionNote.number.desc())
    )
    return list(session.scalars(query))


def digest_of_draft(session: Session, slug: str) -> str:
    """One digest over all files of the draft: an edition of the same files has the same."""
    return digest_of_digests(drafts.digests_of(session, slug))


def authors(session: Session, slug: str) -> set[int]:
    """Everybody who changed the draft since it was published last, or begun."""
    since = (
        select(func.coalesce(func.max(Step.number), 0))
        .where(Step.course_slug == slug, Step.kind == StepKind.PUBLISHED)
        .scalar_subquery()
    )
    query = select(Step.made_by).where(Step.course_slug == slug, Step.number > since, Step.made_by.is_not(None))
    return {member for member in session.scalars(query.distinct()) if member is not None}


def review_required(session: Session, slug: str) -> bool:
    """Whether a second trainer must have approved a draft before it is published."""
    rule = session.get(PublishingRule, slug)
    return rule is not None and rule.review_required


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review with the names of those in it, and whether its approval counts for the draft as it is."""

    review: Review
    asked_by: str
    reviewer: str
    decided_by: str
    counts: bool

    @property
    def void(self) -> bool:
        """Whether the draft was approved once and then changed, or approved by somebody who then wrote in it."""
        return self.review.verdict == Verdict.APPROVED and not self.counts


def reviews(session: Session, slug: str, *, since: datetime | None = None, most: int = 30) -> list[Reviewed]:
    """The reviews of a course, the latest first; those since a moment."""
    query = select(Review).where(Review.course_slug == slug).order_by(Review.id.desc()).limit(most)
    found = list(session.scalars(query.where(Review.asked_at > since) if since else query))
    return _with_names(session, slug, found)


def review(session: Session, slug: str, review_id: int, *, lock: bool = False) -> Review | None:
    """A review of this course."""
    query = select(Review).where(Review.course_slug == slug, Review.id == review_id)
    return session.scalars(query.with_for_update() if lock else query).one_or_none()


def reviewed(session: Session, slug: str, found: Review) -> Reviewed:
    """One review with its names."""
    return _with_names(session, slug, [found])[0]


def _with_names(session: Session, slug: str, found: Collection[Review]) -> list[Reviewed]:
    if not found:
        return []
    people = {each for review in found for each in (review.asked_by, review.reviewer_id, review.decided_by) if each}
    names = {row.id: row.display_name for row in session.execute(_NAMES.where(Member.id.in_(people)))}
    digest, writers = digest_of_draft(session, slug), authors(session, slug)
    return [
        Reviewed(
            each,
            names.get(each.asked_by or 0, ""),
            names.get(each.reviewer_id or 0, ""),
            names.get(each.decided_by or 0, ""),
            each.verdict == Verdict.APPROVED and each.digest == digest and each.decided_by not in writers,
        )
        for each in found
    ]


_NAMES = select(Member.id, Member.display_name)


def is_approved(session: Session, slug: str, digest: str) -> bool:
    """Whether somebody who wrote nothing of it approved exactly this draft."""
    query = select(Review.decided_by).where(
        Review.course_slug == slug, Review.digest == digest, Review.verdict == Verdict.APPROVED
    )
    writers = authors(session, slug)
    return any(decided_by not in writers for decided_by in session.scalars(query))


def approvers(session: Session, slug: str, digests: Collection[str]) -> dict[str, list[str]]:
    """Who approved the files with each of these digests."""
    found: dict[str, list[str]] = {}
    query = (
        select(Review.digest, Member.display_name)
        .join(Member, Member.id == Review.decided_by)
        .where(Review.course_slug == slug, Review.digest.in_(digests), Review.verdict == Verdict.APPROVED)
        .order_by(Review.id)
    )
    for row in session.execute(query):
        found.setdefault(row.digest, []).append(row.display_name)
    return found


def possible_reviewers(session: Session, slug: str) -> list[tuple[int, str]]:
    """Number and name of everybody who may review a draft of this course and changed nothing in it."""
    scopes = ("", f"course:{slug}")
    query = (
        _NAMES.join(RoleGrant, RoleGrant.member_id == Member.id)
        .where(RoleGrant.role.in_((OWNER, TRAINER, REVIEWER)), RoleGrant.scope.in_(scopes), Member.state == ACTIVE)
        .distinct()
        .order_by(Member.display_name, Member.id)
    )
    writers = authors(session, slug)
    return [(row.id, row.display_name) for row in session.execute(query) if row.id not in writers]


def waiting_for(session: Session, member_id: int) -> list[Review]:
    """The reviews that this member was asked for and has not given."""
    query = (
        select(Review)
        .where(Review.reviewer_id == member_id, Review.verdict == Verdict.WAITING)
        .order_by(Review.asked_at)
    )
    return list(session.scalars(query))
