"""The tree of a course: add, move and retire modules and lessons. Each act is worked out as changes of files. Pure.

A thing is named by its path without ending: "01-water" is a module, "01-water/02-check" a lesson in it. The number says
the order; the slug behind it never changes, because what learners did hangs on it.
"""

import re
from collections.abc import Collection, Iterable, Mapping

from courses.authoring import links, openings
from courses.authoring.front import with_keys
from courses.authoring.openings import Move
from courses.catalogue.reader import documents
from courses.catalogue.reader.faults import Notes
from courses.catalogue.reader.keys import is_slug
from courses.catalogue.reader.layout import numbered
from courses.catalogue.reader.translations import bare
from courses.catalogue.slugs import free_slug

Files = Mapping[str, bytes]
Changes = dict[str, bytes | None]
COURSE, MODULE, GUIDE = "course.md", "module.md", "guide.md"
MOST = 99
VARIANT = re.compile(r"(\.[a-z]{2})?\.md")


class NoSuchThing(LookupError):
    """The tree has nothing of that name."""


class SlugInUse(ValueError):
    """Something beside it has this slug, or had it once."""


class NotASlug(ValueError):
    """The text cannot be part of an address."""


class TreeFull(ValueError):
    """There is no number left in this part of the tree."""


def modules(files: Iterable[str]) -> list[str]:
    """The modules in order."""
    return sorted({path.partition("/")[0] for path in files if "/" in path and numbered(path.partition("/")[0])})


def lessons(files: Iterable[str], module: str) -> list[str]:
    """The lessons of a module in order."""
    stems = {path.removesuffix(".md").partition(".")[0] for path in files if path.startswith(f"{module}/")}
    return sorted(stem for stem in stems if numbered(stem.partition("/")[2]))


def paths_of(files: Iterable[str], thing: str) -> list[str]:
    """Every file of a module, or every language of a lesson."""
    if "/" not in thing:
        return [path for path in files if path.startswith(f"{thing}/")]
    return [path for path in files if path.startswith(thing) and VARIANT.fullmatch(path[len(thing) :])]


def key_of(thing: str) -> str:
    """The key that progress knows a lesson by ("water/check"), or the slug of a module."""
    parts = [numbered(part) for part in thing.split("/")]
    if None in parts:
        raise NoSuchThing(thing)
    return "/".join(part[1] for part in parts if part)


def shifted(files: Files, thing: str, by: int) -> Changes:
    """Move a thing up (-1) or down (+1) among its neighbours; at the end of the row nothing changes."""
    row = _row(files, thing)
    place = row.index(thing)
    other = place + by
    if not 0 <= other < len(row):
        return {}
    numbers = [_last(name)[:2] for name in row]
    row[place], row[other] = row[other], row[place]
    names = {name: _with_number(name, number) for name, number in zip(row, numbers, strict=True)}
    return links.renamed(files, _files_named(files, {old: new for old, new in names.items() if old != new}))


def moved(files: Files, lesson: str, module: str) -> Changes:
    """Put a lesson at the end of another module; the course remembers its old key, so that nobody loses anything."""
    if lesson not in lessons(files, lesson.partition("/")[0]) or module not in modules(files):
        raise NoSuchThing(lesson)
    slug = key_of(lesson).partition("/")[2]
    new = f"{module}/{_free_number(lessons(files, module))}-{slug}"
    old_key, new_key = key_of(lesson), key_of(new)
    own = {old_key, *(key for key, now in _moves(files).items() if now == old_key)}
    _require_free(files, new_key, own)
    changes = links.renamed(files, _files_named(files, {lesson: new}))
    keys = {key_of(each) for name in modules(files) for each in lessons(files, name)}
    changes |= openings.renamed(_after(files, changes), Move(old_key, new_key, keys))
    course = _text(_after(files, changes), COURSE)
    known = {key: new_key if now == old_key else now for key, now in _moves(files).items()}
    moves = {key: now for key, now in {**known, old_key: new_key}.items() if key != now}
    return {**changes, COURSE: with_keys(course, {"moved": moves or None}).encode()}


def _after(files: Files, changes: Changes) -> dict[str, bytes]:
    there = {**files, **changes}
    return {path: content for path, content in there.items() if content is not None}


def retired(files: Files, thing: str) -> Changes:
    """Take a thing out of the course; its slug is written down, so that nothing else is ever given it."""
    gone = paths_of(files, thing)
    if not gone:
        raise NoSuchThing(thing)
    keys = [key_of(each) for each in ([thing] if "/" in thing else [*lessons(files, thing), thing])]
    retired_now = [*_retired(files), *keys]
    course = with_keys(_text(files, COURSE), {"retired": list(dict.fromkeys(retired_now))})
    return {**dict.fromkeys(gone), COURSE: course.encode()}


def free_name(files: Files, title: str, module: str = "") -> str:
    """A short name for a new module, or for a new lesson of this one, that nothing has or had."""
    before = f"{key_of(module)}/" if module else ""
    return free_slug(title, "lesson" if module else "module", lambda name: _is_free(files, before + name))


def added_module(files: Files, slug: str, text: str) -> Changes:
    """Add a module at the end with this text as its first page."""
    _require_free(files, slug)
    return {f"{_free_number(modules(files))}-{slug}/{MODULE}": text.encode()}


def added_lesson(files: Files, module: str, slug: str, text: str) -> Changes:
    """Add a lesson with this text at the end of a module."""
    if module not in modules(files):
        raise NoSuchThing(module)
    _require_free(files, f"{key_of(module)}/{slug}")
    return {f"{module}/{_free_number(lessons(files, module))}-{slug}.md": text.encode()}


def retitled(files: Files, thing: str, title: str) -> Changes:
    """Give a thing another title in the course's own language; its slug stays."""
    path = f"{thing}.md" if "/" in thing else f"{thing}/{MODULE}"
    if path not in files:
        raise NoSuchThing(thing)
    return {path: with_keys(_text(files, path), {"title": title}).encode()}


def _row(files: Files, thing: str) -> list[str]:
    row = lessons(files, thing.partition("/")[0]) if "/" in thing else modules(files)
    if thing not in row:
        raise NoSuchThing(thing)
    return row


def _last(thing: str) -> str:
    return thing.rpartition("/")[2]


def _with_number(thing: str, number: str) -> str:
    folder, slash, name = thing.rpartition("/")
    return f"{folder}{slash}{number}{name[2:]}"


def _files_named(files: Files, names: Mapping[str, str]) -> dict[str, str]:
    return {path: new + path[len(old) :] for old, new in names.items() for path in paths_of(files, old)}


def _free_number(row: list[str]) -> str:
    number = max((int(_last(name)[:2]) for name in row), default=0) + 1
    if number > MOST:
        raise TreeFull
    return f"{number:02d}"


def _require_free(files: Files, key: str, own: Collection[str] = ()) -> None:
    if not all(is_slug(part) for part in key.split("/")):
        raise NotASlug(key)
    if not _is_free(files, key, own):
        raise SlugInUse(key)


def _is_free(files: Files, key: str, own: Collection[str] = ()) -> bool:
    things = [*modules(files), *(lesson for module in modules(files) for lesson in lessons(files, module))]
    taken = {key_of(thing) for thing in things} | {*_retired(files), *_moves(files)}
    return key not in taken.difference(own)


def _text(files: Mapping[str, bytes], path: str) -> str:
    return files[path].decode("utf-8")


def _retired(files: Files) -> list[str]:
    found = _front(files).get("retired", [])
    return [str(key) for key in found] if isinstance(found, list) else []


def _moves(files: Files) -> dict[str, str]:
    found = _front(files).get("moved", {})
    return {str(old): str(new) for old, new in found.items()} if isinstance(found, dict) else {}


def _front(files: Files) -> dict[str, object]:
    document = documents.read(COURSE, files.get(COURSE, b""), Notes("").on(COURSE))
    return {key: bare(node) for key, node in (document.keys or {}).items()} if document else {}
