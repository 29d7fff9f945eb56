"""Languages: which ones there are, which one a request speaks, and its words, numbers and dates."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

import flask_babel
from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations
from flask import Flask, current_app, g, has_app_context, has_request_context, request
from flask_babel import Babel, LazyString
from jinja2 import pass_context
from markupsafe import Markup

from academy import locale_data, zones
from academy.digits import EASTERN

Text = str | LazyString
COOKIE = "language"
TRANSLATIONS, WORDS = Path(__file__).parent / "translations", "LC_MESSAGES/messages.mo"
RIGHT_TO_LEFT = frozenset({"fa", "ps"})
LOCALES = {"fa": "fa_AF", "ps": "ps_AF", "uz": "uz_Latn_UZ"}
OWN_NAMES = {
    "en": "English",
    "ru": "Русский",
    "kk": "Қазақша",
    "ky": "Кыргызча",
    "tg": "Тоҷикӣ",
    "tk": "Türkmençe",
    "uz": "Oʻzbekcha",
    "fa": "دری",
    "ps": "پښتو",
}
FALLBACKS = {"ky": ("ru", "en"), "kk": ("ru", "en"), "tg": ("ru", "en"), "ps": ("fa", "en")}
PER_CENT = "\u200f٪"  # the mark keeps the sign to the left of its number, alone in a cell as in a sentence
KIBIBYTE = 1024
SHORT_NUMBER = 1000  # below it no language of ours groups digits


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site, as pages name it and lay it out."""

    code: str
    own_name: str
    direction: str
    locale: str


def language_of(code: str) -> Language:
    """The language with this code; it must be one of the known nine."""
    direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
    return Language(code, OWN_NAMES[code], direction, LOCALES.get(code, code))


def reading_order(code: str) -> tuple[str, ...]:
    """The languages to try, best first, for a reader of this one."""
    return (code, *FALLBACKS.get(code, ("en",)))


@dataclass(frozen=True, slots=True)
class Speech:
    """How a page speaks: kept for each language, looked up once a request, asked for dozens of times."""

    code: str  # of its words: not the reader's own while nobody has translated the site into that
    locale: Locale
    words: NullTranslations
    markup: dict[str, Markup]


def offered() -> tuple[str, ...]:
    """The codes of the languages this installation offers, its own order."""
    return cast("tuple[str, ...]", current_app.config["LANGUAGES"])


def current_code() -> str:
    """The code of the language the reader chose: the page at hand speaks it, where the site has its words."""
    code: str | None = g.get("language")
    if code is None:
        code = g.language = _choose()
    return code


def _choose() -> str:
    codes = offered()
    if not has_request_context():
        return codes[0]
    wish = next((code for code in (request.args.get("lang"), request.cookies.get(COOKIE)) if code in codes), None)
    return wish or request.accept_languages.best_match(codes) or codes[0]


def current_language() -> Language:
    """The language the words of the page at hand are in."""
    return language_of(_speech().code)


@cache
def spoken_for(code: str) -> str:
    """The language in which the site speaks to readers of this one: the first in their order that it has words of."""
    order = reading_order(code)
    return next((each for each in order if (TRANSLATIONS / LOCALES.get(each, each) / WORDS).exists()), "en")


def speak(code: str) -> None:
    """Let the rest of this context speak the given language (letters speak their reader's)."""
    g.language = code
    g.pop("speech", None)
    flask_babel.refresh()


def _speech() -> Speech:
    found: Speech | None = g.get("speech")
    if found is None:
        spoken: dict[str, Speech] = current_app.extensions["academy.speeches"]
        code = current_code()
        if (found := spoken.get(code)) is None:
            locale = cast("Locale", flask_babel.get_locale())
            found = spoken[code] = Speech(spoken_for(code), locale, flask_babel.get_translations(), {})
        g.speech = found
    return found


def current_locale() -> Locale:
    """Whose calendar and numbers the page at hand uses."""
    return _speech().locale


def init_app(app: Flask, languages: tuple[str, ...]) -> None:
    """Let pages speak the given languages; the first one is spoken to those who ask for none of them."""
    app.config["LANGUAGES"] = languages
    locale_data.trim([language_of(spoken_for(code)).locale for code in languages], OWN_NAMES)
    app.extensions["academy.speeches"] = {}
    Babel(app, locale_selector=lambda: language_of(spoken_for(current_code())).locale)
    app.jinja_env.globals.update(_=template_gettext, gettext=template_gettext, ngettext=template_ngettext)
    for name, speak_of in _filters().items():
        app.jinja_env.filters[name] = pass_context(_dropping_context(speak_of))


def _filters() -> dict[str, Callable[[Any], str]]:
    return {
        "number": number,
        "percent": percent,
        "date": long_date,
        "filesize": file_size,
        "duration": duration,
        "digits": digits_of,
    }


def _dropping_context(speak_of: Callable[[Any], str]) -> Callable[[object, Any], str]:
    # Jinja works filters of constants out once, when it compiles, unless they ask for the context.
    return lambda _context, value: speak_of(value)


def gettext(message: str, **variables: Any) -> str:  # noqa: ANN401  numbers, texts, lazy texts
    """The message in the reader's language."""
    if not has_app_context():  # a refusal printed by a command: English, as it was written
        return message % variables if variables else message
    text = _speech().words.ugettext(message)
    return _filled(text, variables) if variables else text


def _filled(text: str, variables: dict[str, Any]) -> str:
    """A message with its values; whole numbers stand in the reader's digits, ungrouped, because they may be years."""
    spoken = {name: digits(str(value)) if type(value) is int else value for name, value in variables.items()}
    return text.replace(")d", ")s") % spoken


def lazy_gettext(message: str, **variables: Any) -> LazyString:  # noqa: ANN401
    """The message, put into the reader's language when it is shown."""
    return LazyString(gettext, message, **variables)


def ngettext(singular: str, plural: str, count: int, **variables: Any) -> str:  # noqa: ANN401
    """The form of the message for this count; `%(num)s` is the count in the reader's digits."""
    return _speech().words.ungettext(singular, plural, count) % {"num": number(count), **variables}


def template_gettext(message: str, **variables: Any) -> Markup:  # noqa: ANN401
    """The message for a page: the variables are escaped, the message is ours."""
    speech = _speech()
    text = speech.markup.get(message)
    if text is None:
        text = speech.markup[message] = Markup(speech.words.ugettext(message))  # noqa: S704  of our catalogue
    return text % variables if variables else text


def template_ngettext(singular: str, plural: str, count: int, **variables: Any) -> Markup:  # noqa: ANN401
    """The form of the message for this count, for a page."""
    text = _speech().words.ungettext(singular, plural, count)
    return Markup(text) % {"num": number(count), **variables}  # noqa: S704  a message of our catalogue


def digits(text: str) -> str:
    """The text with its digits as the reader's script writes them."""
    return text.translate(EASTERN) if _speech().code in RIGHT_TO_LEFT else text


def digits_of(text: object) -> str:
    """A finished sentence, such as a field's error, with its digits as the reader's script writes them."""
    return digits(str(text))


def number(value: float) -> str:
    """A number as the reader writes it."""
    if isinstance(value, int) and 0 <= value < SHORT_NUMBER:
        return digits(str(value))
    return digits(format_decimal(value, locale=_speech().locale, numbering_system="default"))


def percent(value: float) -> str:
    """A share from 0 to 100 as the reader writes it."""
    return digits(_share(value, _speech().locale))


@lru_cache(maxsize=1000)
def _share(value: float, locale: Locale) -> str:
    share = format_percent(value / 100, locale=locale, numbering_system="default")
    return share.replace("%", PER_CENT) if locale.text_direction == "rtl" else share


def long_date(value: date | datetime) -> str:
    """A day with its month in words, in Russian without the “г.” of papers; of a moment, the reader's day."""
    day = value.astimezone(zones.current()) if isinstance(value, datetime) else value
    return digits(format_date(day, {"ru": "d MMMM y"}.get(_speech().locale.language, "long"), locale=_speech().locale))


def clock_time(value: datetime) -> str:
    """An hour and minute in the reader's time zone."""
    return digits(format_time(value.astimezone(zones.current()), "HH:mm", locale=_speech().locale))


def date_and_time(value: datetime) -> str:
    """A day and its clock time in the reader's time zone."""
    return gettext("%(day)s, %(time)s", day=long_date(value), time=clock_time(value))


def file_size(size: int) -> str:
    """A size in whole kilobytes, at least one."""
    return gettext("%(size)s KB", size=number(max(1, round(size / KIBIBYTE))))


def duration(minutes: int) -> str:
    """A length in minutes."""
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)
