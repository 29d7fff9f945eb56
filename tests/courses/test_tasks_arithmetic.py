"""What marks are worth, whatever is given: levels, two markers, peers, rounding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.questions import Criterion, Grade, Peers, Task
from courses.tasks import rules

Points = dict[str, float]


@st.composite
def tasks(draw: st.DrawFn, peers: st.SearchStrategy[Peers | None] = st.none()) -> Task:  # noqa: B008
    """Any rubric the reader takes."""
    most = draw(st.lists(st.integers(1, 100), min_size=1, max_size=6))
    rubric = tuple(Criterion(f"c{place}", f"C{place}", points, "", levels(points)) for place, points in enumerate(most))
    return Task(None, draw(st.integers(0, 100)), rubric, peers=draw(peers))


def levels(points: int) -> tuple[Grade, ...]:
    return (Grade("All", points), Grade("None", 0))


def given_for(task: Task) -> st.SearchStrategy[Points]:
    """Points a marker may give."""
    return st.fixed_dictionaries({each.id: st.integers(0, each.points) for each in task.rubric})


WILD = st.dictionaries(st.sampled_from(["c0", "c1", "c2", "other"]), st.integers(-1000, 1000))
WEIGHED = st.builds(Peers, st.integers(1, 5), st.just(7), st.integers(0, 100))


@given(tasks(), WILD)
def test_a_score_is_never_below_nothing_nor_above_everything(task: Task, points: Points) -> None:
    assert 0 <= rules.score(task, points) <= 100


@given(tasks(), st.data())
def test_a_score_is_the_share_rounded_down(task: Task, data: st.DataObject) -> None:
    points = data.draw(given_for(task))
    exact = Fraction(sum(int(value) for value in points.values()) * 100, task.points)
    assert rules.score(task, points) == exact.__floor__()
    assert rules.passes(task, points) == (exact >= task.pass_mark)


@given(tasks())
def test_the_best_levels_earn_everything_and_the_worst_nothing(task: Task) -> None:
    assert rules.score(task, {each.id: each.levels[0].points for each in task.rubric}) == 100
    assert rules.score(task, {each.id: each.levels[-1].points for each in task.rubric}) == 0


@given(tasks(), st.data())
def test_one_point_more_never_lowers_a_score(task: Task, data: st.DataObject) -> None:
    points = data.draw(given_for(task))
    chosen = data.draw(st.sampled_from(task.rubric))
    better = {**points, chosen.id: min(chosen.points, points[chosen.id] + 1)}
    assert rules.score(task, better) >= rules.score(task, points)


@given(tasks(), st.data())
def test_the_mean_of_two_is_exactly_between_them(task: Task, data: st.DataObject) -> None:
    first, second = data.draw(given_for(task)), data.draw(given_for(task))
    together = rules.mean(first, second)
    assert together == rules.mean(second, first)
    assert rules.share(task, together) == (rules.share(task, first) + rules.share(task, second)) / 2
    assert min(rules.score(task, first), rules.score(task, second)) <= rules.score(task, together)
    assert rules.score(task, together) <= max(rules.score(task, first), rules.score(task, second))
    assert rules.mean(first, first) == first


@given(tasks(), st.data())
def test_two_are_far_apart_in_both_directions_alike(task: Task, data: st.DataObject) -> None:
    first, second = data.draw(given_for(task)), data.draw(given_for(task))
    apart = rules.far_apart(task, first, second)
    assert apart == rules.far_apart(task, second, first)
    total = abs(sum(int(value) for value in first.values()) - sum(int(value) for value in second.values()))
    assert apart == (total * 100 > 15 * task.points)
    assert not rules.far_apart(task, first, first)


@pytest.mark.parametrize(("gave", "apart"), [(84, True), (85, False), (86, False)])
def test_fifteen_per_cent_themselves_are_not_far(gave: int, apart: bool) -> None:
    task = Task(None, 60, (Criterion("c0", "C", 100, ""),))
    assert rules.far_apart(task, {"c0": 100}, {"c0": gave}) is apart


@given(tasks(WEIGHED), st.data())
def test_peers_weigh_what_the_task_says(task: Task, data: st.DataObject) -> None:
    own = data.draw(given_for(task))
    peers = data.draw(st.lists(given_for(task), min_size=1, max_size=5))
    assert task.peers is not None
    weight = Fraction(task.peers.weight, 100)
    among = sum((rules.share(task, each) for each in peers), Fraction(0)) / len(peers)
    exact = 100 * ((1 - weight) * rules.share(task, own) + weight * among)
    assert rules.score(task, own, peers) == exact.__floor__()
    assert rules.score(task, own, peers) == rules.score(task, own, peers[::-1])
    assert rules.score(task, own, ()) == rules.score(task, own)


@given(tasks(st.just(Peers(3))), st.data())
def test_peers_without_a_weight_only_advise(task: Task, data: st.DataObject) -> None:
    own, peers = data.draw(given_for(task)), data.draw(st.lists(given_for(task), max_size=5))
    assert rules.score(task, own, peers) == rules.score(task, own)
