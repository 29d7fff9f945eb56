"""Front matter against what is expected of it: each key's type, its default, and "did you mean"."""

import re
from collections.abc import Collection
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from courses.catalogue.reader.faults import FileNotes, sentence
from courses.catalogue.reader.front_matter import Node

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
LONGEST_TEXT = 500
WHOLE = re.compile(r"[0-9]{1,6}")
FLAGS = {"true": True, "yes": True, "false": False, "no": False}

UNKNOWN = sentence('unknown key "%(key)s"; known here: %(known)s')
UNKNOWN_NEAR = sentence('unknown key "%(key)s"; did you mean "%(near)s"?')
MISSING = sentence('key "%(key)s" is missing')
EMPTY = sentence('key "%(key)s" has no text')
NOT_TEXT = sentence('key "%(key)s" must be one text')
TOO_LONG = sentence('key "%(key)s" is longer than %(most)d letters')
NOT_NUMBER = sentence('key "%(key)s" must be a whole number from %(low)d to %(high)d')
NOT_FLAG = sentence('key "%(key)s" must be true or false')
NOT_CHOICE = sentence('key "%(key)s" is "%(value)s"; it may be %(choices)s')
NOT_LIST = sentence('key "%(key)s" must be a list')
NOT_SECTION = sentence('key "%(key)s" must have lines of its own below it, each further in')
NOT_SLUG = sentence('key "%(key)s": "%(value)s" must be small Latin letters, digits and hyphens')

Choice = TypeVar("Choice", bound=StrEnum)


def is_slug(value: str) -> bool:
    """Whether a text may be part of an address of ours."""
    return len(value) <= LONGEST_SLUG and SLUG.fullmatch(value) is not None


class Keys:
    """The keys of one mapping; each question notes what is wrong and answers a default then."""

    def __init__(self, nodes: dict[str, Node], known: Collection[str], note: FileNotes, line: int = 1) -> None:
        self.nodes = nodes
        self.note = note
        self.line = line
        for key, node in nodes.items():
            if key not in known:
                self._unknown(key, node.line, known)

    def _unknown(self, key: str, line: int, known: Collection[str]) -> None:
        near = get_close_matches(key[:40], known, n=1)
        if near:
            self.note.say(line, UNKNOWN_NEAR, key=key, near=near[0])
        else:
            self.note.say(line, UNKNOWN, key=key, known=", ".join(known))

    def has(self, key: str) -> bool:
        """Whether the key is there at all."""
        return key in self.nodes

    def line_of(self, key: str) -> int:
        """The line of a key's value, else where the mapping begins."""
        return self.nodes[key].line if key in self.nodes else self.line

    def text(self, key: str, *, required: bool = True, most: int = LONGEST_TEXT) -> str:
        """A text on one line; empty if it is absent and not required."""
        node = self.nodes.get(key)
        if node is None:
            if required:
                self.note.say(self.line, MISSING, key=key)
            return ""
        return self._text_of(key, node, most)

    def _text_of(self, key: str, node: Node, most: int = LONGEST_TEXT) -> str:
        if not isinstance(node.value, str):
            self.note.say(node.line, NOT_TEXT, key=key)
            return ""
        text = " ".join(node.value.split())
        if not text or (node.plain and text in {"~", "null"}):
            self.note.say(node.line, EMPTY, key=key)
        elif len(text) > most:
            self.note.say(node.line, TOO_LONG, key=key, most=most)
        return text

    def number(self, key: str, low: int, high: int, default: int | None = None, *, required: bool = False) -> int:
        """A whole number within bounds; the default (else the lower bound) if it is absent."""
        fallback = low if default is None else default
        node = self.nodes.get(key)
        if node is None:
            if required:
                self.note.say(self.line, MISSING, key=key)
            return fallback
        if isinstance(node.value, str) and WHOLE.fullmatch(node.value) and low <= int(node.value) <= high:
            return int(node.value)
        self.note.say(node.line, NOT_NUMBER, key=key, low=low, high=high)
        return fallback

    def optional_number(self, key: str, low: int, high: int) -> int | None:
        """A whole number within bounds, or None if it is absent."""
        return self.number(key, low, high) if key in self.nodes else None

    def flag(self, key: str, *, default: bool) -> bool:
        """Yes or no."""
        node = self.nodes.get(key)
        if node is None:
            return default
        if isinstance(node.value, str) and node.value.lower() in FLAGS:
            return FLAGS[node.value.lower()]
        self.note.say(node.line, NOT_FLAG, key=key)
        return default

    def choice(self, key: str, choices: type[Choice], default: Choice, *, required: bool = False) -> Choice:
        """One of a few words."""
        if key not in self.nodes and not required:
            return default
        value = self.text(key)
        if value in set(choices):
            return choices(value)
        if value:
            self.note.say(self.line_of(key), NOT_CHOICE, key=key, value=value, choices=", ".join(choices))
        return default

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self._text_of(key, node) for node in self._list(key, required=required))

    def slugs(self, key: str) -> tuple[tuple[str, int], ...]:
        """A list of slugs, or of two slugs with a slash between, each with its line."""
        found = [(self._text_of(key, node), node.line) for node in self._list(key, required=False)]
        for value, line in found:
            if value and not all(map(is_slug, value.split("/", 1))):
                self.note.say(line, NOT_SLUG, key=key, value=value)
        return tuple(found)

    def pairs(self, key: str) -> dict[str, tuple[str, int]]:
        """Texts by texts of the author's own, each with its line; empty if the key is absent."""
        node = self.nodes.get(key)
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self.note.say(node.line, NOT_SECTION, key=key)
            return {}
        return {name: (self._text_of(name, value), value.line) for name, value in node.value.items()}

    def _list(self, key: str, *, required: bool) -> list[Node]:
        node = self.nodes.get(key)
        if node is None or (required and node.value == []):
            if required:
                self.note.say(self.line_of(key), MISSING, key=key)
            return []
        if isinstance(node.value, list):
            return node.value
        self.note.say(node.line, NOT_LIST, key=key)
        return []

    def section(self, key: str, known: Collection[str]) -> "Keys | None":
        """The keys below a key, or None if it is absent."""
        node = self.nodes.get(key)
        if node is None:
            return None
        if isinstance(node.value, dict):
            return Keys(node.value, known, self.note, node.line)
        self.note.say(node.line, NOT_SECTION, key=key)
        return None

    def phrase(self, key: str, pattern: re.Pattern[str], fault: str) -> re.Match[str] | None:
        """A text of a fixed form; None if it is absent or of another."""
        if key not in self.nodes:
            return None
        value = self.nodes[key].value
        found = pattern.fullmatch(" ".join(value.split())) if isinstance(value, str) else None
        if found is None:
            self.note.say(self.line_of(key), fault, key=key)
        return found

    def sections(self, key: str, known: Collection[str]) -> list["Keys"]:
        """The list of mappings below a key."""
        found = []
        for node in self._list(key, required=True):
            if isinstance(node.value, dict):
                found.append(Keys(node.value, known, self.note, node.line))
            else:
                self.note.say(node.line, NOT_SECTION, key=key)
        return found
