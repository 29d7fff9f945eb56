"""What every way to our Markdown asks of the old forum: who is who here, where a post is, what became of a file."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Reference:
    """A post of the old forum that is here: its permanent number and its number in the topic."""

    post_id: int
    number: int


@dataclass(slots=True)
class Lookups:
    """Answers about the old forum.

    `files` collects the names of the files that the text shows, `missing` of those that are not at hand.
    `handle_of` gives the handle here of somebody there ('' for nobody), `post_of` a post by its key or by topic and
    number, `has_file` says whether the file is at hand.
    """

    handle_of: Callable[[str], str]
    post_of: Callable[[str, str, int], Reference | None]
    has_file: Callable[[str], bool]
    files: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def heading(self, name: str, *, key: str = "", talk: str = "", number: int = 0) -> list[str]:
        """The line above a quotation: whose words these are and where they stand, as our own quotations say it."""
        handle = self.handle_of(name) if name else ""
        whose = f"@{handle}" if handle else plain_name(name)
        found = self.post_of(key, talk, number) if key or number else None
        if found is None:
            return [f"{whose}:"] if whose else []
        where = f"[#{found.number}](/forum/p/{found.post_id}):"
        return [f"{whose}, {where}" if handle else f"{f'{whose}, ' if whose else ''}{where}"]

    def mention(self, name: str) -> str:
        """Somebody who is named in a text: by their handle here, or else by their old name, which mentions nobody."""
        handle = self.handle_of(name)
        return f"@{handle}" if handle else plain_name(name)

    def file(self, word: str, name: str) -> str:
        """What stands in the text for a file: its name; whether it is shown below the text is up to who brings it."""
        if self.has_file(word):
            self.files.setdefault(word, name)
        else:
            self.missing.append(name or word)
        return f"\\[{name}\\]" if name else ""


def plain_name(name: str) -> str:
    """A name as mere words."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>~@#" else char for char in " ".join(name.split()))
