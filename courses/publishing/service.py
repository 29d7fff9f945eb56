"""Publish drafts as editions, and bring editions back as drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from courses.authoring import service as authoring
from courses.authoring.front import NoFrontMatter, with_keys
from courses.authoring.models import Draft, Step, StepKind
from courses.catalogue import library
from courses.catalogue import service as catalogue
from courses.catalogue.content import Status
from courses.catalogue.library import LiveCourse
from courses.catalogue.models import CourseRecord
from courses.catalogue.service import Prepared, Published
from courses.publishing import queries
from courses.publishing.models import EditionNote, PublishingRule
from courses.publishing.rules import restored_keys

COURSE = "course.md"


class ChangedMeanwhile(DomainError):
    """The draft is not what whoever publishes it looked at."""

    status = 409
    sentence = _l(
        "The draft was changed after you opened this page. Nothing was published: look again at what changes."
    )


class PublishedMeanwhile(DomainError):
    """Somebody else published the same draft a moment before."""

    status = 409
    sentence = _l("Somebody else has just published exactly this draft. Nothing was published twice.")


class NothingNew(DomainError):
    """The draft says what learners read already."""

    status = 409
    sentence = _l("The draft says exactly what learners read already. There is nothing to publish.")


class NotReviewed(DomainError):
    """The course asks for a second person's review, and there is none of this draft."""

    status = 409
    sentence = _l("This course asks for a review by a second person, and nobody has approved the draft as it is now.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever publishes asked for: of which edition the difference was shown, a note, and who shall see it.

    `show` True puts a course that only its staff see into the catalogue.
    """

    base: int
    note: str = ""
    show: bool = False


def publish(session: Session, *, prepared: Prepared, wish: Wish, by: Actor, now: datetime) -> Published:
    """Make the draft, as it was prepared, the edition that learners read; all of it or nothing.

    Raises ChangedMeanwhile, PublishedMeanwhile, NothingNew or NotReviewed; whoever saves at the same moment waits.
    """
    slug = prepared.course.slug
    draft = session.get(Draft, slug, with_for_update=True, populate_existing=True)
    live = library.live_course(session, slug)
    _refuse_stale(session, slug, draft, live, prepared, wish)
    if queries.review_required(session, slug) and not queries.is_approved(session, slug, prepared.digest):
        raise NotReviewed
    done = catalogue.freeze(session, prepared=prepared, by=by.id, now=now)
    _keep_status(session, slug, live, wish)
    if wish.note:
        session.add(EditionNote(course_slug=slug, number=done.number, text=wish.note))
    if draft is not None:
        about = _("Edition %(number)s", number=done.number)
        authoring.close_at_edition(session, draft=draft, edition=done.number, about=about, by=by.id, now=now)
    record(
        session,
        actor=by,
        action="edition.published",
        now=now,
        subject=f"course:{slug}",
        detail=f"edition {done.number}",
    )
    return done


def _refuse_stale(
    session: Session, slug: str, draft: Draft | None, live: LiveCourse | None, prepared: Prepared, wish: Wish
) -> None:
    number = live.edition_number if live else 0
    if live is not None and live.shelf.digest == prepared.digest:
        raise NothingNew if wish.base == number else PublishedMeanwhile
    if draft is None or number != wish.base or queries.digest_of_draft(session, slug) != prepared.digest:
        raise ChangedMeanwhile


def _keep_status(session: Session, slug: str, live: LiveCourse | None, wish: Wish) -> None:
    """A course that only its staff see stays so unless somebody asked for the catalogue."""
    hidden = live is None or live.status is Status.DRAFT
    if hidden:
        catalogue.set_status(session, slug=slug, status=Status.PUBLISHED if wish.show else Status.DRAFT)


def show_in_catalogue(session: Session, *, slug: str, by: Actor, now: datetime) -> None:
    """Let everybody see a course that only its staff saw."""
    catalogue.set_status(session, slug=slug, status=Status.PUBLISHED)
    detail = f"{Status.DRAFT.value} to {Status.PUBLISHED.value}"
    record(session, actor=by, action="course.status", now=now, subject=f"course:{slug}", detail=detail)


def restore(session: Session, *, slug: str, number: int, by: Actor, now: datetime) -> Step | None:
    """Make the draft what an edition said; a step like any other. None if the draft says just that already."""
    live, then = library.live_course(session, slug), library.edition(session, slug, number)
    if live is None or then is None:
        raise authoring.NoDraft
    draft = authoring.begin(session, slug=slug, now=now)
    contents = as_draft(library.files_of(session, then.edition_id), then, live)
    about = _("Edition %(number)s", number=number)
    return authoring.replace(
        session, draft=draft, kind=StepKind.RESTORED, about=about, contents=contents, by=by.id, now=now
    )


def as_draft(files: Mapping[str, bytes], then: LiveCourse, now: LiveCourse) -> dict[str, bytes]:
    """The files of an older edition, with what happened to lessons since written into course.md."""
    said = restored_keys(then.course, now.course)
    if not said:
        return dict(files)
    values = {name: value or None for name, value in said.items()}
    try:
        text = with_keys(files[COURSE].decode(), values)
    except NoFrontMatter:
        return dict(files)
    return {**files, COURSE: text.encode()}


def require_review(session: Session, *, slug: str, required: bool, by: Actor, now: datetime) -> None:
    """Say whether a second person must approve drafts of a course before they are published."""
    rule = session.get(PublishingRule, slug) or PublishingRule(course_slug=slug)
    if bool(rule.review_required) == required:
        return
    rule.review_required = required
    session.add(rule)
    session.flush()
    detail = "review required" if required else "review not required"
    record(session, actor=by, action="course.review_rule", now=now, subject=f"course:{slug}", detail=detail)


def status_of(session: Session, slug: str) -> Status:
    """Who sees a course, whether it was published yet or not."""
    found = session.get(CourseRecord, slug)
    return Status(found.status) if found else Status.DRAFT
