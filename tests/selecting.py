"""CSS selectors over one page, asked of its elements by name, attribute or class instead of one after another.

The library that reads the pages walks the whole of a page for each selector; our tests ask each page a hundred times.
What fits is still decided by the library: here it is only asked of those elements that can.
"""

from collections.abc import Iterable
from typing import Any

from justhtml.selector import ComplexSelector, SelectorMatcher, SimpleSelector, parse_selector

KEYS = {SimpleSelector.TYPE_CLASS: "class", SimpleSelector.TYPE_ID: "id"}


class Index:
    """The elements of a page, in its order, by their names and by the attributes they carry."""

    def __init__(self, elements: Iterable[Any]) -> None:
        self._named: dict[str, dict[int, Any]] = {}
        self._carrying: dict[str, dict[int, Any]] = {}
        self._all: dict[int, Any] = dict(enumerate(elements))
        for place, node in self._all.items():
            self._named.setdefault(node.name.lower(), {})[place] = node
            for name in node.attrs:
                self._carrying.setdefault(name.lower(), {})[place] = node

    def select(self, selector: str) -> list[Any]:
        """Every element that fits the selector, in the order of the page."""
        parsed = parse_selector(selector)
        wanted = [parsed] if isinstance(parsed, ComplexSelector) else parsed.selectors
        fits = SelectorMatcher().matches
        found = {place: node for each in wanted for place, node in self._candidates(each).items() if fits(node, each)}
        return [found[place] for place in sorted(found)]

    def _candidates(self, selector: ComplexSelector) -> dict[int, Any]:
        """Elements that may fit: fewer than all if the last part of the selector names a tag or an attribute."""
        _combinator, last = selector.parts[-1]
        shelves = [shelf for simple in last.selectors if (shelf := self._shelf(simple)) is not None]
        return min(shelves, key=len, default=self._all)

    def _shelf(self, simple: SimpleSelector) -> dict[int, Any] | None:
        if simple.type == SimpleSelector.TYPE_TAG:
            return self._named.get(simple.name or "", {})
        if simple.type in {SimpleSelector.TYPE_ATTR, *KEYS}:
            return self._carrying.get(KEYS.get(simple.type, simple.name or ""), {})
        return None
