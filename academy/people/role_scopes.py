"""For which parts of the place a trainer's role can be given; features that own such parts say so."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy.orm import Session

Scopes = Callable[[Session], list[tuple[str, str]]]


def add(scopes: Scopes) -> None:
    """Let trainers be given a role for a part of the place: pairs of scope ('course:<slug>') and its title."""
    providers: list[Scopes] = current_app.extensions.setdefault("academy.role_scopes", [])
    providers.append(scopes)


def choices(session: Session) -> list[tuple[str, str]]:
    """Every scope a trainer's role may have, beyond the whole place."""
    providers: list[Scopes] = current_app.extensions.get("academy.role_scopes", [])
    return [pair for provider in providers for pair in provider(session)]
