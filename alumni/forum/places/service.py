"""Making and changing the places of the forum."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from academy.markdown import render_member_text
from alumni.forum.places import queries
from alumni.forum.places.models import Category

SLUG = 64


@dataclass(frozen=True, slots=True)
class Outline:
    """What a place is: its address, its words, and for whom."""

    slug: str
    name: str
    readers: str
    writers: str
    starters: str
    description: str = ""
    place: int = 50


def open_place(session: Session, outline: Outline, now: datetime) -> Category:
    """Make a place."""
    made = Category(open_since=now, **_columns(outline))
    session.add(made)
    session.flush()
    return made


def open_for(session: Session, circle: str, outline: Outline, now: datetime) -> Category:
    """The place that belongs to a circle, made if it is not there yet; its name and circles follow `outline`."""
    there = queries.made_for(session, circle)
    if there is None:
        there = open_place(session, outline, now)
        there.made_for = circle
    for name in ("name", "readers", "writers", "starters"):
        if getattr(there, name) != getattr(outline, name):
            setattr(there, name, getattr(outline, name))
    return there


def _columns(outline: Outline) -> dict[str, str | int]:
    return {
        "slug": outline.slug,
        "name": outline.name,
        "description": outline.description,
        "description_html": str(render_member_text(outline.description)),
        "place": outline.place,
        "readers": outline.readers,
        "writers": outline.writers,
        "starters": outline.starters,
    }
