"""The page of a guide, put together for whoever reads it; a draft of it too."""

from flask import render_template

from academy.i18n import language_of
from courses.authoring.previews import Shown
from courses.catalogue.content import GUIDE, first_of
from courses.catalogue.library import LessonPage, LiveCourse

PARTS = 2  # the level of headings that the contents list


def drawn(live: LiveCourse, page: LessonPage, languages: tuple[str, ...]) -> str:
    """The guide with this text."""
    course = live.course
    return render_template(
        "courses/guides/show.html",
        live=live,
        course=course.text(*languages),
        text=course.guide[first_of(course.guide, languages, course.language)],
        page=page,
        lang=language_of(page.language),
        size=live.shelf.measure(GUIDE, languages).size,
        parts=[each for each in page.extras["headings"] if each["level"] == PARTS],
    )


def previewed(shown: Shown) -> str:
    """The guide of a draft."""
    return drawn(shown.live, shown.page, shown.languages)
