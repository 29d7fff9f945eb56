"""What a catalogue lacks: messages without words, and words that would break a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{[#\w]+\}")
PER_CENT = re.compile(r"%%|%\(\w+\)[sd]")
TAG = re.compile(r"<[^>]*>")
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Report:
    """How far a catalogue is: how many messages there are, which lack words, what is wrong with the others."""

    locale: str
    count: int
    missing: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The share of messages that have words, rounded down: 100 means all."""
        return HUNDRED * (self.count - len(self.missing)) // self.count if self.count else HUNDRED


def report_on(locale: str, catalogue: Catalog) -> Report:
    """Look through a catalogue that holds exactly the messages of the source."""
    messages = [message for message in catalogue if message.id]
    missing = [source_of(each)[0] for each in messages if not is_translated(each, catalogue.num_plurals)]
    faults = [fault for each in messages for fault in faults_of(each)]
    return Report(locale, len(messages), tuple(missing), tuple(faults))


def source_of(message: Message) -> tuple[str, ...]:
    """The English of a message: one text, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def words_of(message: Message) -> tuple[str, ...]:
    """The translation of a message: one text, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def is_translated(message: Message, plurals: int) -> bool:
    """Whether every form has words that nobody marked as doubtful."""
    wanted = plurals if message.pluralizable else 1
    words = words_of(message)
    return not message.fuzzy and len(words) == wanted and all(words)


def faults_of(message: Message) -> Iterator[str]:
    """What would break a page, in sentences; nothing about messages without words."""
    source = source_of(message)
    for words in filter(None, words_of(message)):
        if placeholders(words) != placeholders(source[-1]):
            yield f"“{source[0]}”: the placeholders differ in “{words}”"
        if "%(" in source[-1] and "%" in PER_CENT.sub("", words):
            yield f"“{source[0]}”: a per cent sign must be written twice in “{words}”"
        if sorted(TAG.findall(words)) != sorted(TAG.findall(source[-1])):
            yield f"“{source[0]}”: the tags differ in “{words}”"


def placeholders(text: str) -> list[str]:
    """What is filled into a text, in the order of the alphabet."""
    return sorted(match.group() for match in PLACEHOLDER.finditer(text))
