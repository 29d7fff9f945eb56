"""The Solar Hijri calendar of Afghanistan beside the Gregorian one."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from academy.digits import EASTERN

FIRST_YEAR = 1178
LAST_YEAR = 1633
_MONTH_LENGTHS = (31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29)
_DAYS_BEFORE_MONTH = (0, *accumulate(_MONTH_LENGTHS[:-1]))
_KNOWN_DAY = date(2021, 3, 21)  # 1 Hamal 1400
_KNOWN_YEAR = 1400

MONTHS: dict[str, tuple[str, ...]] = {
    "fa": ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"),
    "ps": ("وری", "غویی", "غبرګولی", "چنګاښ", "زمری", "وږی", "تله", "لړم", "لیندۍ", "مرغومی", "سلواغه", "کب"),
}


@dataclass(frozen=True, slots=True, order=True)
class SolarHijri:
    """A day of the Solar Hijri calendar; months and days count from 1."""

    year: int
    month: int
    day: int


def is_leap(year: int) -> bool:
    """Whether the year's last month, Hut, has thirty days; the 33-year rule, exact for 1178 to 1633."""
    return (25 * year + 11) % 33 < 8  # noqa: PLR2004 - eight leap years in 33


def month_length(year: int, month: int) -> int:
    """How many days the month has."""
    return _MONTH_LENGTHS[month - 1] + (month == len(_MONTH_LENGTHS) and is_leap(year))


def solar_hijri(day: date) -> SolarHijri:
    """Give the Solar Hijri day of a Gregorian one; raise ValueError outside 1799 to 2255."""
    year = day.year - 621
    if day < _new_year(year):
        year -= 1
    _check_year(year)
    passed = (day - _new_year(year)).days
    month = sum(before <= passed for before in _DAYS_BEFORE_MONTH)
    return SolarHijri(year, month, passed - _DAYS_BEFORE_MONTH[month - 1] + 1)


def gregorian(day: SolarHijri) -> date:
    """Give the Gregorian day of a Solar Hijri one; raise ValueError when there is no such day."""
    _check_year(day.year)
    if not 1 <= day.month <= len(_MONTH_LENGTHS) or not 1 <= day.day <= month_length(day.year, day.month):
        raise ValueError(f"there is no day {day.day} in month {day.month} of {day.year}")
    return _new_year(day.year) + timedelta(days=_DAYS_BEFORE_MONTH[day.month - 1] + day.day - 1)


def spelled(day: date, language: str) -> str:
    """Write the Solar Hijri date of a Gregorian day in Dari ("fa") or Pashto ("ps"), as in ۱۱ جدی ۱۴۰۴."""
    local = solar_hijri(day)
    return f"{local.day} {MONTHS[language][local.month - 1]} {local.year}".translate(EASTERN)


def _new_year(year: int) -> date:
    """The Gregorian day of 1 Hamal, counted from one that is known."""
    leap_days = (8 * year + 21) // 33 - (8 * _KNOWN_YEAR + 21) // 33
    return _KNOWN_DAY + timedelta(days=365 * (year - _KNOWN_YEAR) + leap_days)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the Solar Hijri year {year} lies outside {FIRST_YEAR} to {LAST_YEAR}")
