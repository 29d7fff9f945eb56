"""Keep the words of lessons that can be searched: those of live editions, renewed with each that goes live."""

import re
from datetime import datetime, timedelta
from html import unescape

from flask import Flask
from sqlalchemy import delete, event, select
from sqlalchemy.orm import Session, UOWTransaction

from academy import db
from academy.db import Writing
from academy.jobs import registry
from courses.catalogue.models import CourseRecord, EditionPage
from courses.lessons.models import TEXTS, LessonText

TAG = re.compile(r"<[^>]*>")
_CHANGED = "lessons.changed"


def init_app(app: Flask) -> None:
    """Follow what goes live; find once a day what went live unseen."""
    del app
    for name, act in (("after_flush", _note), ("before_commit", _follow)):
        if not event.contains(Writing, name, act):
            event.listen(Writing, name, act)
    registry.add_interval("lessons.searchable", catch_up, every=timedelta(days=1))


def refresh(session: Session, slug: str) -> None:
    """Let the search know the lessons of this course as they are now."""
    old = session.scalars(select(LessonText.id).where(LessonText.course_slug == slug)).all()
    TEXTS.forget(session, old)
    session.execute(delete(LessonText).where(LessonText.course_slug == slug))
    pages = select(EditionPage).join(CourseRecord, CourseRecord.edition_id == EditionPage.edition_id)
    live = session.scalars(pages.where(CourseRecord.slug == slug)).all()
    texts = {}
    for page in live:
        if "/" in page.key and not page.key.endswith("/"):
            row = LessonText(edition_id=page.edition_id, course_slug=slug, key=page.key, language=page.language)
            session.add(row)
            session.flush()
            texts[row.id] = (unescape(TAG.sub(" ", page.html)),)
    TEXTS.put(session, texts)


def catch_up(_values: object, _now: datetime) -> None:
    """Renew what the search knows of courses whose live edition it does not know."""
    known = select(LessonText.edition_id)
    with db.the_database().transaction() as session:
        unknown = select(CourseRecord.slug).where(
            CourseRecord.edition_id.is_not(None), CourseRecord.edition_id.not_in(known)
        )
        for slug in session.scalars(unknown).all():
            refresh(session, slug)


def _note(session: Session, _flushed: UOWTransaction) -> None:
    slugs = {each.slug for each in (*session.new, *session.dirty) if isinstance(each, CourseRecord)}
    if slugs:
        session.info.setdefault(_CHANGED, set()).update(slugs)


def _follow(session: Session) -> None:
    if session.new or session.dirty or session.deleted:
        session.flush()
    changed: set[str] = session.info.pop(_CHANGED, set())
    for slug in changed:
        refresh(session, slug)
