"""Tables of scenarios: the way somebody went, and what they chose when they came to a scene for the first time."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, LessonKey, Moment, Prose, Reference, Slug, Word


class ScenarioWalk(Base):
    """Where somebody is in a scenario: `path` names the scenes from the first one on, with spaces between them."""

    __tablename__ = "scenario_walk"
    __table_args__ = (Index("ix_scenario_walk_course_slug", "course_slug", "lesson_key"),)

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"), primary_key=True)
    lesson_key: Mapped[LessonKey] = mapped_column(primary_key=True)
    path: Mapped[Prose]
    changed_at: Mapped[Moment]


class ScenarioChoice(Base):
    """What a member chose in a scene when they met it first; going back and choosing otherwise does not change it."""

    __tablename__ = "scenario_choice"
    __table_args__ = (Index("ix_scenario_choice_course_slug", "course_slug", "lesson_key", "scene", "target"),)

    member_id: Mapped[Reference] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    course_slug: Mapped[Slug] = mapped_column(ForeignKey("course.slug"), primary_key=True)
    lesson_key: Mapped[LessonKey] = mapped_column(primary_key=True)
    scene: Mapped[Word] = mapped_column(primary_key=True)
    target: Mapped[Word]
    chosen_at: Mapped[Moment]
