"""The texts of a front matter as passages: title, summary, outcomes, the words of a rubric. Pure.

Keys name them: "title", "outcomes/0", "certificate/title", "rubric/actors/text", "rubric/actors/levels/4/title".
"""

from collections.abc import Iterator, Mapping

from courses.catalogue.passages.cutting import Passage, Shape
from courses.catalogue.reader.front_matter import Node

PLAIN = ("title", "summary")
WORDS = ("title", "text")


def passages_of(keys: Mapping[str, Node] | None) -> list[Passage]:
    """Every text of a front matter that is translated, in the order in which it is read."""
    return [Passage(Shape.LINE, text, key=key) for key, text in _texts(keys or {}) if text]


def _texts(keys: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    for key in PLAIN:
        yield key, _text(keys.get(key))
    for place, node in enumerate(_list(keys.get("outcomes"))):
        yield f"outcomes/{place}", _text(node)
    yield "certificate/title", _text(_mapping(keys.get("certificate")).get("title"))
    for criterion in map(_mapping, _list(keys.get("rubric"))):
        name = f"rubric/{_text(criterion.get('id'))}"
        yield from ((f"{name}/{key}", _text(criterion.get(key))) for key in WORDS)
        for level in map(_mapping, _list(criterion.get("levels"))):
            points = _text(level.get("points"))
            yield from ((f"{name}/levels/{points}/{key}", _text(level.get(key))) for key in WORDS)


def _text(node: Node | None) -> str:
    return " ".join(node.value.split()) if node is not None and isinstance(node.value, str) else ""


def _list(node: Node | None) -> list[Node]:
    return node.value if node is not None and isinstance(node.value, list) else []


def _mapping(node: Node | None) -> Mapping[str, Node]:
    return node.value if node is not None and isinstance(node.value, dict) else {}
