"""The YAML between the two lines of ---, read without surprises: no aliases, tags, double keys or deep nests.

Every scalar stays the text its author typed (so `title: 1325` is a title); every value knows its line.
"""

from dataclasses import dataclass

import yaml

from courses.catalogue.reader.faults import FileNotes, sentence

DEEPEST = 5
TAB = sentence("a tab stands here; YAML wants spaces")
UNREADABLE = sentence("the front matter cannot be read: %(problem)s")
COLON = sentence("put the value into double quotes: it has a colon followed by a space")
TWICE = sentence('key "%(key)s" is given twice')
FIRST = sentence('the front matter must be lines of the form "key: value"')
DEEP = sentence("the front matter is nested too deeply")
FANCY = sentence("anchors, aliases and tags of YAML (&, *, !) have no use here; put the text into double quotes")


@dataclass(slots=True)
class Node:
    """A value and the line it begins on; `plain` tells that a scalar was written without quotes."""

    line: int
    value: "str | list[Node] | dict[str, Node]"
    plain: bool = False


class Unreadable(Exception):
    """Ends the reading of a front matter at a line."""

    def __init__(self, line: int, text: str, **values: object) -> None:
        super().__init__(text)
        self.line = line
        self.text = text
        self.values = values


class Builder:
    """Builds nodes out of YAML events, one after another, without recursion."""

    def __init__(self, first_line: int) -> None:
        self.first_line = first_line
        self.root: Node | None = None
        self.open: list[Node] = []
        self.keys: list[str | None] = []

    def take(self, event: yaml.Event) -> None:
        """Take the next event; raise Unreadable if it has no place here."""
        line = line_of(event, self.first_line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise Unreadable(line, FANCY)
        if isinstance(event, yaml.ScalarEvent):
            self._place(Node(line, event.value, plain=event.style is None))
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(Node(line, {}))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(Node(line, []))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()
            self.keys.pop()

    def _open(self, node: Node) -> None:
        self._place(node)
        if len(self.open) == DEEPEST:
            raise Unreadable(node.line, DEEP)
        self.open.append(node)
        self.keys.append(None)

    def _place(self, node: Node) -> None:
        if not self.open:
            if self.root is not None or not isinstance(node.value, dict):
                raise Unreadable(node.line, FIRST)
            self.root = node
        elif isinstance(self.open[-1].value, list):
            self.open[-1].value.append(node)
        elif isinstance(self.open[-1].value, dict):
            self._place_in_mapping(self.open[-1].value, node)

    def _place_in_mapping(self, mapping: dict[str, Node], node: Node) -> None:
        key = self.keys[-1]
        if key is not None:
            mapping[key] = node
            self.keys[-1] = None
        elif not isinstance(node.value, str):
            raise Unreadable(node.line, FIRST)
        elif node.value in mapping:
            raise Unreadable(node.line, TWICE, key=node.value)
        else:
            self.keys[-1] = node.value


def line_of(event: yaml.Event, first_line: int) -> int:
    """The line of the file an event begins on."""
    return first_line + (event.start_mark.line if event.start_mark else 0)


def parse(text: str, first_line: int, note: FileNotes) -> dict[str, Node] | None:
    """Read a front matter whose first line has this number; note the fault and answer None if it cannot be read."""
    builder = Builder(first_line)
    line = first_line
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            line = line_of(event, first_line)
            builder.take(event)
    except Unreadable as unreadable:
        note.say(unreadable.line, unreadable.text, **unreadable.values)
        return None
    except yaml.MarkedYAMLError as error:
        _say_why(error, text, first_line, note)
        return None
    except (yaml.YAMLError, ValueError, OverflowError):
        note.say(line, UNREADABLE, problem="it has a character that YAML does not allow")
        return None
    return builder.root.value if builder.root and isinstance(builder.root.value, dict) else {}


def _say_why(error: yaml.MarkedYAMLError, text: str, first_line: int, note: FileNotes) -> None:
    mark = error.problem_mark or error.context_mark
    offset = mark.line if mark else 0
    lines = text.split("\n")
    words = lines[offset] if offset < len(lines) else ""
    if "\t" in words:
        note.say(first_line + offset, TAB)
    elif "mapping values" in str(error.problem):
        note.say(first_line + offset, COLON)
    else:
        note.say(first_line + min(offset, len(lines) - 1), UNREADABLE, problem=error.problem or error.context)
