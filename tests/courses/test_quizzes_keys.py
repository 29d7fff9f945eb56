"""Keys of another edition: which fit earlier answers, and what these answers are worth by them. No database."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.questions import ChoiceQuestion, MatchQuestion, Option, OrderQuestion, Pair, Question
from courses.quizzes import keys
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written
from courses.quizzes.keys import Fit, Misfit, fit, key_of, moved
from courses.quizzes.marking import ALL, NOTHING, mark
from tests.courses import questions as made


def turned(question: Question, order: Sequence[int]) -> Question:
    """The same question with its parts in another order; of a task to order that is another key."""
    match question:
        case ChoiceQuestion():
            return replace(question, options=tuple(question.options[place] for place in order))
        case MatchQuestion():
            return replace(question, pairs=tuple(question.pairs[place] for place in order))
        case _:
            return question


def lies(then: Question, now: Question) -> Fit:
    found = fit(then, now)
    assert isinstance(found, Fit)
    return found


def answers_to(question: Question) -> st.SearchStrategy[Answer]:
    """Whatever a browser could have sent to this question."""
    match question:
        case ChoiceQuestion():
            return st.frozensets(st.sampled_from(range(len(question.options)))).map(Picks)
        case MatchQuestion():
            count = len(question.pairs)
            chosen = st.lists(st.none() | st.sampled_from(range(count)), min_size=count, max_size=count)
            return chosen.map(lambda places: Matches(tuple(places)))
        case OrderQuestion():
            count = len(question.items)
            ranks = st.lists(st.none() | st.integers(1, count), min_size=count, max_size=count)
            return ranks.map(lambda places: Ranks(tuple(places)))
        case _:
            return st.text(max_size=60).map(Written)


@given(st.data())
def test_the_order_of_options_changes_no_key_and_no_mark(data: st.DataObject) -> None:
    question = data.draw(made.closed)
    answer = data.draw(answers_to(question))
    size = len(getattr(question, "options", getattr(question, "pairs", ())))
    now = turned(question, data.draw(st.permutations(range(size))))
    over = lies(question, now)
    assert key_of(now, over) == key_of(question, lies(question, question))
    assert mark(now, moved(answer, over)).points == mark(question, answer).points


@given(made.choices, st.data())
def test_equal_keys_mark_alike_and_another_key_marks_something_otherwise(
    question: ChoiceQuestion, data: st.DataObject
) -> None:
    rights = data.draw(st.lists(st.booleans(), min_size=len(question.options), max_size=len(question.options)))
    if not any(rights):
        rights[0] = True
    options = tuple(Option(each.text, right, "") for each, right in zip(question.options, rights, strict=True))
    now = replace(question, options=options)
    over = lies(question, now)
    same = key_of(now, over) == key_of(question, lies(question, question))
    assert same == (now.right == question.right)
    best = mark(now, moved(Picks(question.right), over), one_pick=over.one_pick)
    assert NOTHING <= best.points <= ALL
    if same:
        assert best.points == ALL


@given(st.permutations(range(5)), st.lists(st.integers(1, 5), min_size=5, max_size=5))
def test_a_corrected_order_marks_the_same_ranks_by_the_new_line(order: list[int], ranks: list[int]) -> None:
    then = made.order(5)
    now = replace(then, items=tuple(then.items[place] for place in order))
    over = lies(then, now)
    said = moved(Ranks(tuple(ranks)), over)
    assert said == Ranks(tuple(ranks[place] for place in order))
    perfect = Ranks(tuple(order.index(place) + 1 for place in range(5)))
    assert mark(now, moved(perfect, over)).points == ALL


def test_a_corrected_match_is_told_by_terms_and_definitions() -> None:
    then = made.match(3)
    pairs = [each.definition for each in then.pairs]
    now = replace(
        then, pairs=tuple(Pair(each.term, pairs[place]) for each, place in zip(then.pairs, (1, 0, 2), strict=True))
    )
    over = lies(then, now)
    assert key_of(now, over) != key_of(then, lies(then, then))
    crossed = Matches((1, 0, 2))
    assert mark(then, crossed).points < ALL
    assert mark(now, moved(crossed, over)).points == ALL


@pytest.mark.parametrize(
    ("then", "now", "why"),
    [
        (made.choice(True, False), None, Misfit.GONE),
        (made.choice(True, False), made.short("x"), Misfit.KIND),
        (made.choice(True, False), replace(made.choice(True, False), prompt="Which not?"), Misfit.WORDS),
        (made.choice(True, False), replace(made.choice(True, False), detail="Think twice."), Misfit.WORDS),
        (made.choice(True, False), made.choice(True, False, False), Misfit.OPTIONS),
        (made.order(3), OrderQuestion("order", *made.ASKED, ("step 0", "step 1", "step X")), Misfit.OPTIONS),
    ],
)
def test_another_question_says_nothing_about_earlier_answers(then: Question, now: Question | None, why: Misfit) -> None:
    assert fit(then, now) is why


def test_the_same_question_in_other_signs_still_fits() -> None:
    question = made.choice(True, False)
    assert isinstance(fit(question, replace(question, prompt="what ?", explanation="Other words.")), Fit)


def test_numbers_and_texts_that_are_accepted_are_the_key() -> None:
    then = made.number("1990", "1994")
    assert key_of(made.number("1990", "1994"), Fit()) == key_of(then, Fit())
    assert key_of(made.number("1990", "1995"), Fit()) != key_of(then, Fit())
    assert key_of(made.short("Élysée"), Fit()) == key_of(made.short("elysee"), Fit())


def test_who_could_choose_only_one_has_the_whole_point_for_any_right_one() -> None:
    then, now = made.choice(True, False, False), made.choice(True, True, False)
    over = lies(then, now)
    assert over.one_pick
    assert [mark(now, Picks(frozenset({place})), one_pick=True).points for place in range(3)] == [ALL, ALL, NOTHING]
    assert not lies(now, then).one_pick


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True), st.integers(1, 999), max_size=5))
def test_what_an_attempt_keeps_is_read_as_it_was_written(editions: dict[str, int]) -> None:
    assert keys.read(keys.written(editions)) == editions
    assert keys.written(dict(reversed(editions.items()))) == keys.written(editions)
