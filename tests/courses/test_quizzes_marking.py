"""What an answer earns, by tables and by laws."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.questions import ChoiceQuestion, Question
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written, as_json, blank, from_json, is_blank
from courses.quizzes.folding import fold, numbers
from courses.quizzes.marking import mark, mark_attempt
from tests.courses import questions as q

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize(
    ("rights", "picked", "points"),
    [
        ((False, True, False), {1}, 1),
        ((False, True, False), {0}, 0),
        ((False, True, False), {0, 1}, 0),
        ((False, True, False), set(), 0),
        ((True, True, False), {0, 1}, 1),
        ((True, True, False), {0}, HALF),
        ((True, True, False), {0, 2}, 0),
        ((True, True, False), {0, 1, 2}, HALF),
        ((True, True, True, False), {0, 1, 3}, THIRD),
        ((True, True), {0, 1}, 1),
        ((False, True), {1, 9}, 0),
    ],
)
def test_a_choice_earns_right_minus_wrong(rights: tuple[bool, ...], picked: set[int], points: Fraction) -> None:
    assert mark(q.choice(*rights), Picks(frozenset(picked))).points == points


def test_each_option_tells_whether_it_was_dealt_with_rightly() -> None:
    marks = mark(q.choice(True, True, False, False), Picks(frozenset({0, 2})))
    assert marks.items == (True, False, False, True)


@pytest.mark.parametrize(
    ("accepted", "written"),
    [
        ("Article 33", "  article   33. "),
        ("Article 33", "«ARTICLE 33»"),
        ("Article 33", "Article ۳۳"),
        ("Article 33", "article ٣٣"),
        ("33(1)", "۳۳(۱)"),
        ("Élysée", "elysee"),
        ("Нью-Йорк", "нью–йорк"),
        ("учёт", "учет"),
        ("Oʻzbekiston", "O'zbekiston"),
        ("میانجی‌گری", "ميانجيگري"),
        ("STRASSE", "straße"),
        ("good offices", "good\u00a0offices"),
        ("good offices", "good\toffices!"),
        ("?", "?"),
    ],
)
def test_a_short_answer_is_read_kindly(accepted: str, written: str) -> None:
    assert mark(q.short(accepted), Written(written)).points == 1


@pytest.mark.parametrize("written", ["", "   ", "!", "goodoffices", "good office", "office good"])
def test_another_short_answer_earns_nothing(written: str) -> None:
    assert mark(q.short("good offices"), Written(written)).points == 0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2000", {"2000"}),
        (" 2 000 ", {"2000"}),
        ("2\u202f000", {"2000"}),
        ("2'000", {"2000"}),
        ("۲۰۰۰", {"2000"}),
        ("٢٠٠٠", {"2000"}),
        ("٢٬٠٠٠٫٥", {"2000.5"}),
        ("3,5", {"3.5"}),
        ("3.5", {"3.5"}),
        ("48 %", {"48"}),
        ("2000.", {"2000"}),
        ("-7", {"-7"}),
        ("− 7", {"-7"}),
        ("+7", {"7"}),
        ("1,325", {"1325", "1.325"}),
        ("1.325", {"1325", "1.325"}),
        ("1,325.5", {"1325.5"}),
        ("1.325,5", {"1325.5"}),
        ("1,2,3", set()),
        ("20 00", set()),
        ("1e9", set()),
        ("two thousand", set()),
        ("1990-1995", set()),
        ("", set()),
        ("9" * 41, set()),
        ("NaN", set()),
        ("_5", set()),
    ],
)
def test_the_numbers_a_text_can_mean(written: str, meant: set[str]) -> None:
    assert numbers(written) == {Decimal(each) for each in meant}


@pytest.mark.parametrize(("written", "points"), [("40", 1), ("42,5", 1), ("45", 1), ("39.9", 0), ("45,1", 0), ("?", 0)])
def test_a_number_may_lie_anywhere_in_the_range(written: str, points: int) -> None:
    assert mark(q.number("40", "45"), Written(written)).points == points


@pytest.mark.parametrize(
    ("ranks", "points"),
    [
        ((1, 2, 3, 4), 1),
        ((2, 3, 4, 1), HALF),
        ((4, 3, 2, 1), 0),
        ((1, 2, 4, 3), HALF),
        ((1, 3, 2, 4), Fraction(1, 4)),
        ((1, 1, 1, 1), 0),
        ((1, 2, 1, 2), 0),
        ((1, 2, None, None), HALF),
        ((None, None, None, None), 0),
        ((1, 2), HALF),
    ],
)
def test_an_item_counts_when_it_follows_the_right_one(ranks: tuple[int | None, ...], points: Fraction) -> None:
    assert mark(q.order(4), Ranks(ranks)).points == points


@pytest.mark.parametrize(
    ("chosen", "points"),
    [((0, 1, 2), 1), ((0, 2, 1), THIRD), ((1, 2, 0), 0), ((0, 0, 0), THIRD), ((None, 1, None), THIRD)],
)
def test_a_match_earns_the_share_of_terms(chosen: tuple[int | None, ...], points: Fraction) -> None:
    assert mark(q.match(3), Matches(chosen)).points == points


def test_an_open_answer_waits_for_a_trainer_but_a_blank_one_does_not() -> None:
    assert mark(q.open_(), Written("Because both sides ask for it.")).waiting
    assert not mark(q.open_(), Written(" \n ")).waiting


def test_a_trainers_marks_take_the_place_of_waiting() -> None:
    paper = (q.open_(), q.short("yes"))
    written = {"open": Written("A text."), "short": Written("yes")}
    assert mark_attempt(paper, written).waiting == {"open"}
    marked = mark_attempt(paper, written, {"open": 60})
    assert (marked.waiting, marked.score) == (frozenset(), 80)


def test_a_trainers_marks_count_for_open_questions_alone() -> None:
    assert mark_attempt((q.short("yes"),), {"short": Written("no")}, {"short": 100}).score == 0


def test_a_score_is_rounded_down_so_that_it_never_looks_passed() -> None:
    paper = tuple(q.short("yes", name=f"q{place}") for place in range(3))
    assert mark_attempt(paper, {"q0": Written("yes"), "q1": Written("yes")}).score == 66


def test_an_empty_attempt_scores_nothing() -> None:
    assert mark_attempt((q.choice(True, False), q.order(3), q.match(3), q.open_()), {}).score == 0


@given(q.closed)
def test_the_right_answer_always_earns_everything(question: Question) -> None:
    marks = mark(question, q.right_answer(question))
    assert marks.points == 1
    assert all(marks.items)
    assert not marks.waiting


@given(q.closed, q.answers)
def test_no_answer_earns_less_than_nothing_or_more_than_all(question: Question, answer: Answer) -> None:
    assert 0 <= mark(question, answer).points <= 1


@given(q.closed)
def test_a_blank_answer_earns_nothing(question: Question) -> None:
    assert is_blank(blank(question))
    assert mark(question, blank(question)).points == 0


@given(q.choices, st.frozensets(st.integers(0, 6)), st.randoms(use_true_random=False))
def test_the_order_of_options_never_matters(question: ChoiceQuestion, picked: frozenset[int], chance: Random) -> None:
    count = len(question.options)
    picks = frozenset(place for place in picked if place < count)
    mixed = list(range(count))
    chance.shuffle(mixed)
    turned = q.choice(*(question.options[place].right for place in mixed))
    moved = Picks(frozenset(mixed.index(place) for place in picks))
    assert mark(turned, moved).points == mark(question, Picks(picks)).points


@given(q.closed, q.answers)
def test_what_is_kept_is_what_was_answered(question: Question, answer: Answer) -> None:
    assert from_json(question, as_json(answer)) == answer
    assert from_json(question, None) == blank(question)


@given(q.words)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.integers(0, 10**9))
def test_a_whole_number_is_understood_however_it_is_grouped(value: int) -> None:
    forms = {str(value), f"{value:,}", f"{value:,}".replace(",", " "), f"{value:,}".replace(",", ".")}
    assert all(Decimal(value) in numbers(form) for form in forms)
