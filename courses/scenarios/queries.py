"""Reads of scenarios."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from courses.scenarios.models import ScenarioChoice, ScenarioWalk

_walk = cast("Table", ScenarioWalk.__table__)
BEGUN = select(_walk.c.member_id, _walk.c.course_slug, _walk.c.lesson_key)


def path_of(session: Session, member_id: int, course_slug: str, lesson_key: str) -> tuple[str, ...]:
    """The scenes that somebody went through; empty for whoever has not begun."""
    path = session.scalar(
        select(ScenarioWalk.path).where(
            ScenarioWalk.member_id == member_id,
            ScenarioWalk.course_slug == course_slug,
            ScenarioWalk.lesson_key == lesson_key,
        )
    )
    return tuple((path or "").split())


def choices_of_others(
    session: Session, member_id: int, course_slug: str, lesson_key: str, scenes: Collection[str]
) -> dict[tuple[str, str], int]:
    """How many others went from each of these scenes to each next one when they met it first."""
    rows = session.execute(
        select(ScenarioChoice.scene, ScenarioChoice.target, func.count())
        .where(
            ScenarioChoice.course_slug == course_slug,
            ScenarioChoice.lesson_key == lesson_key,
            ScenarioChoice.scene.in_(scenes),
            ScenarioChoice.member_id != member_id,
        )
        .group_by(ScenarioChoice.scene, ScenarioChoice.target)
    )
    return {(scene, target): count for scene, target, count in rows}


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """The ways and the first choices of a member, for their export."""
    walks = session.scalars(select(ScenarioWalk).where(ScenarioWalk.member_id == member_id))
    choices = session.scalars(select(ScenarioChoice).where(ScenarioChoice.member_id == member_id))
    return {
        "ways": [
            {"course": each.course_slug, "lesson": each.lesson_key, "scenes": each.path.split()} for each in walks
        ],
        "first_choices": [
            {"course": each.course_slug, "lesson": each.lesson_key, "scene": each.scene, "chosen": each.target}
            for each in choices
        ],
    }


def records(session: Session, slug: str, keys: Collection[str]) -> Mapping[str, int]:
    """How many members have begun each of these scenarios."""
    query = (
        select(ScenarioWalk.lesson_key, func.count())
        .where(ScenarioWalk.course_slug == slug, ScenarioWalk.lesson_key.in_(keys))
        .group_by(ScenarioWalk.lesson_key)
    )
    return {key: count for key, count in session.execute(query)}  # noqa: C416  rows are not pairs to the type checker
