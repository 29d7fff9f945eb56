"""What `opens:` may say in lessons and modules, and what the reader says when something would never open."""

from datetime import date

import pytest

from courses.catalogue.content import Course
from courses.catalogue.questions import Opening
from tests.courses.course_files import FILES, MODULE, SESSION, TASK, course_with, faults_with

MAP, WATER, HILLS, GOAT = "01-water/03-map.md", "01-water/module.md", "02-hills/module.md", "02-hills/01-goat.md"
READING = "---\ntitle: The goat\nsummary: It strays.\n---\n## A goat\n\nIt strays over the border.\n"


def opening(keys: str, text: str) -> str:
    """The file with these lines below `opens:`, behind its title."""
    lines = "".join(f"  {line}\n" for line in keys.split("\n"))
    head, title, rest = text.partition(next(line for line in text.split("\n") if line.startswith("title:")) + "\n")
    return f"{head}{title}opens:\n{lines}{rest}"


def hills(lesson: str = "", module: str = "", **changes: str) -> dict[str, str | bytes | None]:
    """A second module with one lesson, opening as said."""
    text = MODULE.replace("Water", "Hills")
    return {
        HILLS: opening(module, text) if module else text,
        GOAT: opening(lesson, READING) if lesson else READING,
        **changes,
    }


def opens(course: Course, key: str) -> Opening | None:
    found = course.lesson(key)
    assert found is not None
    return found.opens


def test_what_says_nothing_opens_at_once() -> None:
    course = course_with(hills())
    assert [lesson.opens for lesson in course.lessons] == [None] * 5
    assert [module.opens for module in course.modules] == [None, None]


def test_a_day_days_and_what_comes_first_are_read() -> None:
    course = course_with(hills("on: 2027-03-01\ndays: 14\nafter: [water/check, water]"))
    assert opens(course, "hills/goat") == Opening(date(2027, 3, 1), 14, ("water/check", "water"))


def test_a_short_name_means_the_lesson_beside_it_else_a_module() -> None:
    course = course_with({MAP: opening("after: check", TASK)})
    assert opens(course, "water/map") == Opening(after=("water/check",))
    assert opens(course_with(hills("after: water")), "hills/goat") == Opening(after=("water",))


def test_a_lesson_named_as_a_module_is_the_lesson_when_it_is_beside() -> None:
    beside = {"02-hills/02-water.md": READING.replace("The goat", "The well")}
    assert opens(course_with(hills("after: water", **beside)), "hills/goat") == Opening(after=("hills/water",))


def test_a_module_opens_as_a_lesson_does() -> None:
    course = course_with(hills(module="after: water\ndays: 7"))
    assert course.modules[1].opens == Opening(None, 7, ("water",))


def test_the_29th_of_february_is_a_day_in_a_leap_year_only() -> None:
    assert opens(course_with(hills("on: 2028-02-29")), "hills/goat") == Opening(date(2028, 2, 29))
    assert faults_with(hills("on: 2027-02-29")) == [f'{GOAT}:4: key "on": there is no day 2027-02-29']


@pytest.mark.parametrize(
    ("keys", "line", "fault"),
    [
        ("on: soon", 4, 'key "on" must be a day as in 2027-03-01'),
        ("on: 0001-01-01", 4, 'key "on" must be a day as in 2027-03-01'),
        ("days: 0", 4, 'key "days" must be a whole number from 1 to 999'),
        ("after: water/well", 4, 'key "after": there is no lesson or module "water/well" in this course'),
        ("days: 3\nafter:\n  - check\n  - water/map", 6, 'key "after": there is no lesson or module "check"'),
        ("after: old-module/old-lesson", 4, 'key "after": there is no lesson or module "old-module/old-lesson"'),
        ("after: []", 4, 'key "after" must name a lesson or a module, or a list of them'),
        ("after: {water: check}", 4, 'key "after" must name a lesson or a module, or a list of them'),
        ("after: water/meeting", 4, 'key "after": "water/meeting" is a live session; nobody finishes one'),
        ("until: 2027-03-01", 4, 'unknown key "until"; known here: on, days, after'),
        ("after: goat", 4, 'key "after": "hills/goat" waits for this in turn, so neither would ever open'),
        ("after: hills", 4, 'key "after": "hills" waits for this in turn, so neither would ever open'),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(keys: str, line: int, fault: str) -> None:
    (found,) = faults_with(hills(keys))
    assert found.startswith(f"{GOAT}:{line}: {fault}")


def test_opens_without_anything_below_says_nothing() -> None:
    text = READING.replace("title:", "opens: {}\ntitle:")
    assert faults_with(hills(**{GOAT: text})) == [
        f'{GOAT}:2: key "opens" says nothing; it may have on, days and after below it'
    ]
    text = READING.replace("title:", "opens: 2027-03-01\ntitle:")
    (fault,) = faults_with(hills(**{GOAT: text}))
    assert "must have lines of its own below it" in fault


def test_two_lessons_that_wait_for_each_other_are_both_named() -> None:
    found = faults_with({**hills("after: water/map"), MAP: opening("after: hills/goat", TASK)})
    assert found == [
        f'{MAP}:5: key "after": "hills/goat" waits for this in turn, so neither would ever open',
        f'{GOAT}:4: key "after": "water/map" waits for this in turn, so neither would ever open',
    ]


def test_a_module_that_waits_for_what_waits_for_one_of_its_lessons_is_named() -> None:
    found = faults_with({**hills("after: water/map"), WATER: opening("after: hills", FILES[WATER])})
    assert [fault.partition(": ")[0] for fault in found] == [f"{WATER}:4", f"{GOAT}:4"]


def test_what_only_waits_for_a_circle_is_not_blamed_for_it() -> None:
    last = {"02-hills/02-end.md": opening("after: goat", READING.replace("The goat", "The end"))}
    found = faults_with(hills("after: goat", **last))
    assert [fault.partition(":")[0] for fault in found] == [GOAT]


def test_a_preview_lesson_in_a_module_that_waits_breaks_the_circle() -> None:
    canal = "01-water/01-canal.md"
    text = FILES[canal].replace("preview: true\n", "")
    assert faults_with({**hills(), WATER: opening("after: canal", FILES[WATER]), canal: text}) != []
    assert (
        faults_with({WATER: opening("days: 3\nafter: hills/goat", FILES[WATER]), **hills("after: water/canal")}) == []
    )


def test_a_preview_lesson_opens_from_the_first_day() -> None:
    canal = "01-water/01-canal.md"
    (fault,) = faults_with({canal: opening("days: 3", FILES[canal])})
    assert "a preview lesson is open to everyone from the first day" in fault


def test_a_module_of_live_sessions_alone_cannot_be_finished() -> None:
    changes = hills(**{GOAT: SESSION.replace("We meet", "We meet again")})
    (fault,) = faults_with({**changes, MAP: opening("after: hills", TASK)})
    assert '"hills" is a live session' in fault


@pytest.mark.parametrize("path", ["02-hills/01-goat.ru.md", "02-hills/module.ru.md"])
def test_a_translation_says_the_same_or_nothing(path: str) -> None:
    original = "02-hills/module.md" if "module" in path else GOAT
    changes = hills("days: 3", "days: 4")
    text = str(changes[original])
    assert faults_with({**changes, path: text}) == []
    assert faults_with({**changes, path: text.replace("days: ", "days: 1")}) == [
        f'{path}:4: key "opens" is not the same as in the original; leave it out here, the original says it for all'
    ]
