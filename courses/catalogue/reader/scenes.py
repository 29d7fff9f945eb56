"""The body of a scenario: an introduction, then scenes under headings of level 2, each with its choices at the end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import FileNotes, sentence
from courses.catalogue.scenes import DEBRIEF, Choice, Scene, reached_from, story, that_end

HEADING = re.compile(r"##[ \t]+(.*)")
ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")
ITEM = re.compile(r"[-*+] +(\[.*)")
INSIDE = re.compile(r"(?: {2,}|\t)(.*)")
QUOTE = re.compile(r"> ?(.*)")
CHOICE = re.compile(r"\[(?P<text>.+)\]\(#(?P<target>[^)\s]+)\)")
TO_SCENE = re.compile(r"\]\(#([^)\s]+)\)")
FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,100}\]")
FEW = 2

FEW_SCENES = sentence("this scenario has no story; it needs two scenes or more, each a heading that begins with ##")
NO_ID = sentence('scene "%(title)s" has no id; end its heading with one, such as {#river}')
BAD_ID = sentence(
    '"%(id)s" cannot be the id of a scene; begin with a Latin letter; letters, digits, hyphens, 32 at most'
)
SAME_ID = sentence('the id "%(id)s" is used by the scene on line %(line)d as well')
NO_TITLE = sentence('scene "%(id)s" has no title')
NO_WORDS = sentence('scene "%(id)s" has no text')
NO_SCENE = sentence('this choice leads to "%(target)s", and there is no such scene')
SAME_TARGET = sentence('two choices of scene "%(id)s" lead to "%(target)s"; give each a scene of its own')
AFTER = sentence(
    'scene "%(id)s": nothing may stand below its choices; what follows from one stands indented under it as a quote'
)
NOT_ALONE = sentence("a link to a scene is a choice: it stands alone in an item of the list that ends its scene")
UNREACHED = sentence('no choice leads to scene "%(id)s"')
ENDLESS = sentence('from scene "%(id)s" no way leads to an end; an end is a scene without choices')
OF_DEBRIEF = sentence('"debrief" stands below every end by itself: it has no choices, and none leads to it')
NO_FOOTNOTES = sentence("a scenario has no footnotes; name sources in the debrief")
SCENES = sentence("this translation has the scenes %(here)s, its original %(there)s")
CHOICES = sentence('the choices of scene "%(id)s" lead to %(here)s, in the original to %(there)s')
NOTHING = "none"


@dataclass(slots=True)
class _Item:
    """A choice as it is being read."""

    line: int
    start: int
    end: int
    words: list[str]
    quote: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@dataclass(slots=True)
class _Section:
    """A scene as it is being read: where its heading begins, where its text without its choices begins and ends."""

    line: int
    title: str
    id: str
    heading: int
    start: int
    end: int
    items: list[_Item] = field(default_factory=list)
    said_after: bool = False


def read(document: Document) -> tuple[Scene, ...]:
    """The scenes of a scenario, faults noted; what stands above the first is its introduction."""
    sections = _Sections(document).found
    _check_ids(sections, document.note)
    scenes = tuple(_scene(section, document) for section in sections)
    if len(story(scenes)) < FEW:
        document.note.say(document.line, FEW_SCENES)
    else:
        _check_ways(scenes, sections, document.note)
    return scenes


class _Sections:
    """Goes through the lines of a body."""

    def __init__(self, document: Document) -> None:
        self.note = document.note
        self.found: list[_Section] = []
        place = 0
        for number, line in enumerate(document.body.split("\n"), start=document.line):
            self._take(number, line, place)
            place += len(line) + 1

    def _take(self, number: int, line: str, place: int) -> None:
        heading = HEADING.fullmatch(line)
        if heading:
            self.found.append(_section(number, heading[1].strip(), place, place + len(line) + 1))
        elif self.found:
            self._in_scene(self.found[-1], number, line, place)
        if FOOTNOTE.search(line):
            self.note.say(number, NO_FOOTNOTES)

    def _in_scene(self, section: _Section, number: int, line: str, place: int) -> None:
        item, inside = ITEM.fullmatch(line), INSIDE.fullmatch(line)
        end = place + len(line)
        if item and (TO_SCENE.search(line) or section.items or _goes_on(line)):
            section.items.append(_Item(number, place, end, [item[1]]))
        elif section.items and inside:
            section.items[-1].end = end
            quote = QUOTE.fullmatch(inside[1].strip())
            (section.items[-1].quote if quote else section.items[-1].words).append(quote[1] if quote else inside[1])
        elif section.items and line.strip():
            if not section.said_after:
                self.note.say(number, AFTER, id=section.id or section.title)
            section.said_after = True
        elif not section.items:
            section.end = end
            if TO_SCENE.search(line):
                self.note.say(number, NOT_ALONE)


def _goes_on(line: str) -> bool:
    """Whether the text of a link begins here and ends on a later line."""
    return line.count("[") > line.count("]")


def _section(line: int, heading: str, place: int, start: int) -> _Section:
    title, mark, rest = heading.rpartition("{#")
    if mark and rest.endswith("}"):
        return _Section(line, title.strip(), rest[:-1].strip(), place, start, start)
    return _Section(line, heading, "", place, start, start)


def _check_ids(sections: Sequence[_Section], note: FileNotes) -> None:
    known: dict[str, int] = {}
    for section in sections:
        if not section.id:
            note.say(section.line, NO_ID, title=section.title[:60])
        elif not ID.fullmatch(section.id):
            note.say(section.line, BAD_ID, id=section.id[:60])
        elif section.id in known:
            note.say(section.line, SAME_ID, id=section.id, line=known[section.id])
        elif not section.title:
            note.say(section.line, NO_TITLE, id=section.id)
        known.setdefault(section.id, section.line)


def _scene(section: _Section, document: Document) -> Scene:
    if not document.body[section.start : section.end].strip():
        document.note.say(section.line, NO_WORDS, id=section.id or section.title)
    choices = tuple(filter(None, (_choice(item, document.note) for item in section.items)))
    heading, span = (section.heading, section.start), (section.start, max(section.start, section.end))
    return Scene(section.id, section.title, choices, heading, span, section.line)


def _choice(item: _Item, note: FileNotes) -> Choice | None:
    found = CHOICE.fullmatch(item.text)
    if found is None:
        note.say(item.line, NOT_ALONE)
        return None
    return Choice(found["target"], found["text"].strip(), "\n".join(item.quote).strip(), (item.start, item.end))


def _check_ways(scenes: Sequence[Scene], sections: Sequence[_Section], note: FileNotes) -> None:
    there, known = story(scenes), {scene.id for scene in scenes}
    for scene, section in zip(scenes, sections, strict=True):
        _check_targets(scene, [item.line for item in section.items], known, note)
    ways = {scene.id: scene.targets for scene in there.values()}
    met, ending = reached_from(next(iter(there)), ways), that_end(there)
    for scene in there.values():
        if scene.id not in met:
            note.say(scene.line, UNREACHED, id=scene.id)
        elif scene.id not in ending:
            note.say(scene.line, ENDLESS, id=scene.id)


def _check_targets(scene: Scene, lines: Sequence[int], known: set[str], note: FileNotes) -> None:
    met: set[str] = set()
    for choice, line in zip(scene.choices, lines, strict=False):
        if DEBRIEF in {scene.id, choice.target}:
            note.say(line, OF_DEBRIEF)
        elif choice.target not in known:
            note.say(line, NO_SCENE, target=choice.target)
        elif choice.target in met:
            note.say(line, SAME_TARGET, id=scene.id, target=choice.target)
        met.add(choice.target)


def compare(here: Sequence[Scene], there: Sequence[Scene], document: Document) -> None:
    """Note scenes of a translation that are missing or moved, and choices that lead elsewhere."""
    ours, theirs = [scene.id for scene in here], [scene.id for scene in there]
    if ours != theirs:
        document.note.say(document.line, SCENES, here=", ".join(ours) or NOTHING, there=", ".join(theirs) or NOTHING)
        return
    for scene, original in zip(here, there, strict=True):
        if scene.targets != original.targets:
            values = {"here": ", ".join(scene.targets) or NOTHING, "there": ", ".join(original.targets) or NOTHING}
            document.note.say(scene.line, CHOICES, id=scene.id, **values)
