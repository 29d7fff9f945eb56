"""Which courses fit what somebody looks for. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.catalogue.content import Course, Level
from courses.catalogue.library import LiveCourse

SHORT_HOURS, LONG_HOURS = 4, 10
LADDER = tuple(Level)


class Length(StrEnum):
    """How much time a course takes, roughly."""

    SHORT = "short"
    MIDDLE = "middle"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for in the catalogue; '' means anything."""

    words: str = ""
    topic: str = ""
    level: str = ""
    language: str = ""
    length: str = ""

    @property
    def active(self) -> int:
        """How many filters are set, the words not counted."""
        return sum(1 for each in (self.topic, self.level, self.language, self.length) if each)


def length_of(course: Course) -> Length:
    """Short, middle or long, by the hours of a course."""
    if course.hours < SHORT_HOURS:
        return Length.SHORT
    return Length.MIDDLE if course.hours < LONG_HOURS else Length.LONG


def fits(course: Course, wish: Wish, languages: Sequence[str]) -> bool:
    """Whether a course fits the wish of somebody who reads these languages."""
    return (
        (not wish.topic or wish.topic in course.topics)
        and (not wish.level or wish.level == course.level)
        and (not wish.language or wish.language in course.languages)
        and (not wish.length or wish.length == length_of(course))
        and _mentions(course, wish.words, languages)
    )


def _mentions(course: Course, words: str, languages: Sequence[str]) -> bool:
    if not words:
        return True
    text = folded(" ".join(_texts(course, languages)))
    return all(word in text for word in folded(words).split())


def _texts(course: Course, languages: Sequence[str]) -> list[str]:
    own = {code: course.texts[code] for code in (*languages, course.language) if code in course.texts}
    said = [part for text in own.values() for part in (text.title, text.summary, *text.outcomes)]
    lessons = [lesson.texts[code].title for lesson in course.lessons for code in own if code in lesson.texts]
    return [*said, *lessons, *course.topics]


def folded(text: str) -> str:
    """Text as it is compared: no case, no marks."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in marked if not unicodedata.combining(char))


def seed_of(slug: str) -> int:
    """The number from which a course's cover is woven: the same for ever."""
    return sum(place * ord(char) for place, char in enumerate(slug, start=1))


def published(courses: dict[str, LiveCourse]) -> list[LiveCourse]:
    """The courses that everybody sees: the easiest first, as somebody new should meet them."""
    seen = [live for live in courses.values() if live.status != "draft"]
    return sorted(seen, key=lambda live: LADDER.index(live.course.level))
