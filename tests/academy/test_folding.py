"""What counts as the same word, in all of the site's scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.folding import document, fold, stem_of, words_of


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Айгүл Сәтбекқызы", "аигул сатбеккызы"),
        ("Қайрат Өмірұлы", "Кайрат Омирулы"),
        ("Ғалым Әлиев", "Галым Алиев"),
        ("Ҳоҷӣ Ӯктам", "хочи уктам"),
        ("Ёлкин", "елкин"),
        ("Oʻgʻiloy Gʻaniyeva", "O'g'iloy G'aniyeva"),
        ("Oʻgʻiloy", "ogiloy"),
        ("Ýagşygeldi Öwezow", "yagsygeldi owezow"),
        ("Élodie Łukasz Straße", "elodie lukasz strasse"),
        ("كريم علي", "کریم علی"),
        ("مُحَمَّد", "محمد"),
        ("می‌روم", "میروم"),
        ("ښاغلی ګل", "شاغلی گل"),
        ("آرزو", "ارزو"),
        ("۱۳۹۵ ١٩", "1395 19"),
        ("Алма-Ата,  горы", "алма ата горы"),
    ],
)
def test_what_is_typed_finds_what_is_written(written: str, typed: str) -> None:
    assert fold(written) == fold(typed)


def test_names_stay_apart_that_are_different() -> None:
    assert len({fold(name) for name in ("Анна", "Anna", "انا", "Аня")}) == 4


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("переговоров о воде", "переговоры"),
        ("Посредничество и медиация", "медиации"),
        ("Training mediators", "mediator"),
        ("Early warnings", "warning"),
    ],
)
def test_words_of_two_languages_are_found_in_other_forms(written: str, typed: str) -> None:
    assert set(document(written).split()) & set(document(typed).split())


def test_each_word_stands_once_and_none_is_endless() -> None:
    assert words_of("one ONE two") == ["one", "two"]
    assert max(map(len, words_of("а" * 5000))) < 64


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_word_longer_than_any_is_not_kept() -> None:
    before = stem_of.cache_info().currsize
    assert document("harbour" * 900) == ("harbour" * 900)[:40]
    assert stem_of.cache_info().currsize == before
