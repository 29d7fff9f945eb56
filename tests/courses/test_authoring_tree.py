"""The tree of a course: whatever is done to it, it stays a course, and no link and no lesson's key is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.authoring import tree
from courses.catalogue.content import Course
from courses.catalogue.reader.course import read_course
from tests.courses.course_files import LESSON, MODULE, course_files

SLUG = "first-steps"
SECOND = {
    "02-hills/module.md": MODULE.replace("Water", "Hills"),
    "02-hills/01-path.md": LESSON.replace("preview: true\n", "")
    .replace("The canal", "The path")
    .replace("02-check.md", "../01-water/02-check.md"),
}


def _files() -> dict[str, bytes]:
    return course_files(SECOND)


def _after(files: dict[str, bytes], changes: tree.Changes) -> dict[str, bytes]:
    return {path: text for path, text in {**files, **changes}.items() if text is not None}


def _read(files: dict[str, bytes]) -> Course:
    return read_course(SLUG, files)


def test_a_lesson_moves_up_and_links_to_it_follow() -> None:
    files = _after(_files(), tree.shifted(_files(), "01-water/02-check", -1))
    course = _read(files)
    assert [lesson.slug for lesson in course.modules[0].lessons][:2] == ["check", "canal"]
    assert b"../01-water/01-check.md" in files["02-hills/01-path.md"]
    assert b"01-water/02-canal.md" in files["course.md"]


def test_at_the_end_of_the_row_nothing_changes() -> None:
    assert tree.shifted(_files(), "01-water/01-canal", -1) == {}


def test_a_module_moves_with_all_that_is_in_it() -> None:
    course = _read(_after(_files(), tree.shifted(_files(), "02-hills", -1)))
    assert [module.slug for module in course.modules] == ["hills", "water"]


def test_a_lesson_that_changes_its_module_keeps_its_old_key_known() -> None:
    files = _after(_files(), tree.moved(_files(), "01-water/02-check", "02-hills"))
    assert _read(files).moved == {"water/check": "hills/check"}
    back = _after(files, tree.moved(files, "02-hills/02-check", "01-water"))
    assert _read(back).moved == {"hills/check": "water/check"}


def test_a_slug_once_used_is_never_given_again() -> None:
    files = _after(_files(), tree.retired(_files(), "02-hills/01-path"))
    assert "hills/path" in files["course.md"].decode()
    with pytest.raises(tree.SlugInUse):
        tree.added_lesson(files, "02-hills", "path", LESSON)


def test_a_new_title_leaves_the_address() -> None:
    course = _read(_after(_files(), tree.retitled(_files(), "01-water/01-canal", "The gate: a story")))
    assert (course.lessons[0].key, course.lessons[0].title) == ("water/canal", "The gate: a story")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from([-1, 1])), max_size=8))
def test_however_it_is_reordered_it_stays_the_same_course(turns: list[tuple[int, int]]) -> None:
    files = _files()
    keys = {lesson.key for lesson in _read(files).lessons}
    for place, by in turns:
        things = [
            *tree.modules(files),
            *(each for module in tree.modules(files) for each in tree.lessons(files, module)),
        ]
        files = _after(files, tree.shifted(files, things[place % len(things)], by))
    assert {lesson.key for lesson in _read(files).lessons} == keys


def test_what_opens_after_a_lesson_still_does_when_it_moves() -> None:
    files = _files()
    said = {
        "01-water/02-check.md": b"opens:\n  days: 3\n  after: canal\n",
        "01-water/03-map.md": b"opens:\n  on: 2027-03-01\n  after: check\n",
        "02-hills/01-path.md": b"opens:\n  after: [water/check, water/canal]\n",
    }
    for path, opens in said.items():
        files[path] = files[path].replace(b"title:", opens + b"title:", 1)
    before = _read(files)
    after = _read(_after(files, tree.moved(files, "01-water/02-check", "02-hills")))
    assert {lesson.key: lesson.opens.after for lesson in before.lessons if lesson.opens} == {
        "water/check": ("water/canal",),
        "water/map": ("water/check",),
        "hills/path": ("water/check", "water/canal"),
    }
    assert {lesson.key: lesson.opens.after for lesson in after.lessons if lesson.opens} == {
        "hills/check": ("water/canal",),
        "water/map": ("hills/check",),
        "hills/path": ("hills/check", "water/canal"),
    }
    (check, chart) = (after.lesson(key) for key in ("hills/check", "water/map"))
    assert check
    assert check.opens
    assert check.opens.days == 3
    assert chart
    assert chart.opens
    assert str(chart.opens.on) == "2027-03-01"
