"""Which paper a seed gives."""

from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.drawing import draw
from tests.courses import questions as q

seeds = st.text("0123456789abcdef", min_size=1, max_size=32)
TEN = tuple(q.choice(True, False, False, False, name=f"q{place}") for place in range(10))
PINNED = ["q2", "q3", "q5", "q9"]
PINNED_ORDERS = [(1, 2, 3, 0), (2, 0, 1, 3), (2, 0, 1, 3), (0, 2, 3, 1)]


def test_the_same_seed_gives_the_same_paper_for_ever() -> None:
    paper = draw(q.quiz(*TEN, draw=4), "5eed")
    assert [drawn.question.id for drawn in paper] == PINNED
    assert [drawn.order for drawn in paper] == PINNED_ORDERS


@given(seeds, st.integers(1, 10))
def test_as_many_different_questions_as_asked_for(seed: str, count: int) -> None:
    drawn = [each.question.id for each in draw(q.quiz(*TEN, draw=count), seed)]
    assert len(drawn) == len(set(drawn)) == count


@given(seeds)
def test_every_part_is_shown_exactly_once(seed: str) -> None:
    paper = draw(q.quiz(q.choice(True, False, False), q.order(5), q.match(4), q.open_()), seed)
    assert {each.question.id: sorted(each.order) for each in paper} == {
        "choice": [0, 1, 2],
        "order": [0, 1, 2, 3, 4],
        "match": [0, 1, 2, 3],
        "open": [],
    }


@given(seeds, st.integers(2, 6))
def test_an_order_or_a_match_is_never_shown_solved(seed: str, count: int) -> None:
    for drawn in draw(q.quiz(q.order(count), q.match(count)), seed):
        assert drawn.order != tuple(range(count))


@given(seeds)
def test_a_quiz_that_is_not_shuffled_keeps_its_authors_order(seed: str) -> None:
    paper = draw(q.quiz(*TEN, draw=5, shuffle=False), seed)
    names = [each.question.id for each in paper]
    assert names == sorted(names)
    assert all(each.order == (0, 1, 2, 3) for each in paper)


@given(seeds, st.integers(2, 6))
def test_even_without_shuffling_an_order_is_mixed(seed: str, count: int) -> None:
    (drawn,) = draw(q.quiz(q.order(count), shuffle=False), seed)
    assert drawn.order != tuple(range(count))


def test_seeds_differ_enough_that_every_option_comes_first_sometimes() -> None:
    firsts = {draw(q.quiz(TEN[0]), str(seed))[0].order[0] for seed in range(60)}
    assert firsts == {0, 1, 2, 3}
