"""What a member may take away and have erased; each feature says which of it is theirs."""

from collections.abc import Callable, Collection, Iterable, Iterator
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


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of a member's own, for what they take away: its name, and what gives its bytes piece by piece."""

    name: str
    pieces: Callable[[], Iterable[bytes]]


FileSource = Callable[[Session, int], Iterable[OwnFile]]


def add_files(source: FileSource) -> None:
    """Let what a member takes away hold these files of theirs too."""
    sources: list[FileSource] = current_app.extensions.setdefault("academy.data_files", [])
    sources.append(source)


def files_of(session: Session, member_id: int) -> Iterator[OwnFile]:
    """Every file of a member's own."""
    sources: list[FileSource] = current_app.extensions.get("academy.data_files", [])
    return (each for source in sources for each in source(session, member_id))


def add_eraser(eraser: Eraser) -> None:
    """Let this be done, in the same transaction and before the account itself goes, when a member is erased."""
    erasers: list[Eraser] = current_app.extensions.setdefault("academy.data_erasers", [])
    erasers.append(eraser)


@dataclass(frozen=True, slots=True)
class Keepsake:
    """Something that a member may leave behind when they go: `words` offer it to those of whom there is any.

    `keep` cuts what stays loose from the member, in the same transaction and before anything is erased: erasers then
    find nothing of it, and nothing in it leads back. What is kept under a neutral name is renamed here.
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


def keep(session: Session, member_id: int, names: Collection[str]) -> list[str]:
    """Leave behind what the member wished to, as far as there is any of it; says what that was."""
    kept = [each for each in keepsakes_of(session, member_id) if each.name in names]
    for each in kept:
        each.keep(session, member_id)
    return [each.name for each in kept]


def export(session: Session, member_id: int) -> dict[str, Any]:
    """Everything the site knows of a member, by feature."""
    providers: dict[str, Provider] = current_app.extensions.get("academy.data_providers", {})
    return {name: provider(session, member_id) for name, provider in providers.items()}


def erase(session: Session, member_id: int) -> None:
    """Let every feature erase what it has of a member."""
    erasers: list[Eraser] = current_app.extensions.get("academy.data_erasers", [])
    for eraser in erasers:
        eraser(session, member_id)
