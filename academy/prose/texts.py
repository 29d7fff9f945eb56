"""What goes into the renderer of course texts, and what comes out, as plain frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Labels:
    """The words the renderer adds by itself, in the language of the text.

    `%(number)s`, `%(place)s` and `%(heading)s` stand for what is filled in; `digits` are the ten digits to write
    numbers with.
    """

    note: str = "Note %(number)s"
    back: str = "Back to the text at note %(number)s"
    back_again: str = "Back to the text at note %(number)s, place %(place)s"
    footnotes: str = "Notes"
    table: str = "Table %(number)s: %(heading)s"
    table_alone: str = "Table %(number)s"
    titles: Mapping[str, str] = field(
        default_factory=lambda: {
            "aims": "After this lesson you can",
            "question": "Question",
            "key": "Key idea",
            "example": "An example",
            "caution": "Take care",
            "practice": "Try it",
            "short": "In short",
            "warning": "Before you go on",
            "note": "Note",
        }
    )
    digits: str = "0123456789"

    def number(self, value: int) -> str:
        """Write a number with the digits of the language."""
        return str(value).translate(str.maketrans("0123456789", self.digits))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of our own: where it is served, its size in pixels, and where a lighter AVIF of it is served."""

    url: str
    width: int | None = None
    height: int | None = None
    avif: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One Markdown text of a course and all that is needed to render it.

    `links` and `pictures` give our address for each relative target as it is written in the text; what they lack is
    shown as plain text. `inline` drops the paragraph around a single line. `prefix` keeps the ids of several texts on
    one page apart. `heading_ids` are used, in order, instead of ids made from the headings. `borrowed` are passages in
    another language (`borrowed_from` and its direction), whose places in the text hold what `borrowed_place` says.
    """

    text: str
    glossary: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    labels: Labels = field(default_factory=Labels)
    inline: bool = False
    prefix: str = ""
    heading_ids: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()
    borrowed_from: str = ""
    borrowed_direction: str = "ltr"


def borrowed_place(number: int) -> str:
    """What stands in a text in the place of the borrowed passage of this number, counted from 0."""
    return f"\ue000{number}\ue000"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text, for contents and for links to it; `id` is the fragment of its address."""

    id: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term that occurs in a text; `id` is where its text links to."""

    id: str
    term: str
    definition: str


@dataclass(frozen=True, slots=True)
class RenderedText:
    """Safe HTML, and what was found while making it. `links` and `images` are targets as the author wrote them."""

    html: Markup
    headings: tuple[Heading, ...] = ()
    terms: tuple[Term, ...] = ()
    words: int = 0
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


class MarkdownTooHard(Exception):
    """A text that cannot be rendered within the time and memory allowed; `place` counts the texts given, from 0."""

    def __init__(self, place: int = 0) -> None:
        super().__init__(f"Text number {place + 1} is too complicated to be shown.")
        self.place = place
