"""What a member may take away and have erased; each feature says which of it is theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from academy.i18n import Text

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


@dataclass(frozen=True, slots=True)
class Keepsake:
    """Something that a member may leave behind when they go: `words` offer it to those of whom there is any.

    `keep` notes the wish, in the same transaction and before anything is erased.
    """

    name: str
    words: Text
    there: Callable[[Session, int], bool]
    keep: Callable[[Session, int], None]


def add_keepsake(keepsake: Keepsake) -> None:
    """Let members choose, when they erase their account, whether this stays."""
    keepsakes: list[Keepsake] = current_app.extensions.setdefault("academy.keepsakes", [])
    keepsakes.append(keepsake)


def keepsakes_of(session: Session, member_id: int) -> list[Keepsake]:
    """What this member could leave behind."""
    keepsakes: list[Keepsake] = current_app.extensions.get("academy.keepsakes", [])
    return [each for each in keepsakes if each.there(session, member_id)]


def export(session: Session, member_id: int) -> dict[str, Any]:
    """Everything the site knows of a member, by feature."""
    providers: dict[str, Provider] = current_app.extensions.get("academy.data_providers", {})
    return {name: provider(session, member_id) for name, provider in providers.items()}


def erase(session: Session, member_id: int) -> None:
    """Let every feature erase what it has of a member."""
    erasers: list[Eraser] = current_app.extensions.get("academy.data_erasers", [])
    for eraser in erasers:
        eraser(session, member_id)
