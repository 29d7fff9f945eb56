"""Letters as people compare them, in all of the site's scripts: what is looked for is found however it was typed.

`plain` is what every comparison shares. `fold` goes further, for names and searches: letters that many keyboards lack
become the ones people type instead. `words_of` and `document` are what a search looks through.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from academy.later import loaded

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’ʻʼ`´ʹ", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "\u0640": "",  # the Arabic lengthening stroke
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
    }
)
# Letters that are no marked form of another to Unicode, though people without the right keyboard type that other.
_BASES = str.maketrans(
    {
        **dict(zip("қҡғңөүұһҳҷәіїєґў", "ккгноууххчаииегу", strict=True)),
        **dict(zip("əıøłđħŋ", "aioldhn", strict=True)),
        **dict(zip("ۀېۍټډړږښڼګھہ", "هییتدرژشنگهه", strict=True)),
        "'": "",
        "æ": "ae",
        "œ": "oe",
    }
)
_MARKS = frozenset({"Mn", "Cf", "Cc"})
_WORD = re.compile(r"[^\W_]+")
_STEMMED = {"en": re.compile(r"[a-z]{4,}"), "ru": re.compile(r"[а-я]{4,}")}
_STEMMERS = {
    "en": "snowballstemmer.english_stemmer:EnglishStemmer",
    "ru": "snowballstemmer.russian_stemmer:RussianStemmer",
}
LONGEST_WORD, MOST_KEPT = 40, 4096


class _Letters(dict[int, str]):
    """What stays of each character once marks go, for `str.translate`: looked up once, and most of it kept."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        stays = digit(char) if char.isspace() or unicodedata.category(char) not in _MARKS else ""
        if len(self) < MOST_KEPT:
            self[code] = stays
        return stays


_LETTERS = _Letters()


def plain(text: str) -> str:
    """The text without case, marks and needless spaces: "Élysée" is "elysee", "ё" is "е", "۱۲" is "12".

    Marks go in every script, because many phones cannot write them.
    """
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_SIGNS)
    kept = letters.translate(_LETTERS)
    return " ".join(unicodedata.normalize("NFKC", kept).casefold().split())


def digit(char: str) -> str:
    """The western form of a digit; any other character as it is."""
    return str(unicodedata.decimal(char, char))


def translated(text: str) -> str:
    """The text with quotes, dashes and look-alike letters of Arabic script in one form each."""
    return text.translate(_SIGNS)


def fold(text: str) -> str:
    """The text as names and skills are compared and sorted: "Қайрат" is "каират", "Oʻgʻuz" is "oguz"."""
    return " ".join(_WORD.findall(plain(text).translate(_BASES)))


@lru_cache(maxsize=MOST_KEPT)
def folded_word(word: str) -> str:
    """The same of one word: those that come often are folded once."""
    return fold(word)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order, each once."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in fold(text).split()))


def document(*texts: str) -> str:
    """What a search looks through: the folded words of these texts, and what English and Russian words end from."""
    pairs = stemmed("\n".join(texts))
    return " ".join(dict.fromkeys([*pairs, *filter(None, pairs.values())]))


def stemmed(text: str) -> dict[str, str]:
    """The folded words of a text, in order, each with its folded stem: '' where it is no word of English or Russian."""
    whole = unicodedata.normalize("NFC", text.casefold())
    short = (word for word in dict.fromkeys(_WORD.findall(whole)) if len(word) <= LONGEST_WORD)
    stems = {folded_word(word): stem for word in short if (stem := stem_of(word))}
    return {word: stems.get(word, "") for word in words_of(text)}


@cache
def _stemmer(language: str) -> Any:  # noqa: ANN401  the package has no types
    return loaded(_STEMMERS[language])()


@lru_cache(maxsize=MOST_KEPT)
def stem_of(word: str) -> str:
    """The folded stem of one word in lower case; '' when it has none of its own."""
    letters = word.replace("ё", "е")
    language = next((name for name, fits in _STEMMED.items() if fits.fullmatch(letters)), "")
    if not language:
        return ""
    stem = fold(str(_stemmer(language).stemWord(letters)))
    return "" if stem == fold(letters) else stem[:LONGEST_WORD]
