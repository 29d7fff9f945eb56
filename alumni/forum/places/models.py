"""Tables of the forum's places: categories, and who looks after each."""

from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, Line, Moment, Prose, Reference, Slug

Circle = Annotated[str, mapped_column(String(80))]


class Category(Base):
    """A place for topics. `readers`, `writers` and `starters` are circles: who may read, reply, begin a topic.

    `made_for` is the circle whose own place it is (a course, a cohort, a group), made by the site itself: the name
    and the three circles of such a place follow it. An archived place is only read; `open_since` is when it was made
    or opened again.
    """

    __tablename__ = "forum_category"
    __table_args__ = (
        UniqueConstraint("slug"),
        UniqueConstraint("made_for"),
        Index("ix_forum_category_readers", "readers"),
        CheckConstraint("place >= 0", name="place"),
    )

    id: Mapped[Id]
    slug: Mapped[Slug]
    name: Mapped[Line]
    description: Mapped[Prose] = mapped_column(default="")
    description_html: Mapped[Prose] = mapped_column(default="")
    place: Mapped[int] = mapped_column(default=0)
    readers: Mapped[Circle]
    writers: Mapped[Circle]
    starters: Mapped[Circle]
    made_for: Mapped[str | None] = mapped_column(String(80))
    open_since: Mapped[Moment]
    archived_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)


class Keeper(Base):
    """Somebody who moderates one category."""

    __tablename__ = "forum_keeper"
    __table_args__ = (Index("ix_forum_keeper_member_id", "member_id"),)

    category_id: Mapped[Reference] = mapped_column(
        ForeignKey("forum_category.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[Moment]
