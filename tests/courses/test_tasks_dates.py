"""Due dates: the day of a person, grace, late work, tries that are left, and what is due this week."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from courses.catalogue.questions import Due, Late
from courses.tasks.dues import DAY, late_if_joined_before, worked_out
from tests.browser import Browser
from tests.courses import quiz_stage as stage
from tests.courses import task_stage
from tests.courses.quiz_stage import TASK
from tests.courses.task_stage import press

TASHKENT, LONDON = ZoneInfo("Asia/Tashkent"), ZoneInfo("Europe/London")
JOINED = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)  # it is the second of March in Tashkent already


def test_a_number_of_days_counts_from_the_day_of_joining_where_the_academy_is() -> None:
    deadline = worked_out(Due(None, 14, 2, Late.REFUSE), JOINED, TASHKENT)
    assert deadline.at == datetime(2026, 3, 16, 23, 59, 59, tzinfo=TASHKENT)
    assert deadline.closes == datetime(2026, 3, 18, 23, 59, 59, tzinfo=TASHKENT)
    assert deadline.refuses


def test_the_grace_counts_days_even_when_the_clocks_change() -> None:
    deadline = worked_out(Due(datetime(2026, 3, 28, tzinfo=UTC).date(), None, 1), JOINED, LONDON)
    assert deadline.at == datetime(2026, 3, 28, 23, 59, 59, tzinfo=LONDON)
    assert deadline.closes.astimezone(UTC) == datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC)


@given(st.integers(1, 999), st.integers(0, 99), st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.data())  # noqa: DTZ001
def test_work_is_late_exactly_after_the_grace(days: int, grace: int, when: datetime, data: st.DataObject) -> None:
    joined = when.replace(tzinfo=UTC)
    zone = data.draw(st.sampled_from([TASHKENT, LONDON, ZoneInfo("America/St_Johns")]))
    deadline = worked_out(Due(None, days, grace), joined, zone)
    assert joined.astimezone(zone).date() + days * DAY == deadline.at.date()
    assert (deadline.closes.date() - deadline.at.date()).days == grace
    assert not deadline.is_late(deadline.closes)
    assert deadline.is_late(deadline.closes.astimezone(UTC) + timedelta(seconds=1))
    assert deadline.grace == (grace > 0)


@given(
    st.one_of(
        st.integers(1, 60).map(lambda days: Due(None, days)),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(Due),
    ),
    st.integers(0, 9),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),  # noqa: DTZ001
    st.integers(-100, 100 * 24 * 60),
    st.sampled_from([TASHKENT, LONDON, ZoneInfo("America/St_Johns")]),
)
def test_the_database_finds_exactly_those_whose_day_is_over(
    due: Due, grace: int, joined: datetime, later: int, zone: ZoneInfo
) -> None:
    due, at = replace(due, grace=grace), joined.replace(tzinfo=UTC)
    deadline = worked_out(due, at, zone)
    for now in (at + timedelta(minutes=later), deadline.closes, deadline.closes + timedelta.resolution):
        before = late_if_joined_before(due, now.astimezone(UTC), zone)
        if now >= at:
            assert deadline.is_late(now.astimezone(UTC)) == (before is not None and at < before)


def publish_due(session: Session, lena: Member, keys: str, *, joined_days_ago: int) -> None:
    task_stage.publish(session, keys)
    stage.enrol(session, lena)
    task_stage.joined(session, lena, clock.now() - timedelta(days=joined_days_ago))


def test_the_day_and_the_grace_are_said_in_the_readers_own_time(
    browser: Browser, session: Session, lena: Member
) -> None:
    publish_due(session, lena, "due: 2027-03-01\ngrace: 2 days\nlate: refuse", joined_days_ago=0)
    session.execute(update(Member).where(Member.id == lena.id).values(time_zone="Asia/Tokyo"))
    session.commit()
    text = browser.signed_in(lena).open(f"{TASK}/").text
    assert "Due on March 2, 2027, 03:59 (Tokyo time)." in text
    assert "What comes until March 4, 2027, 03:59 still counts as in time." in text
    assert "Late work is not taken." in text


def test_late_work_is_taken_and_said_to_be_late(
    browser: Browser, session: Session, lena: Member, tariq: Member
) -> None:
    publish_due(session, lena, "due: 3 days", joined_days_ago=9)
    desk = browser.signed_in(lena)
    assert "You can still hand it in; it will be marked as late." in desk.open(f"{TASK}/").text
    task_stage.hand_in(browser, lena)
    (work,) = task_stage.works(session)
    assert work.late
    assert "Late" in desk.open(f"{TASK}/").text
    queue = browser.signed_in(tariq).open("/teach/marking")
    assert "Late" in queue.text_of(".list-row")
    assert "Late" in task_stage.page_of(browser, tariq, work).text


def test_work_within_the_grace_is_in_time(browser: Browser, session: Session, lena: Member) -> None:
    publish_due(session, lena, "due: 3 days\ngrace: 5 days\nlate: refuse", joined_days_ago=6)
    task_stage.hand_in(browser, lena)
    (work,) = task_stage.works(session)
    assert not work.late


def test_where_late_work_is_refused_the_draft_stays(browser: Browser, session: Session, lena: Member) -> None:
    publish_due(session, lena, "due: 3 days\nlate: refuse", joined_days_ago=9)
    desk = browser.signed_in(lena)
    page = desk.open(f"{TASK}/")
    assert "Late work is not taken any more." in page.text
    assert "Hand in" not in [button.to_text() for button in page.all("main button")]
    refused = desk.post(f"{TASK}/hand-in", {"text": "Too late."})
    assert refused.status == 409
    assert "The time for this task is over" in refused.text
    assert refused.form("Save the draft").values["text"] == "Too late."
    press(refused, "Save the draft")
    (work,) = task_stage.works(session)
    assert (work.state, work.text) == ("draft", "Too late.")


def test_tries_are_counted_by_marks_and_not_by_what_was_sent_back(
    browser: Browser, session: Session, lena: Member, tariq: Member
) -> None:
    task_stage.publish(session, "resubmit: 1")
    stage.enrol(session, lena)
    desk = task_stage.hand_in(browser, lena, "One.")
    mark(browser, tariq, session, "Send back", comment="More.")
    task_stage.hand_in(browser, lena, "Two.")
    mark(browser, tariq, session, "Give these marks", points_0="0", points_1="0")
    assert "You can hand in 1 more time." in desk.open(f"{TASK}/").text
    task_stage.hand_in(browser, lena, "Three.")
    mark(browser, tariq, session, "Give these marks", points_0="0", points_1="0")
    page = desk.open(f"{TASK}/")
    assert "You have used all your tries for this task." in page.text
    assert "Hand in" not in [button.to_text() for button in page.all("main button")]
    assert desk.post(f"{TASK}/hand-in", {"text": "Four."}).status == 409
    assert [work.state for work in task_stage.works(session)] == ["returned", "not_yet", "not_yet"]


def mark(browser: Browser, tariq: Member, session: Session, button: str, **fields: str) -> None:
    work = task_stage.works(session)[-1]
    page = press(task_stage.page_of(browser, tariq, work), button, **{"comment": "", **fields})
    assert page.status == 200, page.text


def test_what_is_due_this_week_stands_in_my_learning(browser: Browser, session: Session, lena: Member) -> None:
    publish_due(session, lena, "due: 5 days", joined_days_ago=0)
    desk = browser.signed_in(lena)
    assert [
        desk.open("/").text_of(".todo-row-title"),
        desk.open("/").text_of(".todo-row .chip")[:6],
    ] == ["A map", "Due on"]
    task_stage.joined(session, lena, clock.now() - timedelta(days=30))
    late = desk.open("/").all(".todo-row .chip")[0]
    assert late.to_text().startswith("Still open; it was due on")
    assert "chip-wrong" not in late.attrs["class"]
    task_stage.hand_in(browser, lena)
    assert "due on" not in desk.open("/").text


def test_what_is_far_away_or_over_is_not_urged(browser: Browser, session: Session, lena: Member) -> None:
    publish_due(session, lena, "due: 20 days\nlate: refuse", joined_days_ago=0)
    desk = browser.signed_in(lena)
    assert "Due on" not in desk.open("/").text
    task_stage.joined(session, lena, clock.now() - timedelta(days=60))
    assert "due on" not in desk.open("/").text


def test_the_checklist_says_when_practical_work_is_due(browser: Browser, session: Session, lena: Member) -> None:
    publish_due(session, lena, "due: 2027-03-01", joined_days_ago=0)
    assert "Next: A map, due on March 1, 2027" in browser.signed_in(lena).open(f"/courses/{stage.SLUG}/").text


@pytest.mark.parametrize("keys", ["", "due: 14 days"])
def test_whoever_has_no_place_has_no_day(browser: Browser, session: Session, tariq: Member, keys: str) -> None:
    task_stage.publish(session, keys)
    assert "Due on" not in browser.signed_in(tariq).open(f"{TASK}/").text
