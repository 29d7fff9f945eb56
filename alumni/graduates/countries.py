"""Countries by whatever people call them in a table."""

from collections.abc import Mapping

from babel import Locale

from academy import i18n
from alumni.graduates.rules import name_key

LENGTH = 2
NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
ALIASES = {
    "KG": ("Kyrgyzstan", "Kyrgyz Republic", "Кыргызстан", "Киргизстан", "Кыргызская Республика", "KGZ"),
    "KZ": ("Kazakhstan", "Казахстан", "Қазақстан", "Republic of Kazakhstan", "Qazaqstan", "KAZ", "РК"),
    "TJ": ("Tajikistan", "Таджикистан", "Тоҷикистон", "TJK"),
    "TM": ("Turkmenistan", "Туркменистан", "Туркмения", "Türkmenistan", "TKM"),
    "UZ": ("Uzbekistan", "Узбекистан", "O‘zbekiston", "Oʻzbekiston", "Ўзбекистон", "UZB"),
    "AF": ("Afghanistan", "Афганистан", "افغانستان", "AFG", "Islamic Republic of Afghanistan"),
}


def codes() -> Mapping[str, str]:
    """The code of a country by its name in every language of the site, as names are compared."""
    found: dict[str, str] = {}
    for spoken in i18n.offered():
        locale = Locale.parse(i18n.language_of(spoken).locale)
        found.update({name_key(name): code for code, name in locale.territories.items() if _is_country(code)})
    found.update({name_key(code): code for code in set(found.values())})
    found.update({name_key(name): code for code, names in ALIASES.items() for name in names})
    return found


def _is_country(code: str) -> bool:
    return len(code) == LENGTH and code.isalpha() and code not in NO_COUNTRIES


def named(code: str) -> str:
    """The name of a country in the reader's language; '' for what is none."""
    return i18n.current_locale().territories.get(code, "") if _is_country(code) else ""
