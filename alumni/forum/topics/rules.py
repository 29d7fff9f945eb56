"""What holds for topics and posts, decided without the world."""

from dataclasses import dataclass

PAGE = 20
"""Posts on a page, and topics on a list."""
LONGEST_TITLE, LONGEST = 160, 20_000


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody writes: Markdown, the language it is in, what it warns of, the token of the form."""

    text: str
    token: str = ""
    language: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """What whoever asks may do in a place and, where one is at hand, with a topic in it."""

    reply: bool = False
    begin: bool = False
    keep_order: bool = False


def page_from(number: int) -> int:
    """The number with which the page begins that shows the post of this number: 1, 21, 41 and so on."""
    return (max(number, 1) - 1) // PAGE * PAGE + 1
