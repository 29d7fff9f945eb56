"""When a page of a course's staff is there at all: words for the features that put theirs beside the others."""

from collections.abc import Callable

from flask import g
from sqlalchemy import select

from academy import db
from academy.people.actor import Actor
from courses.catalogue.models import CourseRecord

Rule = Callable[[Actor, str], bool]


def once_published(rule: Rule) -> Rule:
    """The rule, for courses that have an edition."""
    return lambda actor, slug: rule(actor, slug) and _is_published(slug)


def _is_published(slug: str) -> bool:
    """Asked by the ways of several features on one page, and once of the database."""
    kept: dict[str, bool] = g.setdefault("published", {})
    if slug not in kept:
        with db.glance() as session:
            kept[slug] = session.scalar(select(CourseRecord.edition_id).where(CourseRecord.slug == slug)) is not None
    return kept[slug]
