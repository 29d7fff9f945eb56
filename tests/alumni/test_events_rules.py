"""What events allow, told by tables."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from academy import i18n, zones
from alumni.events import rules, words
from alumni.events.models import ASKED, DECLINED, GOING, NOT_GOING, OPEN, WAITING, Event
from alumni.events.rules import Room

BERLIN, KABUL = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kabul")


def event(**fields: object) -> Event:
    begins_at = datetime(2027, 3, 20, 19, 30, tzinfo=UTC)
    usual = {
        "begins_at": begins_at,
        "ends_at": begins_at + timedelta(hours=2),
        "state": OPEN,
        "seats": None,
        "going": 0,
    }
    return Event(**{**usual, "time_zone": "Asia/Tashkent", "needs_approval": False, **fields})


@pytest.mark.parametrize(
    ("day", "hour", "zone", "moment"),
    [
        (date(2027, 1, 10), time(17, 0), KABUL, datetime(2027, 1, 10, 12, 30, tzinfo=UTC)),
        (date(2027, 1, 10), time(2, 30), BERLIN, datetime(2027, 1, 10, 1, 30, tzinfo=UTC)),
        (date(2027, 7, 10), time(2, 30), BERLIN, datetime(2027, 7, 10, 0, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(2, 30), BERLIN, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_is_the_one_that_clocks_of_the_zone_show(
    day: date, hour: time, zone: ZoneInfo, moment: datetime
) -> None:
    assert rules.instant(day, hour, zone) == moment


def test_an_hour_that_clocks_skip_is_none() -> None:
    with pytest.raises(rules.NoSuchHour):
        rules.instant(date(2027, 3, 28), time(2, 30), BERLIN)


@pytest.mark.parametrize(
    ("seats", "going", "found"),
    [(None, 900, Room.ENDLESS), (20, 5, Room.ENOUGH), (20, 17, Room.FEW), (20, 20, Room.FULL), (1, 0, Room.FEW)],
)
def test_how_much_room_there_is_never_says_how_many_go(seats: int | None, going: int, found: Room) -> None:
    assert rules.room(seats, going) is found


@pytest.mark.parametrize(
    ("current", "fields", "after"),
    [
        ("", {}, GOING),
        ("", {"seats": 1, "going": 1}, WAITING),
        ("", {"needs_approval": True}, ASKED),
        (NOT_GOING, {"seats": 1, "going": 1}, WAITING),
        (DECLINED, {}, DECLINED),
        (WAITING, {}, WAITING),
    ],
)
def test_where_somebody_stands_who_says_that_they_come(current: str, fields: dict[str, object], after: str) -> None:
    assert rules.after_coming(current, event(**fields)) == after


@pytest.mark.parametrize(("hidden", "told"), [(0, False), (1, False), (4, False), (5, True), (80, True)])
def test_a_few_hidden_guests_are_not_even_hinted_at(hidden: int, told: bool) -> None:
    assert rules.tells_of_others(hidden) is told


def test_an_event_is_told_in_the_readers_zone_and_in_its_own_over_midnight_too(app: Flask) -> None:
    with app.test_request_context("/?lang=en"), zones.telling("Europe/Berlin"):
        lines = [each.words for each in words.times(event())]
    assert lines[0] == "March 20, 2027, 20:30 to 22:30 (Berlin time)"
    assert lines[1] == "March 21, 2027, 00:30 to 02:30 (Tashkent time)"
    with app.test_request_context("/?lang=en"), zones.telling("Asia/Samarkand"):
        assert len(words.times(event())) == 1
    with app.test_request_context("/?lang=en"), zones.telling("UTC"):
        long = words.times(event(ends_at=datetime(2027, 3, 22, 9, 0, tzinfo=UTC)))[0].words
    assert long == "March 20, 2027, 19:30 to March 22, 2027, 09:00 (UTC)"


def test_dari_readers_see_both_calendars(app: Flask) -> None:
    with app.test_request_context("/?lang=fa"), zones.telling("Asia/Kabul"):
        assert i18n.current_code() == "fa"
        assert words.leaf(event(begins_at=datetime(2027, 3, 21, 8, 0, tzinfo=UTC))).month == "حمل"
        assert (
            "۱۴۰۶"
            in words.times(
                event(
                    begins_at=datetime(2027, 3, 21, 8, 0, tzinfo=UTC), ends_at=datetime(2027, 3, 21, 9, 0, tzinfo=UTC)
                )
            )[0].words
        )
