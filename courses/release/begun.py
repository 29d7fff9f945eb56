"""Where learners have begun something: features register where they keep it, because what was begun stays open."""

from typing import Any

from flask import current_app
from sqlalchemy import Select


def add(select_begun: Select[Any]) -> None:
    """Let rows of this query (member_id, course_slug, lesson_key) say that a member began a lesson."""
    registered().append(select_begun)


def registered() -> list[Select[Any]]:
    """Every such query of the application at hand."""
    found: list[Select[Any]] = current_app.extensions.setdefault("courses.release.begun", [])
    return found
