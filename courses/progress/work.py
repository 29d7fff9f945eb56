"""What the tables of attempts and of works have in common: a learner hands something in, and it is marked."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from academy.db import Id, LessonKey, Moment, Prose, Reference, Slug


class HandedIn:
    """A try at a lesson, numbered from 1, in the edition it belongs to; `score` is in whole per cent."""

    id: Mapped[Id]
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    lesson_key: Mapped[LessonKey]
    number: Mapped[int]
    edition: Mapped[int]
    handed_in_at: Mapped[Moment | None]
    score: Mapped[int | None]


class Marked:
    """What a trainer said of it, and when."""

    comment: Mapped[Prose] = mapped_column(default="")
    marked_at: Mapped[Moment | None]
    marked_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


def rules_of(states: Iterable[str], begun: str) -> tuple[SchemaItem, ...]:
    """What the database holds such a table to; `begun` is the state before anything is handed in."""
    known = ", ".join(f"'{state}'" for state in states)
    return (
        UniqueConstraint("member_id", "course_slug", "lesson_key", "number"),
        CheckConstraint(f"state IN ({known})", name="state"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name="score"),
        CheckConstraint(f"(state = '{begun}') = (handed_in_at IS NULL)", name="handed_in"),
    )
