"""Short names made from titles in every script of the academy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.reader.keys import is_slug
from courses.catalogue.slugs import free_slug, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A gate at night", "a-gate-at-night"),
        ("Article 33(1): what it says", "article-33-1-what-it-says"),
        ("What people's needs are", "what-peoples-needs-are"),
        ("Что такое предотвращение?", "chto-takoe-predotvrashchenie"),
        ("Подъезд и ночь", "podezd-i-noch"),
        ("Қазақша өлең", "qazaqsha-oleng"),
        ("Ҷӯраева", "juraeva"),
        ("Oʻzbekcha soʻz", "ozbekcha-soz"),
        ("Türkmençe ýazgy", "turkmence-yazgy"),
        ("دروازه", "drwazh"),
        ("۱۲ درس", "12-drs"),
        ("日本", ""),
    ],
)
def test_a_title_becomes_an_address_that_sounds_like_it(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text(max_size=200), st.integers(5, 60))
def test_whatever_the_title_the_name_is_a_name_or_nothing(title: str, most: int) -> None:
    slug = slug_of(title, most)
    assert slug == "" or (is_slug(slug) and len(slug) <= most)


def test_a_long_title_is_cut_between_words() -> None:
    assert slug_of("one two three four", 10) == "one-two"
    assert slug_of("conflict prevention", 8) == "conflict"


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_slug("The gate", "lesson", lambda name: name not in {"the-gate", "the-gate-2"}) == "the-gate-3"
    assert free_slug("日本", "lesson", lambda _name: True) == "lesson"
    assert free_slug("The gate", "lesson", lambda _name: False) == ""
    assert free_slug("CON", "file", lambda _name: True) == "con-2"
