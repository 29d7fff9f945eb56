"""Tables of the catalogue: courses, their immutable editions, the files and the rendered pages of each."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, LessonKey, Line, Moment, Prose, Reference, Slug, Word


class CourseRecord(Base):
    """A course by its slug; `edition_id` is the edition that readers see, None while there is none."""

    __tablename__ = "course"
    __table_args__ = (CheckConstraint("status IN ('draft', 'published', 'closed')", name="status"),)

    slug: Mapped[Slug] = mapped_column(primary_key=True)
    status: Mapped[Word]
    edition_id: Mapped[int | None] = mapped_column(
        ForeignKey("edition.id", use_alter=True, name="fk_course_edition_id_edition")
    )
    created_at: Mapped[Moment]


class Edition(Base):
    """An immutable, numbered snapshot of a course. `digest` is over all its files."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("course_slug", "number"),)

    id: Mapped[Id]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    number: Mapped[int]
    digest: Mapped[Line]
    format: Mapped[int] = mapped_column(default=1)
    renderer: Mapped[int]
    published_at: Mapped[Moment]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class StoredFile(Base):
    """The bytes of a file of some course, kept once however many editions hold it; `loose_since` while none does."""

    __tablename__ = "stored_file"

    digest: Mapped[Line] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    loose_since: Mapped[Moment | None]


class EditionFile(Base):
    """Which file stood at which path in an edition."""

    __tablename__ = "edition_file"
    __table_args__ = (Index("ix_edition_file_digest", "digest"),)

    edition_id: Mapped[Reference] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    path: Mapped[Line] = mapped_column(primary_key=True)
    digest: Mapped[Line] = mapped_column(ForeignKey("stored_file.digest"))


class EditionPage(Base):
    """A page of an edition in one language, rendered once. `key`: a lesson's, "module/", or "" for the course."""

    __tablename__ = "edition_page"

    edition_id: Mapped[Reference] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    key: Mapped[LessonKey] = mapped_column(primary_key=True)
    language: Mapped[Word] = mapped_column(primary_key=True)
    html: Mapped[Prose]
    extras: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[int]
    minutes: Mapped[int]
    size: Mapped[int]
