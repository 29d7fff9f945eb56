"""What stands below a question: more text, then options, answers, an order or pairs, then the explanation."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    MatchQuestion,
    OpenQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
)
from courses.catalogue.reader.answers import is_open, open_words, read_answer
from courses.catalogue.reader.faults import FileNotes, sentence

OPTION = re.compile(r"[-*+] ?\[([ xXхХ])\](.*)")
PAIR = re.compile(r"[-*+] +(.*)")
STEP = re.compile(r"[0-9]{1,3}[.)] +(.*)")
ANSWER = re.compile(r"=(.*)")
QUOTE = re.compile(r"> ?(.*)")
INSIDE = re.compile(r"(?: {2,}|\t)(.*)")
FEW = 2

NOTHING = sentence('question "%(id)s" cannot be answered: it has no options, answers, order or pairs below it')
MIXED = sentence('question "%(id)s" mixes %(first)s with %(second)s')
NO_RIGHT = sentence('question "%(id)s" has no right answer')
ONE_OPTION = sentence('question "%(id)s" has only one option; a choice needs two or more')
SAME_OPTION = sentence('question "%(id)s" offers "%(text)s" twice')
EMPTY_ITEM = sentence('question "%(id)s" has an item without text')
NEITHER = sentence('begin an option with "- [ ]" or "- [x]"; a pair has " :: " between its two sides')
LOST = sentence(
    'question "%(id)s": this line is no option, answer or explanation; indent it if it belongs to the line above'
)
ONE_STEP = sentence('question "%(id)s" has only one item to put in order')
ONE_PAIR = sentence('question "%(id)s" has only one pair to match')
SAME_SIDE = sentence('question "%(id)s" has "%(text)s" in two pairs')
NO_SIDE = sentence('question "%(id)s" has a pair with an empty side')
STRAY_FEEDBACK = sentence(
    'question "%(id)s": only options have feedback of their own; write the explanation without indent'
)
OPEN_AND_MORE = sentence('question "%(id)s" is open and has other answers as well')


class Shape(StrEnum):
    """What kind of items a question has."""

    OPTIONS = "options"
    ANSWERS = "answers"
    ORDER = "an order"
    PAIRS = "pairs"


@dataclass(slots=True)
class Item:
    """One item, as it is being read."""

    line: int
    text: list[str]
    right: bool = False
    feedback: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its text on one line."""
        return " ".join(" ".join(self.text).split())


class Items:
    """Takes the lines of one question in turn."""

    def __init__(self, name: str, line: int, note: FileNotes) -> None:
        self.name = name
        self.line = line
        self.note = note
        self.shape: Shape | None = None
        self.items: list[Item] = []
        self.detail: list[str] = []
        self.explanation: list[str] = []

    def take(self, line: int, text: str) -> None:
        """Take the next line."""
        if not text.strip():
            self._take_blank()
        elif self._take_item(line, text):
            return
        elif match := QUOTE.fullmatch(text):
            self._take_quote(text, match[1])
        elif self.items and (match := INSIDE.fullmatch(text)):
            self._go_on(line, match[1])
        elif self.items:
            self.note.say(line, LOST, id=self.name)
        else:
            self.detail.append(text)

    def _take_blank(self) -> None:
        if self.explanation:
            self.explanation.append("")
        elif not self.items:
            self.detail.append("")

    def _take_quote(self, text: str, words: str) -> None:
        (self.explanation if self.items else self.detail).append(words if self.items else text)

    def _take_item(self, line: int, text: str) -> bool:
        if match := OPTION.fullmatch(text):
            self._add(Shape.OPTIONS, Item(line, [match[2]], right=match[1] != " "))
        elif match := ANSWER.fullmatch(text):
            self._add(Shape.ANSWERS, Item(line, [match[1]]))
        elif match := STEP.fullmatch(text):
            self._add(Shape.ORDER, Item(line, [match[1]]))
        elif match := PAIR.fullmatch(text):
            if "::" not in match[1]:
                self.note.say(line, NEITHER)
            self._add(Shape.PAIRS if "::" in match[1] else self.shape or Shape.OPTIONS, Item(line, [match[1]]))
        else:
            return False
        return True

    def _add(self, shape: Shape, item: Item) -> None:
        if self.shape is not None and self.shape is not shape:
            self.note.say(item.line, MIXED, id=self.name, first=self.shape.value, second=shape.value)
            return
        self.shape = shape
        self.items.append(item)

    def _go_on(self, line: int, words: str) -> None:
        quote = QUOTE.fullmatch(words.strip())
        item = self.items[-1]
        if quote and self.shape is not Shape.OPTIONS:
            self.note.say(line, STRAY_FEEDBACK, id=self.name)
        elif quote:
            item.feedback.append(quote[1])
        elif item.feedback or self.explanation:
            self.note.say(line, LOST, id=self.name)
        else:
            item.text.append(words)

    def finish(self) -> None:
        """Note what is wrong with the items as a whole."""
        if not self.items:
            self.note.say(self.line, NOTHING, id=self.name)
        for item in self.items:
            if not item.words:
                self.note.say(item.line, EMPTY_ITEM, id=self.name)

    @property
    def around(self) -> tuple[str, str]:
        """The text above the items and the explanation below them."""
        return "\n".join(self.detail).strip("\n"), "\n".join(self.explanation).strip("\n")


def answerable(items: Items, prompt: str) -> Question | None:
    """The question that these items make; None if they make none."""
    if not items.items or items.shape is None:
        return None
    detail, explanation = items.around
    asked = (items.name, prompt, detail, explanation, items.line)
    match items.shape:
        case Shape.OPTIONS:
            return ChoiceQuestion(*asked, _options(items))
        case Shape.ORDER:
            return OrderQuestion(*asked, _steps(items))
        case Shape.PAIRS:
            return MatchQuestion(*asked, _pairs(items))
        case Shape.ANSWERS:
            return _answer_question(items, asked)


def _options(items: Items) -> tuple[Option, ...]:
    if len(items.items) < FEW:
        items.note.say(items.line, ONE_OPTION, id=items.name)
    if not any(item.right for item in items.items):
        items.note.say(items.line, NO_RIGHT, id=items.name)
    _check_same(items, SAME_OPTION, [(item.line, item.words) for item in items.items])
    return tuple(Option(item.words, item.right, "\n".join(item.feedback)) for item in items.items)


def _check_same(items: Items, sentence: str, texts: list[tuple[int, str]]) -> None:
    known: set[str] = set()
    for line, text in texts:
        if text and text.casefold() in known:
            items.note.say(line, sentence, id=items.name, text=text)
        known.add(text.casefold())


def _steps(items: Items) -> tuple[str, ...]:
    if len(items.items) < FEW:
        items.note.say(items.line, ONE_STEP, id=items.name)
    _check_same(items, SAME_OPTION, [(item.line, item.words) for item in items.items])
    return tuple(item.words for item in items.items)


def _pairs(items: Items) -> tuple[Pair, ...]:
    if len(items.items) < FEW:
        items.note.say(items.line, ONE_PAIR, id=items.name)
    pairs = []
    for item in items.items:
        term, _, definition = item.words.partition("::")
        if not term.strip() or not definition.strip():
            items.note.say(item.line, NO_SIDE, id=items.name)
        pairs.append((item.line, Pair(term.strip(), definition.strip())))
    _check_same(items, SAME_SIDE, [(line, pair.term) for line, pair in pairs])
    _check_same(items, SAME_SIDE, [(line, pair.definition) for line, pair in pairs])
    return tuple(pair for _, pair in pairs)


def _answer_question(items: Items, asked: tuple[str, str, str, str, int]) -> Question:
    opened = [item for item in items.items if is_open(item.words)]
    if opened and len(items.items) > 1:
        items.note.say(items.items[1].line, OPEN_AND_MORE, id=items.name)
    if opened:
        return OpenQuestion(*asked, open_words(opened[0].words, items.name, opened[0].line, items.note))
    accepted = [read_answer(item.words, items.name, item.line, items.note) for item in items.items if item.words]
    return AnswerQuestion(*asked, tuple(accepted))
