"""The contents beside a lesson, from lines drawn once for every state a lesson can be in."""

from collections.abc import Mapping, Sequence
from threading import Lock

from flask import current_app, get_template_attribute
from markupsafe import Markup

from academy.i18n import current_code
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.lessons.outline import Outline, Step, lesson_url

STATES = ("done", "now", "todo")
MOST_KEPT = 100
Lines = Mapping[str, Mapping[str, Markup]]
_lock = Lock()


def contents(live: LiveCourse, outline: Outline, languages: Sequence[str], current: str) -> list[tuple[str, Markup]]:
    """Each module's title with the lines of its lessons, the one at hand marked as such."""
    lines = _lines(live, languages)
    return [
        (
            part.title,
            Markup("").join(lines[step.key]["now" if step.key == current else step.state] for step in part.lessons),
        )
        for part in outline.modules
    ]


def _lines(live: LiveCourse, languages: Sequence[str]) -> Lines:
    kept: dict[tuple[object, ...], Lines] = current_app.extensions.setdefault("courses.contents", {})
    key = (live.edition_id, live.shelf.digest, tuple(languages), current_code())
    found = kept.get(key)
    if found is None:
        found = {name: _of_lesson(live.slug, lesson, languages) for name, lesson in live.lessons.items()}
        with _lock:
            if len(kept) >= MOST_KEPT:
                kept.pop(next(iter(kept)))
            kept[key] = found
    return found


def _of_lesson(slug: str, lesson: Lesson, languages: Sequence[str]) -> Mapping[str, Markup]:
    draw = get_template_attribute("macros/outline.html", "outline_row")
    title, url = lesson.text(*languages).title, lesson_url(slug, lesson)
    return {state: draw(Step(lesson.key, title, url, state, lesson.kind.value)) for state in STATES}
