"""The key `opens:` of lessons and modules: read one by one, and looked at together for what would never open."""

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from courses.catalogue.content import Kind, Module
from courses.catalogue.questions import Opening
from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.keys import Keys
from courses.catalogue.reader.layout import Entry, Layout
from courses.catalogue.reader.tasks import NO_DAY

KEYS = ("on", "days", "after")
DAY = re.compile(r"2[01][0-9]{2}-[0-9]{2}-[0-9]{2}")
MOST_DAYS = 999

NOTHING = sentence('key "opens" says nothing; it may have on, days and after below it')
NOT_A_DAY = sentence('key "%(key)s" must be a day as in 2027-03-01')
NOT_NAMES = sentence('key "after" must name a lesson or a module, or a list of them')
NOT_THERE = sentence('key "after": there is no lesson or module "%(name)s" in this course')
A_SESSION = sentence('key "after": "%(name)s" is a live session; nobody finishes one in the course itself')
CIRCLE = sentence('key "after": "%(name)s" waits for this in turn, so neither would ever open')


@dataclass(frozen=True, slots=True)
class Places:
    """What an opening may name: the kinds of lessons by key, and the slugs of modules."""

    kinds: Mapping[str, str]
    modules: frozenset[str]

    def named(self, name: str, module: str) -> str:
        """The key or the slug that is meant by a name in this module ('': in no module's lesson); '' if nothing is."""
        near = f"{module}/{name}"
        if "/" not in name and near in self.kinds:
            return near
        return name if name in self.kinds or name in self.modules else ""

    def can_be_finished(self, target: str) -> bool:
        """Whether a learner can finish it without anybody else."""
        kinds = [kind for key, kind in self.kinds.items() if target in {key, key.partition("/")[0]}]
        return any(kind != Kind.SESSION for kind in kinds)


def places_in(layout: Layout, documents: Mapping[str, Document]) -> Places:
    """Everything in these files that an opening may name."""
    kinds = {
        f"{folder.slug}/{entry.slug}": _kind(entry, documents)
        for folder in layout.modules.values()
        for entry in folder.lessons.values()
    }
    return Places(kinds, frozenset(folder.slug for folder in layout.modules.values()))


def _kind(entry: Entry, documents: Mapping[str, Document]) -> str:
    document = documents.get(entry.files.get("", ""))
    node = (document.keys or {}).get("kind") if document else None
    return str(node.value) if node else Kind.READING


def read(keys: Keys, places: Places, module: str) -> Opening | None:
    """When the lesson of this module (or the module itself: '') opens; None if its file does not say."""
    said = keys.section("opens", KEYS)
    if said is None:
        return None
    if not said.nodes:
        said.note.say(said.line, NOTHING)
    return Opening(_day(said), said.optional_number("days", 1, MOST_DAYS), _after(said, places, module))


def _day(said: Keys) -> date | None:
    found = said.phrase("on", DAY, NOT_A_DAY)
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:  # such as the 29th of February in most years
        said.note.say(said.line_of("on"), NO_DAY, key="on", value=found[0] if found else "")
        return None


def _after(said: Keys, places: Places, module: str) -> tuple[str, ...]:
    node = said.nodes.get("after")
    if node is None:
        return ()
    each = node.value if isinstance(node.value, list) else [node]
    names = [(" ".join(one.value.split()), one.line) for one in each if isinstance(one.value, str)]
    if len(names) < len(each) or not all(name for name, _ in names) or not names:
        said.note.say(node.line, NOT_NAMES)
        return ()
    return tuple(dict.fromkeys(target for name, line in names if (target := _target(said, name, line, places, module))))


def _target(said: Keys, name: str, line: int, places: Places, module: str) -> str:
    target = places.named(name, module)
    if not target:
        said.note.say(line, NOT_THERE, name=name[:120])
    elif not places.can_be_finished(target):
        said.note.say(line, A_SESSION, name=name)
        return ""
    return target


def check(modules: Iterable[Module], documents: Mapping[str, Document]) -> None:
    """Note every opening that waits for something which waits for it in turn."""
    modules = tuple(modules)
    in_circles = _in_circles(_waits(modules))
    for module in modules:
        keys = {lesson.key for lesson in module.lessons}
        _say_circle(documents[module.text().path] if module.texts else None, module.opens, keys, in_circles)
        for lesson in module.lessons:
            _say_circle(documents[lesson.text().path], lesson.opens, {lesson.key}, in_circles)


def _waits(modules: Collection[Module]) -> dict[str, set[str]]:
    """What each lesson waits for, and each module to be finished: its lessons."""
    waits: dict[str, set[str]] = {}
    for module in modules:
        waits[module.slug] = {lesson.key for lesson in module.lessons if lesson.kind is not Kind.SESSION}
        for lesson in module.lessons:
            rules = [] if lesson.preview else [rule for rule in (module.opens, lesson.opens) if rule]
            waits[lesson.key] = {target for rule in rules for target in rule.after}
    return waits


def _in_circles(waits: Mapping[str, set[str]]) -> set[str]:
    """What waits for something that waits for it in turn, and what stands between two such circles."""
    there = {name: {other for other in others if other in waits} for name, others in waits.items()}
    stuck = _stuck(there)
    awaited_by: dict[str, set[str]] = {name: set() for name in stuck}
    for name in stuck:
        for other in there[name] & stuck:
            awaited_by[other].add(name)
    return _stuck(awaited_by)


def _stuck(waits: Mapping[str, set[str]]) -> set[str]:
    """What is left when everything whose turn comes was taken away."""
    order = TopologicalSorter(waits)
    with suppress(CycleError):
        order.prepare()
    left = set(waits)
    while ready := order.get_ready():
        left.difference_update(ready)
        order.done(*ready)
    return left


def _say_circle(document: Document | None, opens: Opening | None, mine: set[str], in_circles: set[str]) -> None:
    if document is None or opens is None or not mine & in_circles:
        return
    names = [name for name in opens.after if name in in_circles]
    if names:
        said = (document.keys or {})["opens"].value
        line = said["after"].line if isinstance(said, dict) else 1
        document.note.say(line, CIRCLE, name=names[0])
