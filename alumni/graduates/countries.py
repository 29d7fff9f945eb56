"""Countries by whatever people call them in a table."""

from collections.abc import Mapping

from babel import Locale

from academy import i18n
from academy.countries import is_country
from alumni.graduates.rules import name_key

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
        found.update({name_key(name): code for code, name in locale.territories.items() if is_country(code)})
    found.update({name_key(code): code for code in set(found.values())})
    found.update({name_key(name): code for code, names in ALIASES.items() for name in names})
    return found
