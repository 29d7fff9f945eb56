"""How courses are spoken of on pages: topics, levels, lengths, the facts on a card."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from academy.i18n import OWN_NAMES, Text, file_size, long_date, ngettext, number
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.catalogue.content import Course, Kind, Level
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import Opening
from courses.catalogue.rules import Length, seed_of

TOPICS: dict[str, Text] = {
    "preventive-diplomacy": _l("Preventive diplomacy"),
    "mediation": _l("Mediation"),
    "women-peace-security": _l("Women, Peace and Security"),
    "counter-terrorism": _l("Counter-terrorism"),
    "prevention-of-violent-extremism": _l("Preventing violent extremism"),
    "youth-peace-security": _l("Youth, Peace and Security"),
    "water-diplomacy": _l("Water diplomacy"),
}
LEVELS: dict[str, Text] = {
    Level.INTRODUCTORY: _l("Introductory"),
    Level.INTERMEDIATE: _l("Intermediate"),
    Level.ADVANCED: _l("Advanced"),
}
LENGTHS: dict[str, Text] = {
    Length.SHORT: _l("Under 4 hours"),
    Length.MIDDLE: _l("4 to 9 hours"),
    Length.LONG: _l("10 hours and more"),
}
KINDS: dict[str, Text] = {
    Kind.READING: _l("Reading"),
    Kind.QUIZ: _l("Quiz"),
    Kind.TASK: _l("Task"),
    Kind.SCENARIO: _l("Scenario"),
    Kind.SESSION: _l("Live session"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A course on the shelf."""

    slug: str
    title: str
    summary: str
    url: str
    seed: int
    facts: tuple[str, ...]
    lang: str


def topic_name(topic: str) -> str:
    """A topic in words; one we do not know is shown as it is written."""
    return str(TOPICS.get(topic, topic.replace("-", " ").capitalize()))


def hours(course: Course) -> str:
    """The effort of a course."""
    return ngettext("%(num)s hour", "%(num)s hours", course.hours)


def lesson_count(course: Course) -> str:
    """How many lessons there are."""
    return ngettext("%(num)s lesson", "%(num)s lessons", len(course.lessons))


def language_names(course: Course) -> str:
    """The languages a course can be read in, by their own names."""
    return " · ".join(OWN_NAMES[code] for code in course.languages)


def card(live: LiveCourse, languages: Sequence[str]) -> Card:
    """The card of a course for a reader of these languages."""
    text = live.course.text(*languages)
    facts = (
        str(LEVELS[live.course.level]),
        lesson_count(live.course),
        hours(live.course),
        file_size(live.size(languages)),
    )
    url = url_for("lessons.index", slug=live.slug)
    return Card(live.slug, text.title, text.summary, url, seed_of(live.slug), facts, text.language)


def choices(courses: Iterable[LiveCourse], languages: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what some course has, each with its words."""
    found = [live.course for live in courses]
    topics = sorted({topic for course in found for topic in course.topics}, key=topic_name)
    spoken = [code for code in OWN_NAMES if any(code in course.languages for course in found)]
    return {
        "topic": [(topic, topic_name(topic)) for topic in topics],
        "level": [(level, str(name)) for level, name in LEVELS.items() if any(c.level == level for c in found)],
        "language": [(code, OWN_NAMES[code]) for code in sorted(spoken, key=lambda code: code not in languages)],
        "length": [(length, str(name)) for length, name in LENGTHS.items()],
    }


def completion_words(course: Course, *, assessed: bool = True) -> list[str]:
    """What earns the certificate, one sentence a rule; without what is assessed for taking part alone."""
    rules, kinds = course.rules, {lesson.kind for lesson in course.lessons}
    sentences = []
    if rules.lessons:
        sentences.append(_("Read %(share)s %% of the lessons.", share=number(rules.lessons)))
    if assessed and rules.quizzes and Kind.QUIZ in kinds:
        sentences.append(_("Pass every quiz with %(share)s %% or more.", share=number(rules.quizzes)))
    if assessed and rules.tasks and Kind.TASK in kinds:
        sentences.append(_("Hand in the practical work and have it accepted by a trainer."))
    if rules.sessions and Kind.SESSION in kinds:
        sentences.append(_("Attend %(share)s %% of the live sessions, or make them up.", share=number(rules.sessions)))
    return sentences


def opening_words(opens: Opening | None, title: Callable[[str], str] = str) -> list[str]:
    """When something opens, one condition after another; nothing if at once. `title` names what comes first."""
    if opens is None:
        return []
    said = [_("from %(day)s", day=long_date(opens.on))] if opens.on else []
    if opens.days:
        said.append(ngettext("%(num)s day after joining", "%(num)s days after joining", opens.days))
    return said + [_("after “%(title)s”", title=title(target)) for target in opens.after]
