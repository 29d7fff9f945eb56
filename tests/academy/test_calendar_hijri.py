"""The Solar Hijri calendar: days known from history, and the law that no day is skipped."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.calendar_hijri import MONTHS, SolarHijri, gregorian, is_leap, month_length, solar_hijri, spelled

ANCHORS = [
    (date(2021, 3, 21), SolarHijri(1400, 1, 1)),
    (date(2026, 1, 1), SolarHijri(1404, 10, 11)),
    (date(1979, 2, 11), SolarHijri(1357, 11, 22)),
    (date(1919, 8, 19), SolarHijri(1298, 5, 27)),
    (date(1970, 1, 1), SolarHijri(1348, 10, 11)),
    (date(2020, 3, 20), SolarHijri(1399, 1, 1)),
    (date(2021, 3, 20), SolarHijri(1399, 12, 30)),
    (date(2024, 3, 20), SolarHijri(1403, 1, 1)),
    (date(2025, 3, 20), SolarHijri(1403, 12, 30)),
    (date(2025, 3, 21), SolarHijri(1404, 1, 1)),
]


@pytest.mark.parametrize(("day", "local"), ANCHORS)
def test_days_known_from_history(day: date, local: SolarHijri) -> None:
    assert solar_hijri(day) == local
    assert gregorian(local) == day


def test_every_day_of_two_centuries_follows_the_one_before() -> None:
    day, local = date(1900, 1, 1), solar_hijri(date(1900, 1, 1))
    while day < date(2100, 12, 31):
        day += timedelta(days=1)
        following = solar_hijri(day)
        assert following == _day_after(local)
        local = following


@given(st.dates(date(1799, 3, 21), date(2255, 3, 20)))
def test_there_and_back_is_the_same_day(day: date) -> None:
    assert gregorian(solar_hijri(day)) == day


def test_the_leap_years_of_our_time() -> None:
    assert [year for year in range(1375, 1413) if is_leap(year)] == [
        1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "local", [SolarHijri(1404, 12, 30), SolarHijri(1404, 13, 1), SolarHijri(1404, 0, 1), SolarHijri(1404, 7, 31)]
)
def test_a_day_that_never_was_is_refused(local: SolarHijri) -> None:
    with pytest.raises(ValueError, match="no day"):
        gregorian(local)


@pytest.mark.parametrize("day", [date(1799, 3, 20), date(2255, 3, 21)])
def test_days_beyond_the_rule_are_refused(day: date) -> None:
    with pytest.raises(ValueError, match="outside"):
        solar_hijri(day)


def test_dates_are_written_in_dari_and_pashto() -> None:
    assert spelled(date(2026, 1, 1), "fa") == "۱۱ جدی ۱۴۰۴"
    assert spelled(date(2026, 1, 1), "ps") == "۱۱ مرغومی ۱۴۰۴"
    assert all(len(months) == 12 for months in MONTHS.values())


def _day_after(local: SolarHijri) -> SolarHijri:
    if local.day < month_length(local.year, local.month):
        return SolarHijri(local.year, local.month, local.day + 1)
    if local.month < 12:
        return SolarHijri(local.year, local.month + 1, 1)
    return SolarHijri(local.year + 1, 1, 1)
