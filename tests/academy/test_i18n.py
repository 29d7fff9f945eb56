"""Numbers in the reader's digits, wherever they come from."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy import i18n
from academy.app import settings_of
from academy.i18n import gettext, lazy_gettext
from academy.people.models import Member
from tests.browser import Browser
from tests.stage import Stage
from wsgi import create_app


@pytest.mark.parametrize(("code", "expected"), [("en", "at most 5 characters"), ("fa", "۵")])
def test_whole_numbers_speak_the_readers_digits(app: Flask, code: str, expected: str) -> None:
    late = lazy_gettext("Please use at most %(number)d characters.", number=5)
    with app.test_request_context():
        i18n.speak(code)
        assert expected in gettext("Please use at most %(number)d characters.", number=5)
        assert expected in str(late)


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("en", 1234, "1,234"),
        ("ru", 1234, "1\xa0234"),
        ("fa", 12, "۱۲"),
        ("fa", 1234.5, "۱٬۲۳۴٫۵"),
        ("ps", 1234, "۱٬۲۳۴"),
        ("en", 0, "0"),
    ],
)
def test_numbers_are_grouped_as_the_reader_does(app: Flask, code: str, value: float, expected: str) -> None:
    with app.test_request_context():
        i18n.speak(code)
        assert i18n.number(value) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", "83%"), ("ru", "83\xa0%"), ("uz", "83%"), ("fa", "۸۳\u200f٪"), ("ps", "۸۳\u200f٪")],
)
def test_shares_have_the_readers_digits_and_sign(app: Flask, code: str, expected: str) -> None:
    with app.test_request_context():
        i18n.speak(code)
        assert i18n.percent(83) == expected


def test_errors_beside_fields_speak_the_readers_digits(browser: Browser, lena: Member) -> None:
    page = browser.signed_in(lena).speaking("fa").open("/account/name")
    sent = page.submit(display_name="ن" * 500)
    assert sent.status == 422
    assert "۱۲۰" in sent.text_of(".field-error")
    assert "ن" * 500 in sent.source


def test_a_language_asked_for_is_kept(browser: Browser) -> None:
    assert browser.open("/courses/?lang=ru").all("html")[0].attrs["lang"] == "ru"
    assert browser.open("/courses/").all("html")[0].attrs["lang"] == "ru"
    assert browser.open("/courses/?lang=xx").all("html")[0].attrs["lang"] == "ru"


SPOKEN = """
import sys
from datetime import datetime
from zoneinfo import ZoneInfo
from babel import Locale, dates, lists, numbers
from academy.i18n import OWN_NAMES, language_of
from academy.locale_data import trim
locales = [language_of(code).locale for code in OWN_NAMES]
if sys.argv[1:]:
    trim(locales, OWN_NAMES)
moment = datetime(2026, 3, 5, 14, 7, tzinfo=ZoneInfo("Asia/Tashkent"))
for name in locales:
    locale = Locale.parse(name)
    days = [dates.format_date(moment, style, locale=locale) for style in ("short", "medium", "long", "full")]
    times = [dates.format_time(moment, style, locale=locale) for style in ("HH:mm", "short", "medium")]
    names = [dict(dates.get_day_names(width, locale=locale)) for width in ("wide", "abbreviated", "narrow")]
    figures = [numbers.format_decimal(1234567.5, locale=locale), numbers.format_percent(0.835, locale=locale)]
    city = dates.get_timezone_location(ZoneInfo("Asia/Tashkent"), locale=locale, return_city=True)
    both = dates.format_datetime(moment, "medium", locale=locale)
    both += str(locale.plural_form.rules) + locale.text_direction
    print(ascii([name, days, times, names, figures, city, both, lists.format_list(["a", "b", "c"], locale=locale)]))
"""


def test_what_is_dropped_of_babels_data_changes_no_date_number_list_or_city() -> None:
    root = Path(__file__).resolve().parents[2]
    whole, trimmed = (
        subprocess.run([sys.executable, "-c", SPOKEN, *how], cwd=root, capture_output=True, check=True).stdout
        for how in ([], ["trimmed"])
    )
    assert len(whole.splitlines()) == len(i18n.OWN_NAMES)
    assert whole.splitlines() == trimmed.splitlines()


@pytest.fixture
def six(stage: Stage, tmp_path: Path) -> Iterator[Flask]:
    """The same site, offering six languages to readers."""
    settings = replace(settings_of(stage.app), instance=tmp_path, languages=("en", "ru", "fa", "uz", "kk", "ps"))
    site = create_app(settings)
    yield site
    site.extensions["academy.database"].dispose()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("chosen", "spoken", "direction", "word"),
    [
        ("uz", "en", "ltr", "Courses"),
        ("kk", "ru", "ltr", "Курсы"),
        ("ps", "fa", "rtl", "کورس‌ها"),
        ("fa", "fa", "rtl", "کورس‌ها"),
    ],
)
def test_a_page_says_in_which_language_its_words_are(
    six: Flask, session: Session, chosen: str, spoken: str, direction: str, word: str
) -> None:
    page = Browser(six, session).open(f"/courses/?lang={chosen}")
    (html,) = page.all("html")
    assert (html.attrs["lang"], html.attrs["dir"], page.heading) == (spoken, direction, word)
    marked = [link.attrs["lang"] for link in page.all("a[hreflang][aria-current=true]")]
    assert marked == [chosen, chosen]


@pytest.mark.parametrize(("chosen", "day"), [("uz", "March 5, 2026"), ("kk", "5 марта 2026"), ("ps", "مارچ")])
def test_days_are_told_in_the_language_of_the_words_around_them(six: Flask, chosen: str, day: str) -> None:
    with six.test_request_context():
        i18n.speak(chosen)
        assert day in i18n.long_date(date(2026, 3, 5))
