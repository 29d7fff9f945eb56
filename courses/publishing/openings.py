"""How another edition moves the time at which something opens. Pure."""

from dataclasses import replace

from courses.catalogue.content import Course
from courses.catalogue.questions import Opening


def in_titles(opening: Opening | None, course: Course) -> Opening | None:
    """The same opening, with titles for what comes first: names mean something in their own edition alone."""
    titles = {lesson.key: lesson.title for lesson in course.lessons}
    titles |= {module.slug: module.title for module in course.modules}
    return replace(opening, after=tuple(titles.get(each, each) for each in opening.after)) if opening else None


def opens_later(was: Opening | None, now: Opening | None) -> bool:
    """Whether somebody may have to wait longer than before."""
    old, new = was or Opening(), now or Opening()
    day = new.on is not None and (old.on is None or new.on > old.on)
    return day or (new.days or 0) > (old.days or 0) or not set(new.after) <= set(old.after)
