"""The question bank: what answers say about a question, and using it again."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries, service
from courses.catalogue.questions import ChoiceQuestion, Option
from courses.questions.rules import Figures, Flag, Given, correlation, figures
from courses.questions.words import with_free_id
from courses.quizzes.answers import Picks
from tests import makers
from tests.browser import Browser
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import LESSON
from tests.makers import LONG_AGO
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
BANK = f"/teach/{stage.SLUG}/questions/"
FLOATS = st.floats(0, 1, width=32)
QUESTION = ChoiceQuestion("q", "Which?", "", "", 1, (Option("A", True), Option("B", False), Option("C", False)))


def answers(*counts: tuple[int, int, float]) -> list[Given]:
    """So many times this option, by people who got this share of the rest."""
    return [Given(Picks(frozenset({place})), rest) for times, place, rest in counts for _ in range(times)]


@pytest.mark.parametrize(
    ("given_answers", "tried", "right", "flags"),
    [
        ([], 0, 0, ()),
        (answers((9, 1, 0.5)), 9, 0, ()),
        (answers((6, 0, 0.9), (2, 1, 0.2), (2, 2, 0.1)), 10, 60, ()),
        (answers((2, 0, 0.9), (8, 1, 0.3), (1, 2, 0.2)), 11, 18, (Flag.HARD, Flag.LURE)),
        (answers((99, 0, 0.9), (1, 1, 0.2)), 100, 99, (Flag.EASY, Flag.UNUSED)),
        (answers((6, 0, 0.1), (3, 1, 0.9), (3, 2, 0.8)), 12, 50, (Flag.AGAINST,)),
        (answers((3, 0, 0.2), (3, 0, 0.8), (3, 1, 0.2), (3, 2, 0.8)), 12, 50, (Flag.NOTHING,)),
    ],
)
def test_what_answers_say(given_answers: list[Given], tried: int, right: int, flags: tuple[Flag, ...]) -> None:
    found: Figures = figures(QUESTION, given_answers)
    assert (found.tried, found.right, found.flags) == (tried, right, flags)


@given(st.lists(st.tuples(FLOATS, FLOATS), min_size=2, max_size=30))
def test_a_correlation_lies_between_minus_one_and_one_and_knows_no_order(pairs: list[tuple[float, float]]) -> None:
    left, right = zip(*pairs, strict=True)
    found = correlation(left, right)
    assert found == correlation(right, left)
    assert found is None or -1 <= found <= 1


def test_a_row_with_itself_is_one() -> None:
    assert correlation([0, 0.5, 1], [0, 0.5, 1]) == pytest.approx(1)
    assert correlation([0, 1], [1, 1]) is None


def test_a_copy_gets_a_name_of_its_own() -> None:
    assert with_free_id(QUESTION, {"a"}).id == "q"
    assert with_free_id(QUESTION, {"q", "q-2"}).id == "q-3"


def take(browser: Browser, session: Session, who: Member) -> None:
    page = browser.signed_in(who).open(f"{LESSON}/").submit("Start the quiz")
    page.submit("Hand in", **stage.right(stage.paper(session, stage.attempts(session)[-1])))


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member, lena: Member) -> Browser:
    """Tariq at a course whose quiz Lena took."""
    stage.publish(session)
    stage.enrol(session, lena)
    take(browser, session, lena)
    return browser.signed_in(tariq)


def test_a_trainer_finds_a_question_and_sees_how_it_does(desk: Browser) -> None:
    page = desk.open(f"{BANK}?q=gate").follow("Who shut the gate?")
    assert "answered in 1 attempt" in page.text
    assert "earns 100% of its point on average" in page.text
    assert "How often each option was chosen" in page.text
    assert "No question fits" in desk.open(f"{BANK}?q=elephant").text


def test_a_question_is_used_again_in_the_draft(desk: Browser, session: Session) -> None:
    service.begin(session, slug=stage.SLUG, now=LONG_AGO)
    session.commit()
    page = desk.open(f"{BANK}?q=gate").follow("Who shut the gate?").submit("Put a copy at its end")
    assert "A copy of the question stands at the end" in page.notice
    files = queries.files_of(session, stage.SLUG)
    session.rollback()
    assert any(b"{#bankfell-2}" in content for content in files.values())


def test_the_bank_asks_as_much_for_many_attempts_as_for_few(
    desk: Browser, browser: Browser, session: Session, query_count: Counter
) -> None:
    desk.open(BANK)
    with query_count() as few:
        desk.open(BANK)
    others = [makers.member(session, f"Learner {turn}") for turn in range(4)]
    stage.enrol(session, *others)
    for who in others:
        take(browser, session, who)
    with query_count() as many:
        desk.open(BANK)
    assert few.total == many.total <= 8
