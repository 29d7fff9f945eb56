"""The two sides of a comparison: the draft or an edition, its files, and each of its pages as learners get it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from courses.authoring import queries as drafts
from courses.authoring.drafted import Drafted
from courses.catalogue import library, rendering
from courses.catalogue.addresses import Addresses
from courses.catalogue.content import Course, Lesson, Media
from courses.catalogue.labels import labels_in
from courses.catalogue.library import LessonPage, LiveCourse
from courses.catalogue.queries import SHORTEST_DIGEST
from courses.catalogue.reader.faults import Fault
from courses.catalogue.rendering import texts_of
from courses.publishing.quiz_blocks import questions_html

DRAFT = "draft"
SECONDS = 2.0


@dataclass(frozen=True)
class Side:
    """One state of a course. `name` is how addresses speak of it: "draft", or the number of an edition."""

    name: str
    files: Mapping[str, bytes]
    course: Course
    live: LiveCourse | None = None
    faults: tuple[Fault, ...] = ()
    _session: Session | None = field(default=None, repr=False)

    @property
    def is_draft(self) -> bool:
        """Whether it is the working copy."""
        return self.name == DRAFT

    @property
    def number(self) -> int:
        """The number of the edition; 0 for the draft."""
        return self.live.edition_number if self.live else 0

    def key_of(self, path: str) -> tuple[str, str] | None:
        """The key and language of the page that a file is shown as; None if it is none."""
        for key, texts in texts_of(self.course):
            for language, text in texts.items():
                if text.path == path:
                    return key, language
        return None

    def page(self, path: str) -> str | None:
        """The page of a file as HTML, questions included; None if it has none. Raises CourseFaults."""
        found = self.key_of(path)
        if found is None:
            return None
        page = self.rendered(*found)
        lesson = self.course.lesson(found[0])
        if page is None or lesson is None:
            return page.html if page else None
        return page.html + questions_html(lesson, page, answers=True)

    def rendered(self, key: str, language: str, addresses: Addresses | None = None) -> LessonPage | None:
        """A page in one language, from what was published or rendered now. Raises CourseFaults."""
        if self.live is not None:
            session = self._session
            return library.lesson_page(session, self.live, key, (language,)) if session is not None else None
        page = rendering.render_page(
            addresses or DraftPictures(self.course), key, language, labels=labels_in, seconds=SECONDS
        )
        return LessonPage(language, Markup(page.html), page.extras, page.minutes, page.words)  # noqa: S704  sanitised

    def lesson(self, key: str) -> Lesson | None:
        """The lesson with this key, or the one it became."""
        return self.course.lesson(key) or self.course.lesson(self.course.moved.get(key, ""))


class DraftPictures(Addresses):
    """Where the pictures of a draft are shown to those who work on it."""

    def media(self, file: Media) -> str:
        """The address of a media file of the draft."""
        digest = file.digest[:SHORTEST_DIGEST]
        return url_for("authoring.draft_media", slug=self.course.slug, digest=digest, name=file.name)


def draft_side(session: Session, slug: str) -> Side:
    """The working copy as it is now."""
    drafted = Drafted(slug, drafts.files_of(session, slug))
    return Side(DRAFT, drafted.files, drafted.course, faults=drafted.inspection.faults)


def edition_side(session: Session, live: LiveCourse) -> Side:
    """An edition."""
    files = library.files_of(session, live.edition_id)
    return Side(str(live.edition_number), files, live.course, live, _session=session)
