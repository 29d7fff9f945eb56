"""The rule of opening, held against a second, slower one in every combination, and the laws it keeps."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.content import Course
from courses.catalogue.questions import Opening
from courses.catalogue.reader.course import read_course
from courses.publishing.openings import opens_later
from courses.release import rules
from courses.release.gates import Gate
from courses.release.rules import Change, Closed, Facts, Learner, Why
from tests.courses import release_stage as stage

ZONE = ZoneInfo("Asia/Tashkent")
JOINED = datetime(2027, 2, 10, 9, tzinfo=UTC)
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
TODAY = date(2027, 3, 1)
GOAT, HILLS = "hills/goat", "hills"
BEFORE, AFTER = TODAY - timedelta(days=3), TODAY + timedelta(days=3)


@cache  # many combinations are about one course
def course(goat: Opening | None = None, module: Opening | None = None) -> Course:
    return read_course(stage.SLUG, stage.files(goat=_yaml(goat), module=_yaml(module)))


def _yaml(opening: Opening | None) -> str:
    if opening is None:
        return ""
    said = [f"on: {opening.on}"] if opening.on else []
    said += [f"days: {opening.days}"] if opening.days else []
    said += [f"after: [{', '.join(opening.after)}]"] if opening.after else []
    return stage.opens(*said)


def closed(
    book: rules.Rulebook,
    *,
    facts: Facts = rules.NOTHING,
    finished: tuple[str, ...] = (),
    now: datetime = NOW,
    zone: ZoneInfo = ZONE,
    joined: datetime = JOINED,
) -> Mapping[str, Closed]:
    who = Learner(joined, frozenset(finished), frozenset(finished))
    return rules.closed_lessons(book, who, facts, zone, now)


DAYS = [None, BEFORE, TODAY, AFTER]
SAID: list[Change | None] = [None, Change(), Change(BEFORE), Change(AFTER)]


def expected(
    own: date | None,
    module: date | None,
    after: bool,
    done: bool,
    mine: Change | None,
    its: Change | None,
    group: Change | None,
) -> bool:
    """Whether the goat is open, told slowly: `own` and `module` days, `after` the canal, what was said for whom."""
    said = mine or group
    if said and said.on is None:
        return True
    if after and not done:
        return False
    if said and said.on:
        return said.on <= TODAY
    if own and own > TODAY:
        return False
    if module is None or (its and its.on is None):
        return True
    return (its.on if its and its.on else module) <= TODAY


@pytest.mark.parametrize("own", DAYS)
@pytest.mark.parametrize("module", DAYS)
def test_every_combination_of_rules_and_what_was_said(own: date | None, module: date | None) -> None:
    for after, done, mine, its, group in product([False, True], [False, True], SAID, SAID, SAID):
        opening = Opening(own, None, ("water/canal",) if after else ())
        book = rules.rulebook(course(opening if own or after else None, Opening(module) if module else None))
        facts = Facts({key: said for key, said in ((GOAT, mine), (HILLS, its)) if said}, {GOAT: group} if group else {})
        found = closed(book, facts=facts, finished=("water/canal",) if done else ())
        wanted = expected(own, module, after, done, mine, its, group) or not (own or after or module)
        assert (GOAT not in found) == wanted, (after, done, mine, its, group)


BOOK = rules.rulebook(course(Opening(AFTER, 30, ("water/check", "water")), Opening(None, 14)))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  naive bounds
KEYS = st.frozensets(st.sampled_from(["water/canal", "water/check", "water/map", GOAT, "hills/well"]))
CHANGES = st.dictionaries(
    st.sampled_from([GOAT, HILLS]), st.builds(Change, st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)))
)
FACTS = st.builds(Facts, CHANGES, CHANGES, st.integers(-400, 400), KEYS)


@given(MOMENTS, MOMENTS, MOMENTS, KEYS, FACTS)
def test_what_is_open_stays_open_as_time_goes_on_and_more_is_done(
    joined: datetime, one: datetime, other: datetime, done: frozenset[str], facts: Facts
) -> None:
    earlier, later = sorted((one, other))
    before = closed(BOOK, facts=facts, now=earlier, joined=joined, finished=tuple(done))
    after = closed(BOOK, facts=facts, now=later, joined=joined, finished=(*done, "water/check"))
    assert set(after) <= set(before)


@given(MOMENTS, KEYS, FACTS)
def test_what_was_begun_or_finished_is_never_closed(now: datetime, done: frozenset[str], facts: Facts) -> None:
    assert not (done | facts.begun) & set(closed(BOOK, facts=facts, now=now, finished=tuple(done)))


@given(MOMENTS, FACTS)
def test_what_was_opened_for_one_learner_is_open_whatever_else_is_said(now: datetime, facts: Facts) -> None:
    facts = Facts({**facts.mine, GOAT: Change()}, facts.cohort, facts.shift, facts.begun)
    assert GOAT not in closed(BOOK, facts=facts, now=now)


@given(MOMENTS, KEYS, FACTS)
def test_a_closed_lesson_opens_at_the_moment_it_names(now: datetime, done: frozenset[str], facts: Facts) -> None:
    for key, why in closed(BOOK, facts=facts, now=now, finished=tuple(done)).items():
        if why.at is not None and not why.needs:
            assert key in closed(BOOK, facts=facts, now=why.at - timedelta(seconds=1), finished=tuple(done))
            assert key not in closed(BOOK, facts=facts, now=why.at, finished=tuple(done))


@pytest.mark.parametrize(
    ("zone", "opens_at"),
    [
        ("Asia/Tashkent", datetime(2027, 3, 3, 19, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2027, 3, 3, 10, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 3, 4, 5, tzinfo=UTC)),
    ],
)
def test_a_day_begins_where_the_academy_is(zone: str, opens_at: datetime) -> None:
    book = rules.rulebook(course(Opening(AFTER)))
    found = closed(book, zone=ZoneInfo(zone))
    assert found[GOAT].at == opens_at


def test_days_are_counted_from_the_day_of_joining_in_the_academy() -> None:
    late_in_the_evening = datetime(2028, 2, 27, 20, tzinfo=UTC)  # the 28th in Tashkent
    book = rules.rulebook(course(Opening(days=2)))
    found = closed(book, joined=late_in_the_evening, now=late_in_the_evening)[GOAT]
    assert found.at == datetime(2028, 3, 1, tzinfo=ZONE)  # 2028 has a 29th of February
    assert found.why is Why.JOINING


def test_the_latest_of_several_days_holds_and_says_why() -> None:
    book = rules.rulebook(course(Opening(AFTER, 15), Opening(BEFORE)))
    assert closed(book)[GOAT].why is Why.COURSE
    assert closed(book, joined=NOW)[GOAT].why is Why.JOINING
    shifted = closed(book, facts=Facts(shift=365))[GOAT]
    assert (shifted.at, shifted.why) == (datetime(2028, 3, 3, tzinfo=ZONE), Why.COHORT)


def test_a_shift_moves_days_of_the_calendar_and_not_those_since_joining() -> None:
    book = rules.rulebook(course(Opening(days=5)))
    assert closed(book, facts=Facts(shift=365)) == {}


def test_of_two_cohorts_the_one_that_opens_first_counts() -> None:
    assert rules.most_generous([Change(AFTER), Change(BEFORE)]) == Change(BEFORE)
    assert rules.most_generous([Change(BEFORE), Change()]) == Change()


def test_what_opens_next_is_the_earliest_day_then_what_waits_for_others() -> None:
    moment = datetime(2027, 3, 4, tzinfo=ZONE)
    need = (rules.Need("water", ("water/canal",)),)
    gate = Gate(
        {
            "a": Closed(None, Why.COURSE, need),
            "b": Closed(moment, Why.COURSE, need),
            "c": Closed(moment + timedelta(days=2), Why.COURSE, ()),
            "d": Closed(moment + timedelta(days=1), Why.COURSE, ()),
        }
    )
    assert gate.opening_next == "d"
    assert Gate({key: gate.closed[key] for key in "ab"}).opening_next == "b"
    assert Gate().opening_next == ""


@pytest.mark.parametrize(
    ("was", "now", "later"),
    [
        (None, Opening(AFTER), True),
        (Opening(AFTER), None, False),
        (Opening(AFTER), Opening(BEFORE), False),
        (Opening(BEFORE), Opening(AFTER), True),
        (Opening(days=7), Opening(days=5), False),
        (Opening(days=7), Opening(days=9), True),
        (Opening(days=7), Opening(BEFORE), True),
        (Opening(after=("a", "b")), Opening(after=("b",)), False),
        (Opening(after=("a",)), Opening(after=("b",)), True),
    ],
)
def test_which_rules_make_somebody_wait_longer(was: Opening | None, now: Opening | None, later: bool) -> None:
    assert opens_later(was, now) is later
