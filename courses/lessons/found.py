"""The lessons the search finds: those that whoever asks could open at this moment, and no others."""

from collections.abc import Mapping

from sqlalchemy import Select, and_, false, or_, select
from sqlalchemy.orm import Session

from academy import clock, search
from academy.db import rows
from academy.i18n import current_code, reading_order
from academy.people.actor import Actor
from academy.searching.sources import Hit, Hits
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.enrolment import rules as enrolment
from courses.enrolment.rules import Place
from courses.lessons.models import TEXTS, LessonText
from courses.lessons.outline import lesson_url
from courses.progress.queries import standings_of_member
from courses.release.gates import gates_for

MOST, LOOKED_AT = 10, 100


def lessons(session: Session, actor: Actor | None, typed: str) -> Hits:
    """Lessons in which all these words stand, in the first of the asker's languages they stand in."""
    courses = {slug: live for slug, live in library.live_courses(session).items() if enrolment.may_see(actor, live)}
    may_open = _open_lessons(session, actor, courses)
    words = TEXTS.words_in(session, search.asked(typed), TEXTS.parts)
    found = rows(session, _query(session, courses, may_open), words).all()
    order = reading_order(current_code())
    best: dict[tuple[str, str], str] = {}
    for slug, key, language in sorted(found, key=lambda row: order.index(row[2]) if row[2] in order else len(order)):
        best.setdefault((slug, key), language)
    return Hits([_hit(courses[slug], key, language) for (slug, key), language in best.items()][:MOST])


def _open_lessons(session: Session, actor: Actor | None, courses: Mapping[str, LiveCourse]) -> dict[str, list[str]]:
    standings = standings_of_member(session, actor.id) if actor else {}
    held = [(courses[slug], standing) for slug, standing in standings.items() if slug in courses]
    gates = gates_for(session, actor, held, clock.now()) if actor else {}
    found = {}
    for slug, live in courses.items():
        standing = standings.get(slug)
        place = Place(standing.enrolled_at, standing.left_at) if standing else None
        every = enrolment.may_study(actor, place, slug)
        closed = gates[slug].closed if slug in gates else {}
        found[slug] = [key for key, lesson in live.lessons.items() if (every or lesson.preview) and key not in closed]
    return found


def _query(
    session: Session, courses: Mapping[str, LiveCourse], may_open: Mapping[str, list[str]]
) -> Select[str, str, str]:
    open_to_them = (
        and_(LessonText.edition_id == courses[slug].edition_id, LessonText.key.in_(keys))
        for slug, keys in may_open.items()
        if keys
    )
    fits = TEXTS.matching(session, TEXTS.parts)
    query = select(LessonText.course_slug, LessonText.key, LessonText.language)
    return query.where(LessonText.id.in_(fits), or_(false(), *open_to_them)).order_by(LessonText.id).limit(LOOKED_AT)


def _hit(live: LiveCourse, key: str, language: str) -> Hit:
    lesson = live.lessons[key]
    text = lesson.texts.get(language) or lesson.texts[live.course.language]
    return Hit(text.title, lesson_url(live.slug, lesson), text.summary, language)
