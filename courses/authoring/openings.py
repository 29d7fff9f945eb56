"""Let `opens: after:` name a lesson by its new key when it moves to another module. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from courses.authoring.front import with_keys
from courses.catalogue.reader import documents
from courses.catalogue.reader.faults import Notes
from courses.catalogue.reader.layout import numbered
from courses.catalogue.reader.translations import bare


@dataclass(frozen=True, slots=True)
class Move:
    """A lesson goes from one key to another; `keys` are those of all lessons before."""

    old: str
    new: str
    keys: Collection[str]

    def name(self, said: str, module: str, *, leaves: bool) -> str:
        """What a name in a file of this module has to be now; a file that leaves it writes short names out."""
        near = f"{module}/{said}"
        meant = near if "/" not in said and near in self.keys else said
        if meant == self.old:
            return self.new
        return meant if leaves else said


def renamed(files: Mapping[str, bytes], move: Move) -> dict[str, bytes | None]:
    """What has to change in these files, in which the lesson stands under its new key already."""
    changes: dict[str, bytes | None] = {}
    for path, content in files.items():
        opens = _opens(path, content)
        after = _after(opens.get("after"), path, move) if opens else None
        if opens and after is not None and after != opens["after"]:
            changes[path] = with_keys(content.decode("utf-8"), {"opens": {**opens, "after": after}}).encode()
    return changes


def _opens(path: str, content: bytes) -> dict[str, Any] | None:
    document = documents.read(path, content, Notes("").on(path)) if path.endswith(".md") and "/" in path else None
    node = (document.keys or {}).get("opens") if document else None
    found = bare(node) if node else None
    return found if isinstance(found, dict) else None


def _after(after: object, path: str, move: Move) -> str | list[str] | None:
    folder, _, name = path.partition("/")
    module, lesson = numbered(folder), numbered(name.partition(".")[0])
    slug = module[1] if module and lesson else ""  # the page of a module has no lessons beside it
    leaves = bool(module and lesson) and f"{slug}/{lesson[1] if lesson else ''}" == move.new
    before = move.old.partition("/")[0] if leaves else slug
    if isinstance(after, list):
        return [move.name(str(each), before, leaves=leaves) for each in after]
    return move.name(after, before, leaves=leaves) if isinstance(after, str) else None
