"""For which parts of the place a role in courses can be given; features that own such parts say so."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy.orm import Session

Scopes = Callable[[Session], list[tuple[str, str]]]


def add(scopes: Scopes) -> None:
    """Let roles in courses be given for a part of the place: pairs of scope ('course:<slug>') and its title."""
    providers: list[Scopes] = current_app.extensions.setdefault("academy.role_scopes", [])
    providers.append(scopes)


def choices(session: Session) -> list[tuple[str, str]]:
    """Every scope a role in courses may have, beyond the whole place."""
    providers: list[Scopes] = current_app.extensions.get("academy.role_scopes", [])
    return [pair for provider in providers for pair in provider(session)]
