"""What a member may take away and have erased; each feature says which of it is theirs."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

Provider = Callable[[Session, int], dict[str, Any]]
Eraser = Callable[[Session, int], None]


def add_provider(name: str, provider: Provider) -> None:
    """Let the export of a member's data hold, under `name`, what this feature knows of them."""
    providers: dict[str, Provider] = current_app.extensions.setdefault("academy.data_providers", {})
    providers[name] = provider


def add_eraser(eraser: Eraser) -> None:
    """Let this be done, in the same transaction and before the account itself goes, when a member is erased."""
    erasers: list[Eraser] = current_app.extensions.setdefault("academy.data_erasers", [])
    erasers.append(eraser)


def export(session: Session, member_id: int) -> dict[str, Any]:
    """Everything the site knows of a member, by feature."""
    providers: dict[str, Provider] = current_app.extensions.get("academy.data_providers", {})
    return {name: provider(session, member_id) for name, provider in providers.items()}


def erase(session: Session, member_id: int) -> None:
    """Let every feature erase what it has of a member."""
    erasers: list[Eraser] = current_app.extensions.get("academy.data_erasers", [])
    for eraser in erasers:
        eraser(session, member_id)
