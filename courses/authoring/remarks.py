"""What was said about a file of a draft: features that keep comments say it, the editor shows it beside the text."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Said:
    """A comment that is not settled. `line` is where it belongs in the text as it is now; None: to all of it."""

    name: str
    text: str
    line: int | None
    url: str


Remarks = Callable[[Session, str, str, str], list[Said]]


def add(name: str, remarks: Remarks) -> None:
    """Let this tell what was said about a file (course, path, its text now), in the application being built."""
    _all()[name] = remarks


def said_about(session: Session, slug: str, path: str, text: str) -> list[Said]:
    """Everything that was said about a file and is not settled, in the order of its lines."""
    found = [each for remarks in _all().values() for each in remarks(session, slug, path, text)]
    return sorted(found, key=lambda each: each.line or 0)


def _all() -> dict[str, Remarks]:
    found: dict[str, Remarks] = current_app.extensions.setdefault("courses.remarks", {})
    return found
