"""A draft as its tree is drawn: modules and lessons with titles, languages and what is wrong in each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from courses.authoring import tree
from courses.authoring.drafted import Drafted
from courses.authoring.names import name_of
from courses.catalogue.content import Kind, Lesson
from courses.catalogue.reader.layout import numbered
from courses.catalogue.reader.media import is_twin


@dataclass(frozen=True, slots=True)
class Branch:
    """A module or a lesson of the tree; `name` is how acts speak of it, `path` the file that is edited."""

    name: str
    path: str
    title: str
    kind: Kind | None
    languages: tuple[str, ...]
    faults: int
    lessons: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole tree, the other files of the course, and how much is wrong."""

    branches: tuple[Branch, ...]
    pages: tuple[tuple[str, str], ...]
    media: tuple[str, ...]
    faults: int


def overview(drafted: Drafted) -> Overview:
    """What there is in a draft."""
    faults = Counter(fault.path.partition("/")[2] for fault in drafted.inspection.faults)
    media = tuple(path for path in drafted.files if path.startswith("media/") and not is_twin(path, drafted.files))
    pages = tuple(
        (path, name_of(path, drafted.files)) for path in sorted(drafted.files, key=_by_stem) if "/" not in path
    )
    known = {lesson.key: lesson for lesson in drafted.course.lessons}
    branches = tuple(_module(drafted, name, faults, known) for name in tree.modules(drafted.files))
    return Overview(branches, pages, media, len(drafted.inspection.faults))


def _by_stem(path: str) -> tuple[str, str]:
    """An original before its translations: course.md, course.fa.md."""
    stem, _dot, rest = path.removesuffix(".md").partition(".")
    return stem, rest


def _module(drafted: Drafted, name: str, faults: Mapping[str, int], known: Mapping[str, Lesson]) -> Branch:
    path = f"{name}/{tree.MODULE}"
    module = next((each for each in drafted.course.modules if each.slug == tree.key_of(name)), None)
    lessons = tuple(
        _lesson(drafted, lesson, faults, known.get(tree.key_of(lesson))) for lesson in tree.lessons(drafted.files, name)
    )
    title = module.title if module else _named(name)
    return Branch(name, path, title, None, tuple(module.texts) if module else (), faults.get(path, 0), lessons)


def _lesson(drafted: Drafted, name: str, faults: Mapping[str, int], lesson: Lesson | None) -> Branch:
    wrong = sum(faults.get(path, 0) for path in tree.paths_of(drafted.files, name))
    if lesson is None:
        return Branch(name, f"{name}.md", _named(name), None, (), wrong)
    return Branch(name, lesson.text().path, lesson.title or _named(name), lesson.kind, tuple(lesson.texts), wrong)


def _named(name: str) -> str:
    found = numbered(name.rpartition("/")[2])
    return found[1].replace("-", " ").capitalize() if found else name
