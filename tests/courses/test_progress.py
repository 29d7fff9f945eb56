"""The checklist is a pure function: proved by a table and by laws."""

from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.content import Course, Kind
from courses.catalogue.reader.course import read_course
from courses.progress.models import LessonState
from courses.progress.rules import Done, ItemState, Tier, better, checklist, next_lesson, pass_mark
from tests.courses import shelf

COURSE: Course = read_course("first-steps", shelf.files())
KEYS = [lesson.key for lesson in COURSE.lessons]
READ = {key: Done(LessonState.DONE) for key in ("canal/water", "canal/night")}
PASSED = {"canal/check": Done(LessonState.PASSED, 80)}
did = st.builds(Done, st.sampled_from(LessonState), st.one_of(st.none(), st.integers(0, 100)))
anything_done = st.dictionaries(st.sampled_from([*KEYS, "retired/lesson"]), did)


def test_nothing_done_leaves_everything_open() -> None:
    items = checklist(COURSE, {}).items
    assert [(item.kind, item.state, item.have, item.need) for item in items] == [
        (Kind.READING, ItemState.OPEN, 0, 2),
        (Kind.QUIZ, ItemState.OPEN, 0, 75),
    ]


def test_reading_alone_earns_participation_but_not_completion() -> None:
    ticks = checklist(COURSE, READ)
    assert (ticks.reached(Tier.PARTICIPATION), ticks.complete) == (True, False)


def test_everything_done_leaves_nothing() -> None:
    ticks = checklist(COURSE, {**READ, **PASSED})
    assert ticks.complete
    assert ticks.left == ()


def test_a_failed_quiz_says_the_best_so_far() -> None:
    item = checklist(COURSE, {"canal/check": Done(LessonState.FAILED, 50)}).items[1]
    assert (item.state, item.have, item.need, item.attempted) == (ItemState.OPEN, 50, 75, True)


def test_a_quiz_that_waits_for_a_trainer_waits() -> None:
    assert checklist(COURSE, {"canal/check": Done(LessonState.WAITING)}).items[1].state is ItemState.WAITING


def test_what_was_earned_stays_earned_under_stricter_rules() -> None:
    ticks = checklist(COURSE, {}, frozenset({Tier.COMPLETION}))
    assert ticks.complete
    assert ticks.left == ()


def test_the_quizzes_own_mark_goes_before_the_courses() -> None:
    lesson = COURSE.lesson("canal/check")
    assert lesson is not None
    assert pass_mark(COURSE, lesson) == 75


def test_the_next_lesson_goes_on_from_the_furthest_and_returns_to_gaps() -> None:
    def after(*keys: str) -> str:
        found = next_lesson(COURSE, {key: Done(LessonState.DONE) for key in keys})
        return found.key if found else ""

    assert after() == "canal/water"
    assert after("canal/water") == "canal/night"
    assert after("canal/night") == "canal/check"
    assert after("canal/night", "canal/check") == "canal/water"
    assert after(*KEYS) == ""


def test_what_waits_for_a_trainer_is_not_the_next_thing_to_do() -> None:
    done = {"canal/water": Done(LessonState.DONE), "canal/night": Done(LessonState.WAITING)}
    following = next_lesson(COURSE, done)
    assert following is not None
    assert following.key == "canal/check"
    alone = next_lesson(COURSE, {**done, "canal/check": Done(LessonState.PASSED)})
    assert alone is not None
    assert alone.key == "canal/night"


@given(anything_done)
def test_more_is_never_less(done: dict[str, Done]) -> None:
    before = checklist(COURSE, done)
    after = checklist(COURSE, {**done, **READ, **PASSED})
    assert len(after.left) <= len(before.left)
    assert after.complete


@given(anything_done)
def test_lessons_that_are_gone_never_count(done: dict[str, Done]) -> None:
    without = {key: each for key, each in done.items() if key in KEYS}
    assert checklist(COURSE, done) == checklist(COURSE, without)


@given(st.lists(st.sampled_from(LessonState), min_size=1))
def test_what_is_finished_stays_finished(states: list[LessonState]) -> None:
    stands = states[0]
    for state in states[1:]:
        stands = better(stands, state)
    finished = {LessonState.DONE, LessonState.PASSED}
    assert (stands in finished) == any(state in finished for state in states)
    assert (LessonState.PASSED in states) == (stands is LessonState.PASSED)
