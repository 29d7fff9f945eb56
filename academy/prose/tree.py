"""Small things one does to an element tree again and again."""

import html
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AMP_SUBSTITUTE


def decoded(value: str) -> str:
    """The characters a piece of serialised text stands for."""
    return html.unescape(value.replace(AMP_SUBSTITUTE, "&"))


def plain(element: Element) -> str:
    """The words inside an element, on one line."""
    return " ".join(decoded("".join(element.itertext())).split())


def with_parents(root: Element) -> Iterator[tuple[Element, Element]]:
    """Every element below the root with its parent, in the order of the text; safe while the tree is changed."""
    return iter([(parent, child) for parent in list(root.iter()) for child in list(parent)])


def swap(parent: Element, old: Element, new: Element) -> None:
    """Put a new element in the place of an old one; what followed the old one follows the new one."""
    new.tail, old.tail = old.tail, None
    parent[list(parent).index(old)] = new


def undress(element: Element, text: str | None = None) -> None:
    """Make an element a span without attributes, with other text if some is given."""
    element.tag = "span"
    element.attrib.clear()
    if text is not None:
        for child in list(element):
            element.remove(child)
        element.text = text


def wrap_inside(element: Element, tag: str, **attributes: str) -> None:
    """Put everything inside an element into one new child."""
    inside = list(element)
    text, element.text = element.text, None
    for child in inside:
        element.remove(child)
    wrapper = SubElement(element, tag, {name.rstrip("_"): value for name, value in attributes.items()})
    wrapper.text = text
    wrapper.extend(inside)
