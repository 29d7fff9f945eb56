"""Pages of a draft drawn as the learners of the course will get them."""

from courses.authoring.previews import Shown
from courses.catalogue.content import Lesson
from courses.lessons import pages
from courses.lessons.outline import outline_of
from courses.lessons.panels import LessonContext
from courses.lessons.reading import Seat
from courses.progress.queries import Standing


def course(shown: Shown) -> str:
    """The course page for somebody who thinks about taking the course."""
    return pages.drawn_course(Seat(shown.live, None, shown.languages, may_study=False), shown.learner, shown.page)


def lesson(shown: Shown) -> str:
    """A lesson for a learner who has just begun."""
    seat = Seat(shown.live, Standing(shown.now, None), shown.languages, may_study=True)
    return pages.drawn_lesson(seat, lesson_of(shown), shown.page)


def context_of(shown: Shown) -> LessonContext:
    """What the features behind other kinds of lessons are given, for a learner who has just begun."""
    here = lesson_of(shown)
    outline = outline_of(shown.live, {}, shown.languages, here.key)
    standing = Standing(shown.now, None)
    return LessonContext(shown.learner, shown.live, here, shown.page, standing, shown.languages, outline, shown.now)


def lesson_of(shown: Shown) -> Lesson:
    """The lesson that is shown."""
    if shown.lesson is None:
        raise LookupError("A course page was to be drawn as a lesson.")
    return shown.lesson
