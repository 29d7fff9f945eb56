"""Short names for addresses, made from titles in any of our scripts. Pure."""

import unicodedata
from collections.abc import Callable

from courses.catalogue.reader.keys import LONGEST_SLUG

# Each letter and what is written for it; a dot stands for nothing.
_TABLE = """
а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch
ъ . ы y ь . э e ю yu я ya ә a ғ g қ q ң ng ө o ұ u ү u һ h і i ҳ h ҷ j ӣ i ӯ u
ا a آ a أ a ب b پ p ت t ټ t ث s ج j چ ch ح h ځ dz خ kh څ ts د d ډ d ذ z ر r ړ r ز z ژ zh ږ g س s ش sh ښ kh ص s ض z
ط t ظ z ع . غ gh ف f ق q ک k ك k گ g ګ g ل l م m ن n ڼ n و w ؤ w ه h ة h ی y ي y ې e ۍ y ئ y ى y ء .
ı i ə a ø o ł l đ d ß ss æ ae œ oe ŋ ng
"""
_PARTS = _TABLE.split()
_LETTERS = dict(zip(_PARTS[::2], _PARTS[1::2], strict=True))
_SILENT = set("'’‘ʻʼ`\u200c\u200d")
MOST_TWINS = 99
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""What no file can be named on Windows."""


def slug_of(title: str, most: int = LONGEST_SLUG) -> str:
    """Small Latin letters, digits and hyphens that sound like the title; '' when nothing of it can be written so."""
    plain = "".join(_written(letter) for letter in unicodedata.normalize("NFC", title.casefold())).lower()
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in plain).split()
    slug = "-".join(words)
    return slug if len(slug) <= most else slug[: most + 1].rpartition("-")[0] or slug[:most]


def _written(letter: str) -> str:
    if letter in _SILENT:
        return ""
    if letter in _LETTERS:
        return _LETTERS[letter].replace(".", "")
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    plain = unicodedata.normalize("NFKD", letter)
    return "".join(_LETTERS.get(each, each) for each in plain if not unicodedata.combining(each))


def free_slug(title: str, otherwise: str, is_free: Callable[[str], bool], most: int = LONGEST_SLUG) -> str:
    """A short name made from a title, with a number behind it where the plain one is taken; '' if all are."""
    plain = slug_of(title, most - len(f"-{MOST_TWINS}")) or otherwise
    names = (plain, *(f"{plain}-{number}" for number in range(2, MOST_TWINS + 1)))
    return next((name for name in names if name not in DEVICES and is_free(name)), "")
