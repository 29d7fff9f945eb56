"""Lists that profiles choose from, in the reader's language: countries, languages and their levels, fields of work."""

from collections.abc import Iterable

from academy.countries import names
from academy.i18n import OWN_NAMES, Text, current_language, current_locale
from academy.i18n import lazy_gettext as _l
from academy.locale_data import SPOKEN

LEVELS: dict[str, Text] = {
    "native": _l("First language"),
    "c2": _l("C2: nearly as a first language"),
    "c1": _l("C1: fluent at work"),
    "b2": _l("B2: independent"),
    "b1": _l("B1: everyday matters"),
    "a2": _l("A2: simple talk"),
    "a1": _l("A1: first words"),
}
FIELDS: dict[str, Text] = {
    "diplomacy": _l("Diplomacy and international relations"),
    "mediation": _l("Mediation and peacebuilding"),
    "public": _l("Public administration"),
    "international": _l("International organisations"),
    "civil": _l("Civil society"),
    "youth": _l("Youth work"),
    "women": _l("Women’s rights and equality"),
    "law": _l("Law and human rights"),
    "security": _l("Security and law enforcement"),
    "humanitarian": _l("Humanitarian aid"),
    "migration": _l("Migration and refugees"),
    "environment": _l("Water, climate and environment"),
    "education": _l("Education"),
    "research": _l("Research"),
    "media": _l("Media and communication"),
    "culture": _l("Culture and religion"),
    "health": _l("Health"),
    "economy": _l("Business and economy"),
    "technology": _l("Technology"),
    "studies": _l("Still studying"),
    "other": _l("Something else"),
}
GENDERS: dict[str, Text] = {"woman": _l("Woman"), "man": _l("Man"), "other": _l("Another")}
DARI = _l("Dari (Persian)")
_ALPHABET = {letter: place for place, letter in enumerate("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")}
_Sorted = list[tuple[str, str]]


def countries() -> _Sorted:
    """The code and name of every country, in the alphabet of the reader."""
    return _in_order(names().items())


def country_name(code: str) -> str:
    """What a country is called; '' for none."""
    return str(current_locale().territories.get(code, code)) if code else ""


def languages() -> _Sorted:
    """The code and name of the languages people may say they speak."""
    return _in_order((code, language_name(code)) for code in SPOKEN)


def language_name(code: str) -> str:
    """What a language is called."""
    if code == "fa":  # Babel knows one name of the two that people look for
        return str(DARI)
    return str(current_locale().languages.get(code, code))


def _in_order(pairs: Iterable[tuple[str, str]]) -> _Sorted:
    dari = current_language().code == "fa"
    return sorted(
        pairs, key=lambda pair: [_ALPHABET.get(char, ord(char)) if dari else ord(char) for char in pair[1].casefold()]
    )


def own_names(codes: Iterable[str]) -> list[str]:
    """Languages by their own names; codes of none that we know are left out."""
    return [OWN_NAMES[code] for code in codes if code in OWN_NAMES]
