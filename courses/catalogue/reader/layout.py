"""Which file is what: a course's files sorted by their names into course, modules, lessons, glossary and media."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from courses.catalogue.content import LANGUAGES
from courses.catalogue.reader.faults import Notes, sentence
from courses.catalogue.reader.keys import is_slug

NUMBERED = re.compile(r"([0-9]{2})-(.+)")
MARKDOWN = re.compile(r"(.+?)(?:\.([^.]*))?\.md")

NO_PLACE = sentence(
    "this file has no place in a course; "
    "Markdown belongs into folders such as 01-water, pictures and documents into media/"
)
BAD_NAME = sentence(
    '"%(name)s" must be a number of two digits, a hyphen and a slug of small Latin letters, digits and hyphens, '
    "as in 01-what-it-is"
)
NO_LANGUAGE = sentence('"%(code)s" is not a language of this site (%(known)s)')
NO_ORIGINAL = sentence("this translation has no original: %(original)s is missing")
SAME_NUMBER = sentence("number %(number)s is taken by %(other)s as well")
SAME_SLUG = sentence('the slug "%(slug)s" is used by %(other)s as well')
NO_MODULE_FILE = sentence("the file is missing: a module has a title and a summary in module.md")
NO_LESSON = sentence("this module has no lesson")
NO_MODULE = sentence("this course has no module: it needs a folder such as 01-foundations with a lesson in it")


@dataclass(slots=True)
class Entry:
    """A numbered thing: its files by language code, the original's under ""."""

    name: str
    number: int
    slug: str
    files: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Folder(Entry):
    """A module with its lessons."""

    lessons: dict[str, Entry] = field(default_factory=dict)


@dataclass(slots=True)
class Layout:
    """All files of a course by what they are."""

    course: dict[str, str] = field(default_factory=dict)
    guide: dict[str, str] = field(default_factory=dict)
    glossary: dict[str, str] = field(default_factory=dict)
    modules: dict[str, Folder] = field(default_factory=dict)
    media: list[str] = field(default_factory=list)

    def markdown(self) -> list[str]:
        """Every Markdown file that has a front matter."""
        entries = [
            *self.modules.values(),
            *(lesson for folder in self.modules.values() for lesson in folder.lessons.values()),
        ]
        alone = (*self.course.values(), *self.guide.values())
        return [*alone, *(path for entry in entries for path in entry.files.values())]

    def targets(self) -> set[str]:
        """The Markdown files one may link to: the course's page and lessons, in their original."""
        lessons = (lesson for folder in self.modules.values() for lesson in folder.lessons.values())
        return {path for files in (self.course, *(lesson.files for lesson in lessons)) if (path := files.get(""))}


def numbered(name: str) -> tuple[int, str] | None:
    """The number and the slug in a name like 01-what-it-is."""
    match = NUMBERED.fullmatch(name)
    return (int(match[1]), match[2]) if match and is_slug(match[2]) else None


class Sorter:
    """Sorts paths into a layout."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.layout = Layout()

    def take(self, path: str) -> None:
        """Find the place of one file, or note that it has none."""
        match path.split("/"):
            case [name]:
                self._take_top(path, name)
            case ["media", _]:
                self.layout.media.append(path)
            case [folder, name] if folder != "media":
                self._take_in_module(path, folder, name)
            case _:
                self.notes.on(path).say(1, NO_PLACE)

    def _take_top(self, path: str, name: str) -> None:
        split = self._split(path, name)
        alone = {"course": self.layout.course, "guide": self.layout.guide, "glossary": self.layout.glossary}
        if split and split[0] in alone:
            alone[split[0]][split[1]] = path
        elif split or not name.endswith(".md"):
            self.notes.on(path).say(1, NO_PLACE)

    def _take_in_module(self, path: str, folder: str, name: str) -> None:
        place = numbered(folder)
        if place is None:
            self.notes.on(path).say(1, BAD_NAME, name=folder)
            return
        module = self.layout.modules.setdefault(folder, Folder(folder, *place))
        split = self._split(path, name)
        if split is None:
            if not name.endswith(".md"):
                self.notes.on(path).say(1, NO_PLACE)
        elif split[0] == "module":
            module.files[split[1]] = path
        else:
            self._take_lesson(module, path, *split)

    def _take_lesson(self, module: Folder, path: str, stem: str, language: str) -> None:
        place = numbered(stem)
        if place is None:
            self.notes.on(path).say(1, BAD_NAME, name=stem)
        else:
            module.lessons.setdefault(stem, Entry(stem, *place)).files[language] = path

    def _split(self, path: str, name: str) -> tuple[str, str] | None:
        match = MARKDOWN.fullmatch(name)
        if match is None:
            return None
        if match[2] is not None and match[2] not in LANGUAGES:
            self.notes.on(path).say(1, NO_LANGUAGE, code=match[2], known=", ".join(LANGUAGES))
            return None
        return match[1], match[2] or ""


def lay_out(paths: Iterable[str], notes: Notes) -> Layout:
    """Sort the files of a course and note wrong names, gaps in numbers, doubles and translations without original."""
    sorter = Sorter(notes)
    for path in sorted(paths):
        sorter.take(path)
    layout = sorter.layout
    _check_originals(layout.course, "course.md", notes)
    _check_originals(layout.guide, "guide.md", notes)
    _check_originals(layout.glossary, "glossary.md", notes)
    if not layout.modules:
        notes.on("course.md").say(1, NO_MODULE)
    _check_order(list(layout.modules.values()), notes)
    for folder in layout.modules.values():
        _check_module(folder, notes)
    return layout


def _check_module(folder: Folder, notes: Notes) -> None:
    module_file = f"{folder.name}/module.md"
    if "" not in folder.files:
        notes.on(module_file).say(1, NO_MODULE_FILE)
    _check_originals(folder.files, module_file, notes)
    if not folder.lessons:
        notes.on(module_file).say(1, NO_LESSON)
    _check_order(list(folder.lessons.values()), notes)
    for lesson in folder.lessons.values():
        _check_originals(lesson.files, f"{folder.name}/{lesson.name}.md", notes)


def _check_originals(files: dict[str, str], original: str, notes: Notes) -> None:
    if "" not in files:
        for path in files.values():
            notes.on(path).say(1, NO_ORIGINAL, original=original.rpartition("/")[2])


def _any_file(entry: Entry) -> str:
    files = list(entry.files.values())
    return files[0] if files else f"{entry.name}/module.md"


def _check_order(entries: list[Entry] | list[Folder], notes: Notes) -> None:
    numbers: dict[int, Entry] = {}
    slugs: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.name):
        note = notes.on(_any_file(entry))
        if entry.number in numbers:
            note.say(1, SAME_NUMBER, number=f"{entry.number:02d}", other=numbers[entry.number].name)
        if entry.slug in slugs:
            note.say(1, SAME_SLUG, slug=entry.slug, other=slugs[entry.slug].name)
        numbers.setdefault(entry.number, entry)
        slugs.setdefault(entry.slug, entry)
