"""Numbers in the reader's digits, wherever they come from."""

import pytest
from flask import Flask

from academy import i18n
from academy.i18n import gettext, lazy_gettext
from academy.people.models import Member
from tests.browser import Browser


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
