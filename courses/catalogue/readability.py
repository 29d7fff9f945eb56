"""How hard a text is to read, by the published indices that exist for a language. Pure.

English: Flesch Reading Ease (R. Flesch, 1948), 206.835 - 1.015 × words per sentence - 84.6 × syllables per word.
Russian: the same index fitted to Russian (I. Oborneva, 2006), 206.835 - 1.3 × words per sentence - 60.1 × syllables
per word. 100 is very easy, 0 very hard. For the other languages of the site no index is established: there only the
length of sentences is looked at. Syllables are counted by vowels: exactly in Russian, closely in English.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from courses.catalogue.prose_pieces import WORD

FEWEST_WORDS = 100
ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
RUSSIAN_VOWELS = re.compile(r"[аеёиоуыэюя]")


@dataclass(frozen=True, slots=True)
class Index:
    """An index of a language; below `least` only practised readers follow."""

    name: str
    by_sentence: float
    by_syllable: float
    syllables: Callable[[str], int]
    least: int


def english_syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end left out."""
    count = len(ENGLISH_VOWELS.findall(word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le")
    return max(1, count - 1 if silent else count)


def russian_syllables(word: str) -> int:
    """One for each vowel."""
    return max(1, len(RUSSIAN_VOWELS.findall(word.lower())))


INDICES = {
    "en": Index("Flesch Reading Ease", 1.015, 84.6, english_syllables, 50),
    "ru": Index("Flesch–Oborneva", 1.3, 60.1, russian_syllables, 35),
}


def ease(sentences: Sequence[str], language: str) -> int | None:
    """The reading ease of a text; None without an index for its language, or when there is too little of it."""
    index = INDICES.get(language)
    words = [word for sentence in sentences for word in WORD.findall(sentence) if not word.isdecimal()]
    if index is None or len(words) < FEWEST_WORDS:
        return None
    syllables = sum(map(index.syllables, words))
    score = 206.835 - index.by_sentence * len(words) / len(sentences) - index.by_syllable * syllables / len(words)
    return round(score)
