"""Babel's data about the languages of the site, without what no page shows: that would be 5 MiB in every process."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, cast

from babel.core import get_global
from babel.localedata import load

UNSHOWN = (
    "compact_currency_formats",
    "compact_decimal_formats",
    "compound_unit_patterns",
    "currency_formats",
    "currency_names",
    "currency_names_plural",
    "currency_symbols",
    "currency_unit_patterns",
    "date_fields",
    "datetime_skeletons",
    "interval_formats",
    "quarters",
    "scientific_formats",
    "scripts",
    "unit_display_names",
    "unit_patterns",
    "variants",
)
_CODES = """
ar az ba be bn cs da de el en es et fa fi fr he hi hu hy id it ja ka kaa kk ko ku ky lt lv mn ms ne nl no pa pl
ps pt ro ru sd sk sl sr sv sw ta tg th tk tr tt ug uk ur uz vi zh
"""
SPOKEN = frozenset(_CODES.split())
"""The languages whose names are kept: those that members may say they speak."""
UNSHOWN_OF_ALL = ("territory_currencies", "territory_languages", "windows_zone_mapping", "currency_fractions")


def trim(locales: Iterable[str], languages: Collection[str]) -> None:
    """Load these locales and drop what is not shown, and what is known of other languages than these.

    The most general come first, because the others are built on them.
    """
    for part in UNSHOWN_OF_ALL:
        _known(part).clear()
    likely = _known("likely_subtags")
    for key in [key for key in likely if key.partition("_")[0] not in languages]:
        del likely[key]
    for name in ("root", *(name for locale in locales for name in _line(locale))):
        data = load(name)
        for part in UNSHOWN:
            data.pop(part, None)
        data["languages"] = {code: called for code, called in data.get("languages", {}).items() if code in SPOKEN}


def _known(part: Any) -> dict[str, Any]:  # noqa: ANN401  the names that Babel knows
    return cast("dict[str, Any]", get_global(part))


def _line(locale: str) -> Iterator[str]:
    """A locale after those it is built on: uz, uz_Latn, uz_Latn_UZ."""
    words = locale.split("_")
    return ("_".join(words[: end + 1]) for end in range(len(words)))
