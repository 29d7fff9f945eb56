"""Full-text search alike on both databases, by the same folded words."""

import pytest
from sqlalchemy.orm import Session

from academy import search

TEXTS = {
    1: ("", "Айгүл Сәтбекқызы, посредничество", "переговоры о воде"),
    2: ("kept close", "Oʻgʻiloy Gʻaniyeva", "Training of mediators"),
    3: ("", "کریم علی", "صلح می‌آورد ۱۳۹۵"),
    4: ("", "Ýagşygeldi Öwezow", "water and borders"),
}
CASES: tuple[tuple[str, set[int]], ...] = (
    ("аигул", {1}),
    ("Сатбек", {1}),
    ("переговоров", {1}),
    ("вода", {1}),
    ("посредничества", {1}),
    ("ogil", {2}),
    ("O'g'iloy g'aniyeva", {2}),
    ("mediator", {2}),
    ("mediation training", {2}),
    ("كريم", {3}),
    ("میآورد", {3}),
    ("1395", {3}),
    ("yagsygeldi", {4}),
    ("border", {4}),
    ("water оwe", set()),
    ("water owe", {4}),
    ("close", set()),
    ('" OR * NEAR(', set()),
)


@pytest.fixture
def people(session: Session) -> search.TextIndex:
    """An index with four people in it."""
    index = search.TextIndex("search_tried", ("near", "far", "farthest"))
    connection = session.connection()
    index.drop(connection)
    index.create(connection)
    index.put(session, TEXTS)
    return index


def found(session: Session, index: search.TextIndex, typed: str, *parts: str) -> set[int]:
    where = parts or ("far", "farthest")
    return set(session.scalars(index.matching(session, where), index.words_in(session, search.asked(typed), where)))


def test_it_is_found_however_it_is_typed(session: Session, people: search.TextIndex) -> None:
    assert {typed: found(session, people, typed) for typed, _ in CASES} == dict(CASES)
    session.rollback()


def test_only_the_parts_that_are_asked_are_looked_through(session: Session, people: search.TextIndex) -> None:
    assert found(session, people, "mediators", "farthest") == {2}
    assert found(session, people, "mediators", "near", "far") == set()
    assert found(session, people, "kept close", "near") == {2}
    assert found(session, people, "kept mediators", "near", "farthest") == {2}
    session.rollback()


def test_a_word_that_stands_in_two_parts_is_found_in_each(session: Session, people: search.TextIndex) -> None:
    people.put(session, {1: ("water", "water", "")})
    assert (found(session, people, "water", "near"), found(session, people, "water", "far")) == ({1}, {1})
    session.rollback()


def test_what_is_put_again_or_forgotten_leaves_nothing_behind(session: Session, people: search.TextIndex) -> None:
    people.put(session, {1: ("", "Somebody", ""), 4: ("", "", "")})
    people.forget(session, [2])
    assert [found(session, people, word) for word in ("Айгүл", "somebody", "Ýagşygeldi", "mediators")] == [
        set(),
        {1},
        set(),
        set(),
    ]
    session.rollback()


def test_a_question_without_a_word_asks_nothing() -> None:
    assert not search.asked(" *** ")
    assert len(search.asked("one two three four five six seven eight nine ten").words) == 8
