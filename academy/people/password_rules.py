"""Which passwords are good enough: length, and not what everybody would try first. No composition games."""

import re
import unicodedata
from collections.abc import Iterable

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.people.common_passwords import KEYBOARD_RUNS, WORDS

SHORTEST, SHORTEST_FOR_STAFF, LONGEST = 12, 14, 128
ENOUGH = 7  # distinct unexplained characters; each known word counts as three
WORTH_OF_A_WORD = 3
SHORTEST_WORD = 4
RUN = 4
UNMASK = str.maketrans("@4310$57!", "aaeiossti")

TOO_SHORT = _l("Please use at least %(number)d characters.", number=SHORTEST)
TOO_SHORT_FOR_STAFF = _l("Whoever has a role here uses at least %(number)d characters.", number=SHORTEST_FOR_STAFF)
TOO_LONG = _l("Please use at most %(number)d characters.", number=LONGEST)
TOO_COMMON = _l("This is among the first passwords anyone would try. Four words that do not belong together work well.")


def fault(password: str, *, own_words: Iterable[str] = (), staff: bool = False) -> Text | None:
    """What is wrong with a password, or None. `own_words`: names, address and site, which others know too."""
    length = len(unicodedata.normalize("NFC", password))
    if length > LONGEST:
        return TOO_LONG
    if length < SHORTEST:
        return TOO_SHORT
    if staff and length < SHORTEST_FOR_STAFF:
        return TOO_SHORT_FOR_STAFF
    return TOO_COMMON if is_guessable(password, own_words) else None


def is_guessable(password: str, own_words: Iterable[str] = ()) -> bool:
    """Whether little is left once common words, runs and repetitions are taken out."""
    text = unicodedata.normalize("NFC", password).casefold()
    personal = {part for word in own_words for part in _parts(word)}
    vocabulary = (*KEYBOARD_RUNS, *sorted(WORDS | personal, key=len, reverse=True))
    core = re.sub(r"[\W\d_]+$", "", text)
    spellings = {_squeezed(text), _squeezed(text.translate(UNMASK)), _squeezed(core.translate(UNMASK))}
    return any(_worth(each, vocabulary) < ENOUGH for each in spellings)


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _parts(word: str) -> set[str]:
    pieces = re.split(r"[\W_]+", word.casefold())
    return {piece for piece in (*pieces, _squeezed(word.casefold())) if len(piece) >= SHORTEST_WORD}


def _worth(text: str, vocabulary: Iterable[str]) -> int:
    """How much of the text no rule explains."""
    words = 0
    for known in vocabulary:
        if known in text:
            words += len(known) >= SHORTEST_WORD and known not in KEYBOARD_RUNS
            text = text.replace(known, " ")
    text = re.sub(r"(.{1,6}?)\1{2,}", r"\1", _without_runs(text))
    text = re.sub(r"(?<!\S)\d{1,6}(?!\S)", " ", text)  # a date or a number beside what is known already
    return WORTH_OF_A_WORD * words + len(set(text) - {" "})


def _without_runs(text: str) -> str:
    """Take out abcd, 9876 and aaaa: characters that follow one another by the same step."""
    kept, start = [], 0
    while start < len(text):
        end = _run_end(text, start)
        is_run = end - start >= RUN
        kept.append(" " if is_run else text[start])
        start = end if is_run else start + 1
    return "".join(kept)


def _run_end(text: str, start: int) -> int:
    end = start + 1
    if end == len(text):
        return end
    step = ord(text[end]) - ord(text[start])
    if abs(step) > 1:
        return end
    while end < len(text) and ord(text[end]) - ord(text[end - 1]) == step:
        end += 1
    return end
