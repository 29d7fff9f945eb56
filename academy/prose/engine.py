"""Python-Markdown set up for course texts: its own extensions, no raw HTML, attributes only from a short list."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import ENTITY_RE, InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from academy.prose.borrowed import Borrowed
from academy.prose.sanitiser import AUTHOR_CLASSES, NOTE_TYPES
from academy.prose.shape import Shaper
from academy.prose.texts import Labels, Source

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
DIRECTIONS = ("ltr", "rtl", "auto")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Entity(InlineProcessor):
    """Leaves a character reference such as &nbsp; standing."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: ARG002, N802 - Python-Markdown's name and signature
        """Hide the ampersand from the serialiser, which would escape it."""
        return AMP_SUBSTITUTE + m.group(1)[1:], m.start(0), m.end(0)


class SafeAttributes(AttrListTreeprocessor):
    """Attribute lists reduced to ids of headings, our classes, and language and direction."""

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        """Set what is allowed and forget the rest."""
        attributes, remainder = get_attrs_and_remainder(attrs_string)
        if not (strict and remainder):
            for name, value in attributes:
                _assign(elem, name.lower(), value or "")
        return remainder


def _assign(element: Element, name: str, value: str) -> None:
    if name == "." and value in AUTHOR_CLASSES:
        element.set("class", f"{element.get('class', '')} {value}".strip())
    elif name == "id" and element.tag in HEADINGS:
        element.set("id", value)
    elif (name == "lang" and LANGUAGE.fullmatch(value)) or (name == "dir" and value in DIRECTIONS):
        element.set(name, value)


class Notes(AdmonitionProcessor):
    """Admonitions whose types are known and whose default titles are in the language of the text."""

    def __init__(self, engine: Markdown, labels: Labels) -> None:
        super().__init__(engine.parser)
        self.labels = labels

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        """Answer the type, "note" if it is unknown, and the title, None if it is given as empty."""
        name = match.group(1).lower().split()[0]
        name = name if name in NOTE_TYPES else "note"
        title = match.group(2)
        return name, self.labels.titles.get(name, name) if title is None else title or None


class Footnotes(FootnoteExtension):
    """Footnotes whose ids are numbers, so that no name an author gives can break an id."""

    def __init__(self, prefix: str) -> None:
        super().__init__(SEPARATOR="-")
        self.prefix = prefix
        self.numbers: dict[str, int] = {}

    def _number(self, name: str) -> int:
        if len(self.numbers) != len(self.footnotes):
            self.numbers = {known: number for number, known in enumerate(self.footnotes, start=1)}
        return self.numbers[name]

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802 - Python-Markdown's names
        """Name the note itself."""
        return f"fn-{self.prefix}{self._number(id)}"

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802 - Python-Markdown's names
        """Name the place in the text that mentions the note."""
        return str(self.unique_ref(f"fnref-{self.prefix}{self._number(id)}", found))


class Shape(Treeprocessor):
    """The last look at the tree, where it gets our own forms."""

    def __init__(self, engine: Markdown, shaper: Shaper) -> None:
        super().__init__(engine)
        self.shaper = shaper

    def run(self, root: Element) -> None:
        """Hand the finished tree over."""
        self.shaper.shape(root)


class CourseMarkdown(Extension):
    """All that course texts have beyond plain Markdown, and none of what they may not have."""

    def __init__(self, source: Source, shaper: Shaper) -> None:
        super().__init__()
        self.source = source
        self.shaper = shaper

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take raw HTML out and put our processors in."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(Entity(ENTITY_RE, md), "entity", 80)
        md.parser.blockprocessors.register(Borrowed(md, self.source), "borrowed", 110)
        md.parser.blockprocessors.register(Notes(md, self.source.labels), "admonition", 105)
        md.parser.blockprocessors.register(AbbrBlockprocessor(md.parser, self.shaper.glossary), "abbr", 16)
        md.treeprocessors.register(SafeAttributes(md), "attr_list", 8)
        md.treeprocessors.register(Shape(md, self.shaper), "shape", -10)


def convert(source: Source, shaper: Shaper) -> str:
    """Turn a course text into HTML that is shaped but not yet sanitised."""
    extensions = [
        DefListExtension(),
        SaneListExtension(),
        TableExtension(),
        Footnotes(source.prefix),
        CourseMarkdown(source, shaper),
    ]
    return Markdown(extensions=extensions, output_format="html").convert(source.text)
