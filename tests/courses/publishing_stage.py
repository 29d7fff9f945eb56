"""A published course with a draft of it, and short ways to change and to publish that draft."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from academy import clock
from academy.people.actor import Actor
from academy.people.models import Member
from courses.authoring import queries as drafts
from courses.authoring import service as authoring
from courses.authoring.models import StepKind
from courses.catalogue import library
from courses.catalogue import service as catalogue
from courses.catalogue.library import LiveCourse
from courses.publishing import service
from courses.publishing.service import Wish
from tests import makers
from tests.courses.course_files import LESSON as CANAL
from tests.courses.course_files import course_files

SLUG = "first-steps"
COURSE, LESSON, QUIZ, TASK = "course.md", "01-water/01-canal.md", "01-water/02-check.md", "01-water/03-map.md"
PUBLISH = f"/teach/{SLUG}/publish"
EDITIONS = f"/teach/{SLUG}/editions/"


def begin(session: Session, by: Member) -> str:
    """Publish the course and begin a draft that says the same."""
    catalogue.publish(session, slug=SLUG, files=course_files(), by=by.id, now=makers.LONG_AGO)
    session.commit()
    authoring.begin(session, slug=SLUG, now=makers.LONG_AGO)
    session.commit()
    return SLUG


def write(session: Session, by: Member, changes: Mapping[str, str | None]) -> None:
    """Change files of the draft as one step."""
    draft = drafts.draft_of(session, SLUG)
    assert draft is not None
    contents = {path: None if text is None else text.encode() for path, text in changes.items()}
    authoring.apply(session, draft=draft, kind=StepKind.SAVED, about="", contents=contents, by=by.id, now=clock.now())
    session.commit()


def text(path: str) -> str:
    """A file of the course as it was first published."""
    return course_files()[path].decode()


def changed(source: str = CANAL) -> str:
    """The first lesson with one word more."""
    return source.replace("Two villages share **one** canal.", "Two villages share one *narrow* canal.")


def publish(session: Session, by: Member) -> int:
    """Publish the draft as it is, without the page."""
    prepared = catalogue.prepare(SLUG, drafts.files_of(session, SLUG))
    actor, wish = Actor(by.id, by.display_name), Wish(live(session).edition_number)
    done = service.publish(session, prepared=prepared, wish=wish, by=actor, now=clock.now())
    session.commit()
    return done.number


def live(session: Session) -> LiveCourse:
    """The course as learners read it now."""
    session.expire_all()
    found = library.live_course(session, SLUG)
    session.commit()
    assert found is not None
    return found
