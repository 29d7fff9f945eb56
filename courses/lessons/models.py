"""What the search looks through of lessons."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from academy import search
from academy.db import Base, Id, LessonKey, Reference, Slug, Word

TEXTS = search.add(search.TextIndex("search_lessons", ("words",)))
"""The words of each lesson of a live edition, in each of its languages, under the number of its row below."""


class LessonText(Base):
    """A lesson's text in one language, as the search knows it: only of the edition that readers see."""

    __tablename__ = "lesson_text"
    __table_args__ = (Index("ix_lesson_text_course_slug", "course_slug"),)

    id: Mapped[Id]
    edition_id: Mapped[Reference] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    course_slug: Mapped[Slug]
    key: Mapped[LessonKey]
    language: Mapped[Word]
