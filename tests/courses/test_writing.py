"""Questions are written so that the reader reads back the same, and nothing around them changes."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.catalogue import writing
from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    ExactAnswer,
    MatchQuestion,
    NumberAnswer,
    OpenQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
)
from courses.catalogue.reader import documents, quizzes
from courses.catalogue.reader.faults import Notes
from tests.courses.course_files import QUIZ

LETTER = st.sampled_from("abcxyzABC")
REST = st.text("abcxyzABC019 ,.'", max_size=25)
WORDS = st.builds(lambda first, rest: " ".join((first + rest).split()), LETTER, REST)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True)
ROW = st.lists(WORDS, min_size=2, max_size=5, unique_by=str.casefold)


def asked(draw: st.DrawFn) -> tuple[str, str, str, str, int]:
    return draw(IDS), draw(WORDS), draw(st.just("") | WORDS), draw(st.just("") | WORDS), 1


@st.composite
def a_question(draw: st.DrawFn) -> Question:
    """Any question an author may write."""
    base, row = asked(draw), draw(ROW)
    match draw(st.integers(0, 4)):
        case 0:
            rights = draw(st.lists(st.booleans(), min_size=len(row), max_size=len(row)).filter(any))
            said = draw(st.lists(st.just("") | WORDS, min_size=len(row), max_size=len(row)))
            return ChoiceQuestion(*base, tuple(map(Option, row, rights, said)))
        case 1:
            return OrderQuestion(*base, tuple(row))
        case 2:
            return MatchQuestion(*base, tuple(Pair(word, f"{word} meant") for word in row))
        case 3:
            exact = [ExactAnswer(word) for word in row]
            return AnswerQuestion(*base, (*exact, NumberAnswer("3 ± 1", Decimal(2), Decimal(4))))
        case _:
            return OpenQuestion(*base, draw(st.integers(1, 5000)))


def read(source: str) -> list[Question]:
    notes = Notes("x")
    document = documents.read("01-a/01-b.md", source.encode(), notes.on("01-a/01-b.md"))
    assert document is not None
    _, found = quizzes.read(document)
    assert notes.faults == []
    return list(found)


def bare(question: Question) -> Question:
    return type(question)(**{**{name: getattr(question, name) for name in question.__dataclass_fields__}, "line": 0})


@settings(deadline=None, max_examples=150)
@given(a_question())
def test_what_is_written_is_read_back(question: Question) -> None:
    source = "---\nkind: quiz\ntitle: A\n---\n" + writing.question_text(question)
    assert [bare(found) for found in read(source)] == [bare(question)]


@settings(deadline=None, max_examples=60)
@given(a_question().filter(lambda question: question.id not in {"gate", "year"}))
def test_a_question_replaced_leaves_its_neighbours_alone(question: Question) -> None:
    changed = writing.with_question(QUIZ, question, instead_of="gate")
    assert [found.id for found in read(changed)] == [question.id, "year"]
    assert changed.startswith(QUIZ[: QUIZ.index("## Who")])
    assert changed.endswith(QUIZ[QUIZ.index("## In which") :])


def test_a_question_is_added_moved_and_removed() -> None:
    more = writing.with_question(QUIZ, OpenQuestion("why", "Why", "", "", 1, 50))
    assert [found.id for found in read(more)] == ["gate", "year", "why"]
    up = writing.shifted(more, "why", -1)
    assert [found.id for found in read(up)] == ["gate", "why", "year"]
    assert writing.shifted(up, "why", 1) == more
    assert writing.without_question(more, "why") == QUIZ


def test_a_question_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(writing.NoSuchQuestion):
        writing.without_question(QUIZ, "nowhere")
