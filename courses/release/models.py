"""Table of release: what trainers say instead of a course's own rules, for one learner or for one cohort."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, Id, LessonKey, Moment, Slug

WHOLE_COURSE = ""
MOST_SHIFTED = 3660


class ReleaseOverride(Base):
    """When something opens for one learner or one cohort: `target` is a lesson's key, a module's slug or '' (all).

    `opens_on` None means at once. For the whole course there is `shift_days` alone: its days come so much later.
    """

    __tablename__ = "release_override"
    __table_args__ = (
        UniqueConstraint("course_slug", "target", "member_id"),
        UniqueConstraint("course_slug", "target", "cohort_id"),
        CheckConstraint("(member_id IS NULL) <> (cohort_id IS NULL)", name="whom"),
        CheckConstraint("(target = '') = (shift_days IS NOT NULL)", name="shift"),
        CheckConstraint("target <> '' OR (cohort_id IS NOT NULL AND opens_on IS NULL)", name="whole_course"),
        CheckConstraint(f"shift_days BETWEEN -{MOST_SHIFTED} AND {MOST_SHIFTED}", name="shift_days"),
        Index("ix_release_override_member_id", "member_id"),
        Index("ix_release_override_cohort_id", "cohort_id"),
    )

    id: Mapped[Id]
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"))
    target: Mapped[LessonKey]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"))
    opens_on: Mapped[date | None]
    shift_days: Mapped[int | None]
    set_at: Mapped[Moment]
    set_by: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
