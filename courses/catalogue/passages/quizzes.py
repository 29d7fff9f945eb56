"""The body of a quiz cut into passages: prompts, options, feedback. Ids, order and right answers stay outside. Pure.

Keys name a passage by its question: "gate/prompt", "gate/item/0", "gate/feedback/0"; the words
accepted as an answer are one passage, "gate/answer/0", because every language has its own number of them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from courses.catalogue.passages.cutting import Passage, Shape, cut
from courses.catalogue.reader.answers import NUMBER, RANGE, WITHIN, is_open

QUESTION = re.compile(r"(##[ \t]+)(.*?)([ \t]*\{#([^}\n]*)\}[ \t]*)")
OPTION = re.compile(r"([-*+] ?\[[ xXхХ]\][ \t]*)(.*?)([ \t]*)")
PAIR = re.compile(r"([-*+] +)(.*?)([ \t]*::[ \t]*)(.*?)([ \t]*)")
STEP = re.compile(r"([0-9]{1,3}[.)] +)(.*?)([ \t]*)")
ANSWER = re.compile(r"(=[ \t]*)(.*?)([ \t]*)")
QUOTE = re.compile(r"(> ?)(.*)")
INSIDE_QUOTE = re.compile(r"((?: {2,}|\t)[ \t]*> ?)(.*)")
INSIDE = re.compile(r"((?: {2,}|\t)[ \t]*)(.*)")


def cut_quiz(body: str) -> list[str | Passage]:
    """The passages of a quiz, with what stands between them."""
    lines = body.split("\n")
    first = next((place for place, line in enumerate(lines) if line.startswith("## ")), len(lines))
    pieces: list[str | Passage] = []
    if first:
        end = "\n" if first < len(lines) else ""
        pieces += _keyed("intro", cut("\n".join(lines[:first]) + end))
    place = first
    while place < len(lines):
        last = next((at for at in range(place + 1, len(lines)) if lines[at].startswith("## ")), len(lines))
        end = "\n" if last < len(lines) else ""
        pieces += _Question(lines[place:last], end).pieces()
        place = last
    return pieces


def _keyed(name: str, pieces: list[str | Passage]) -> Iterator[str | Passage]:
    number = 0
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield replace(piece, key=f"{name}/{number}")
            number += 1


def _is_fixed(answer: str) -> bool:
    """Whether an accepted answer is the same in all languages: a number, or how long an open answer is."""
    return is_open(answer) or any(form.fullmatch(answer) for form in (NUMBER, WITHIN, RANGE))


class _Question:
    """Goes through the lines of one question."""

    def __init__(self, lines: list[str], end: str) -> None:
        self.lines = lines
        self.end = end
        self.at = 0
        self.name = ""
        self.counts: dict[str, int] = {}
        self.items = 0

    def pieces(self) -> Iterator[str | Passage]:
        """One after another, every line end where it was."""
        while self.at < len(self.lines):
            yield from self._line(self.lines[self.at])
            yield "\n" if self.at < len(self.lines) else self.end

    def _line(self, line: str) -> Iterator[str | Passage]:
        self.at += 1
        if self.at == 1:
            yield from self._heading(line)
        elif match := OPTION.fullmatch(line):
            yield self._item(match)
        elif match := PAIR.fullmatch(line):
            yield from self._pair(match)
        elif match := STEP.fullmatch(line):
            yield self._item(match)
        elif match := ANSWER.fullmatch(line):
            yield self._answer(line, match)
        elif match := INSIDE_QUOTE.fullmatch(line):
            yield self._group(f"feedback/{self.items - 1}", match[1], match[2])
        elif self.items and (match := QUOTE.fullmatch(line)):
            yield self._group(self._next("explanation"), match[1], match[2])
        elif line.strip() and not self.items:
            yield self._group(self._next("detail"), "", line)
        else:
            yield line

    def _heading(self, line: str) -> Iterator[str | Passage]:
        match = QUESTION.fullmatch(line)
        if match is None:
            yield line
        else:
            self.name = match[4].strip()
            yield self._passage("prompt", match[2], match[1], match[3])

    def _item(self, match: re.Match[str]) -> Passage:
        self.items += 1
        key = f"item/{self.items - 1}"
        following = INSIDE.fullmatch(self.lines[self.at]) if self.at < len(self.lines) else None
        if following is None or not following[2] or following[2].startswith(">"):
            return self._passage(key, match[2], match[1], match[3])
        more = self._more(following[1])
        return self._passage(key, "\n".join([match[2] + match[3], *more]), match[1], prefix=following[1])

    def _pair(self, match: re.Match[str]) -> Iterator[Passage]:
        self.items += 1
        yield self._passage(f"term/{self.items - 1}", match[2], match[1], match[3])
        yield self._passage(f"definition/{self.items - 1}", match[4], "", match[5])

    def _answer(self, line: str, match: re.Match[str]) -> str | Passage:
        self.items += 1
        if _is_fixed(match[2]):
            return line
        prefix, said = match[1], [match[2] + match[3]]
        while self.at < len(self.lines) and (more := ANSWER.fullmatch(self.lines[self.at])):
            if _is_fixed(more[2]) or more[1] != prefix:
                break
            said.append(more[2] + more[3])
            self.at += 1
        return self._passage(self._next("answer"), "\n".join(said), prefix, prefix=prefix)

    def _group(self, key: str, prefix: str, first: str) -> Passage:
        """Lines that begin alike, as one text."""
        return self._passage(key, "\n".join([first, *self._more(prefix)]), prefix, prefix=prefix)

    def _more(self, prefix: str) -> list[str]:
        found = []
        while self.at < len(self.lines) and self._belongs(self.lines[self.at], prefix):
            found.append(self.lines[self.at].removeprefix(prefix))
            self.at += 1
        return found

    @staticmethod
    def _belongs(line: str, prefix: str) -> bool:
        if not line.strip() or not line.startswith(prefix):
            return False
        rest = line.removeprefix(prefix)
        marks = (OPTION, PAIR, STEP, ANSWER, QUOTE, INSIDE_QUOTE)
        return prefix.strip() != "" or not any(form.fullmatch(line) or form.fullmatch(rest) for form in marks)

    def _next(self, name: str) -> str:
        number = self.counts.get(name, 0)
        self.counts[name] = number + 1
        return f"{name}/{number}"

    def _passage(self, key: str, text: str, before: str, after: str = "", prefix: str = "") -> Passage:
        return Passage(Shape.LINE, text, before, after, prefix, f"{self.name}/{key}")
