"""What ./test --fast leaves out is what goes deeper in features that nobody has touched, and nothing else."""

import pytest

from tests.before_commit import ROOT, features, is_story, is_wanted, touched

QUIZZES = {"courses/quizzes/marking.py"}


@pytest.mark.parametrize(
    ("path", "changed", "wanted"),
    [
        ("tests/courses/test_quizzes.py", set(), True),
        ("tests/test_permissions.py", set(), True),
        ("tests/courses/test_quizzes_hostile.py", set(), False),
        ("tests/courses/test_quizzes_hostile.py", QUIZZES, True),
        ("tests/courses/test_quizzes_hostile.py", {"templates/courses/quizzes/attempt.html"}, True),
        ("tests/courses/test_quizzes_hostile.py", {"tests/courses/test_quizzes_hostile.py"}, True),
        ("tests/courses/test_quizzes_hostile.py", {"templates/macros/quiz.html"}, True),
        ("tests/courses/test_quizzes_hostile.py", {"courses/tasks/service.py"}, False),
        ("tests/courses/test_quizzes_hostile.py", {"README.md"}, False),
        ("tests/academy/test_limits_redis.py", {"academy/web/limits.py"}, True),
        ("tests/academy/test_people_inactivity.py", {"academy/people/inactivity.py"}, True),
        ("tests/courses/test_walks.py", QUIZZES, True),
        ("tests/courses/test_walks.py", {"academy/db.py"}, False),
        ("tests/test_hostile.py", QUIZZES, False),
        ("tests/test_hostile.py", {"tests/test_hostile.py"}, True),
    ],
)
def test_what_runs(path: str, changed: set[str], wanted: bool) -> None:
    assert is_wanted(path, changed) is wanted


def test_most_features_have_a_story_of_their_own() -> None:
    folders = {each for each in features() if (ROOT / each.package / each.noun / "views.py").exists()}
    told = {each for each in folders if (ROOT / f"tests/{each.package}/test_{each.noun}.py").exists()}
    assert folders - told == set()
    assert all(is_story(f"tests/{each.package}/test_{each.noun}.py") for each in told)


def test_what_every_page_stands_on_touches_every_feature() -> None:
    assert touched("templates/layouts/page.html") == set(features())
