"""What is said in very many posts: lines of the demo's conversations, put together anew, and names of places."""

from collections.abc import Iterator
from dataclasses import dataclass

from academy.markdown import read_post
from alumni.forum.demo.chapter import told
from alumni.forum.demo.spread import dice

SYLLABLES = ("ka", "ra", "mi", "ro", "ba", "shu", "te", "ni", "lo", "gu", "da", "zi", "pe", "ho", "va", "su")
LENGTH = 5
FEWEST, MOST = 2, 6
NAMED_EVERY = 10
_SAYS = {
    "en": "I saw the same in {}.",
    "ru": "То же самое я видел в месте {}.",
    "fa": "همین را در {} هم دیدم.",
    "tg": "Инро дар {} низ дидаам.",
}
_TAGS = (
    "water",
    "border",
    "youth",
    "language",
    "notes",
    "trade",
    "pasture",
    "school",
    "радио",
    "вода",
    "آب",
    "ҷавонон",
)
TAGS = tuple(_TAGS[turn % len(_TAGS)] + (f" {turn // len(_TAGS)}" if turn >= len(_TAGS) else "") for turn in range(120))


@dataclass(frozen=True, slots=True)
class Conversation:
    """A title, the language, and what people say in it: each line as it was typed and as it is shown."""

    title: str
    language: str
    lines: tuple[tuple[str, str], ...]


def conversations() -> tuple[Conversation, ...]:
    """What topics are made of."""
    told_all = list(told())
    lines: dict[str, list[tuple[str, str]]] = {}
    for each in told_all:
        lines.setdefault(each.language, []).extend(_both(line.partition(": ")[2]) for line in each.lines)
    return tuple(Conversation(each.title, each.language, tuple(lines[each.language])) for each in told_all)


def _both(line: str) -> tuple[str, str]:
    text = line.replace("\\n", "\n").strip()
    return text, str(read_post(text).html(prefix="", profiles={}, posts={}))


def said(conversation: Conversation, topic: int, number: int, turn: int) -> tuple[str, str]:
    """The words of a post, as they were typed and as they are shown. Each tenth names a place of its own."""
    parts = list(_parts(conversation, topic, number))
    if turn % NAMED_EVERY == 0:
        sentence = _SAYS[conversation.language].format(place(turn // NAMED_EVERY))
        parts.append((sentence, f"<p>{sentence}</p>\n"))
    return "\n\n".join(text for text, _html in parts), "".join(html for _text, html in parts)


def _parts(conversation: Conversation, topic: int, number: int) -> Iterator[tuple[str, str]]:
    lines = conversation.lines
    count = FEWEST + int((MOST - FEWEST + 1) * dice(topic, number * 8))
    first = int(len(lines) * dice(topic, number * 8 + 1))
    step = 1 + int((len(lines) - 1) * dice(topic, number * 8 + 2))
    return (lines[(first + each * step) % len(lines)] for each in range(count))


def place(number: int) -> str:
    """The name of a place: another one for each number, and none begins like another."""
    letters = ""
    for _ in range(LENGTH):
        number, rest = divmod(number, len(SYLLABLES))
        letters += SYLLABLES[rest]
    return letters.capitalize()
