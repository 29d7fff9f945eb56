"""Lessons that open later: the learner sees when and why, and nothing of a closed lesson gets out."""

import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.i18n import long_date
from academy.people.models import Member
from academy.uploads.models import Upload
from courses.enrolment import service as enrolment
from courses.progress.models import LessonRecord, LessonState
from courses.quizzes.models import Attempt
from courses.tasks.models import Work
from tests.browser import Browser, words
from tests.courses import release_stage as stage
from tests.courses.places import Counter
from tests.courses.release_stage import CHECK, COURSE, GOAT, MAP, SECRET, WELL, in_days, opens


def day(app: Flask, number: int) -> str:
    with app.test_request_context():
        return long_date(in_days(number))


def test_a_lesson_opens_on_its_day_and_says_so_until_then(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    stage.join(session, lena, stage.publish(session, goat=opens(f"on: {in_days(3)}")))
    phone = browser.signed_in(lena)
    page = phone.open(GOAT)
    assert (page.status, page.heading) == (200, "The goat")
    assert f"It opens on {day(app, 3)}." in page.text
    assert "Everybody in the course gets it on that day." in page.text
    assert f"The goat (you are here) Opens on {day(app, 3)}" in page.text_of(".outline")
    assert f"The goat Opens on {day(app, 3)}" in phone.open(WELL).text_of(".outline")
    assert f"The goat Opens on {day(app, 3)}" in phone.open(COURSE).text_of("#outline")
    stage.publish(session, goat=opens(f"on: {in_days(0)}"))
    assert SECRET in phone.open(GOAT).text


def test_a_lesson_opens_some_days_after_joining(
    app: Flask, browser: Browser, session: Session, lena: Member, max_: Member
) -> None:
    live = stage.publish(session, goat=opens("days: 14"))
    stage.join(session, lena, live, days_ago=10)
    stage.join(session, max_, live, days_ago=14)
    page = browser.signed_in(lena).open(GOAT)
    assert f"It opens on {day(app, 4)}." in page.text
    assert "counted from the day you joined" in page.text
    assert SECRET in browser.signed_in(max_).open(GOAT).text


def test_a_lesson_opens_after_another_and_leads_there(browser: Browser, session: Session, lena: Member) -> None:
    stage.join(session, lena, stage.publish(session, well=opens("after: goat")))
    phone = browser.signed_in(lena)
    page = phone.open(WELL)
    assert "First finish what comes before it: The goat" in page.text
    goat = page.follow("The goat")
    assert goat.submit("Mark as done and continue").heading == "The well"
    assert "It is dry." in phone.open(WELL).text


def test_a_module_holds_all_its_lessons_back_beside_their_own_rules(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    rules = {"module": opens("after: water"), "well": opens(f"on: {in_days(2)}")}
    stage.join(session, lena, stage.publish(session, **rules))
    phone = browser.signed_in(lena)
    assert "Water 3 lessons left" in phone.open(GOAT).text
    stage.finish(session, lena, "water/canal", "water/check", "water/map")
    assert SECRET in phone.open(GOAT).text
    assert f"It opens on {day(app, 2)}." in phone.open(WELL).text


def test_nothing_of_a_closed_lesson_reaches_the_browser(browser: Browser, session: Session, lena: Member) -> None:
    live = stage.publish(session, goat=opens("days: 30"), quiz=opens("days: 30"), task=opens("days: 30"))
    stage.join(session, lena, live)
    phone, goat = browser.signed_in(lena), live.course.media["media/goat.svg"].digest
    pages = [phone.open(address).source for address in (GOAT, CHECK, MAP, COURSE, "/", f"{COURSE}changes?since=1")]
    for secret in (SECRET, "A goat", goat, "Who shut the gate?", "Draw a map", "All of them.", "Write your"):
        assert not [page for page in pages if secret in page], secret


def test_what_is_sent_to_a_closed_lesson_is_refused(browser: Browser, session: Session, lena: Member) -> None:
    rules = {"goat": opens("days: 30"), "quiz": opens("days: 30"), "task": opens("days: 30")}
    stage.join(session, lena, stage.publish(session, **rules))
    phone = browser.signed_in(lena)
    for address in (f"{GOAT}done", f"{CHECK}attempt", f"{MAP}reviews", f"{MAP}messages", f"{MAP}messages/read"):
        page = phone.post(address, {"message": "Hello"})
        assert (page.status, "not open yet" in page.text) == (403, True), address
    for address in (f"{MAP}save", f"{MAP}hand-in"):
        sent = {"text": "My map.", "file": (io.BytesIO(b"%PDF-1.7\n%%EOF"), "map.pdf")}
        assert phone.post(address, sent).status == 403
        assert phone.post(address, {"text": "My map."}).status == 403
    for table in (LessonRecord, Attempt, Work, Upload):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    session.rollback()


def test_a_kept_course_leaves_closed_lessons_and_their_pictures_out(
    browser: Browser, session: Session, lena: Member
) -> None:
    live = stage.publish(session, goat=opens("days: 30"))
    stage.join(session, lena, live)
    phone = browser.signed_in(lena)
    kept = _kept(phone)
    assert GOAT not in kept["pages"]
    assert WELL in kept["pages"]
    stage.publish(session, goat=opens("days: 30"), well=opens("days: 30"))
    kept = _kept(phone)
    assert not [url for url in kept["media"] if live.course.media["media/goat.svg"].digest in url]


def test_a_phone_learns_that_a_kept_course_has_more_to_give_now(
    browser: Browser, session: Session, lena: Member
) -> None:
    stage.join(session, lena, stage.publish(session, well=opens("after: goat")))
    phone = browser.signed_in(lena)
    (before,) = phone.open(COURSE).all("[data-keep]")
    phone.post(f"{GOAT}done")
    (after,) = phone.open(COURSE).all("[data-keep]")
    assert (before.attrs["data-edition"], after.attrs["data-edition"]) == ("1-1", "1")


def _kept(browser: Browser) -> dict[str, list[str]]:
    found: dict[str, list[str]] = browser.client.get(f"{COURSE}offline.json").get_json()
    return found


def test_what_changed_in_a_closed_lesson_stays_closed(browser: Browser, session: Session, lena: Member) -> None:
    stage.join(session, lena, stage.publish(session))
    old = stage.READING
    try:
        stage.READING = old.replace("A goat\n", "A goat that was sold\n")
        stage.publish(session, goat=opens("days: 30"))
    finally:
        stage.READING = old
    page = browser.signed_in(lena).open(f"{COURSE}changes?since=1")
    assert "The goat Text changed" not in page.text
    assert "that was sold" in page.text  # the well, which is open, changed too
    (goat,) = [words(each) for each in page.all("section.card") if words(each).startswith("The goat")]
    assert "sold" not in goat


def test_a_stricter_edition_locks_nothing_that_was_begun_or_finished(
    browser: Browser, session: Session, lena: Member, max_: Member
) -> None:
    live = stage.publish(session)
    for who in (lena, max_):
        stage.join(session, who, live)
    phone = browser.signed_in(lena)
    phone.open(CHECK).submit("Start the quiz")
    phone.post(f"{MAP}save", {"text": "A draft."})
    stage.finish(session, lena, "hills/goat")
    later = opens(f"on: {in_days(30)}")
    stage.publish(session, goat=later, well=later, quiz=later, task=later)
    assert SECRET in phone.open(GOAT).text
    assert phone.open(CHECK).submit("Go on with your attempt").heading == "Check"
    assert "A draft." in phone.open(MAP).source
    assert "not open yet" in phone.open(WELL).text
    for address in (GOAT, CHECK, MAP, WELL):
        assert "not open yet" in browser.signed_in(max_).open(address).text


def test_the_preview_lesson_stays_open_to_visitors_and_learners(
    browser: Browser, session: Session, lena: Member
) -> None:
    files = stage.files(goat="", module=opens("days: 30"))
    files[f"{stage.HILLS}/01-goat.md"] = files[f"{stage.HILLS}/01-goat.md"].replace(
        b"One more.\n", b"One more.\npreview: true\n"
    )
    files["01-water/01-canal.md"] = files["01-water/01-canal.md"].replace(b"preview: true\n", b"")
    live = stage.publish_files(session, files)
    assert SECRET in browser.open(GOAT).text
    stage.join(session, lena, live)
    phone = browser.signed_in(lena)
    assert SECRET in phone.open(GOAT).text
    assert "not open yet" in phone.open(WELL).text


@pytest.mark.parametrize("who", ["tariq", "ada"])
def test_staff_of_the_course_are_not_held_back(
    browser: Browser, session: Session, request: pytest.FixtureRequest, who: str
) -> None:
    live = stage.publish(session, goat=opens("days: 30"))
    member = request.getfixturevalue(who)
    desk = browser.signed_in(member)
    assert SECRET in desk.open(GOAT).text
    stage.join(session, member, live)
    assert SECRET in desk.open(GOAT).text
    assert "Opens on" not in desk.open(COURSE).text


def test_the_next_step_passes_by_what_is_closed_and_says_what_opens_next(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    rules = {"goat": opens(f"on: {in_days(5)}"), "well": opens("after: goat"), "quiz": opens(f"on: {in_days(2)}")}
    stage.join(session, lena, stage.publish(session, **rules))
    phone = browser.signed_in(lena)
    stage.finish(session, lena, "water/canal")
    page = phone.open(COURSE)
    assert "Continue: A map" in page.text
    assert f"Check Opens on {day(app, 2)}" in page.text_of("#checklist")
    assert f"Next: “The goat” opens on {day(app, 5)}." in page.text_of("#checklist")
    assert phone.open("/").follow("Continue").heading == "A map"
    stage.finish(session, lena, "water/map", "water/meeting", state=LessonState.PASSED)
    for address in (COURSE, "/"):
        page = phone.open(address)
        assert f"Next: “Check” opens on {day(app, 2)}." in page.text
        assert "Continue" not in page.text
    assert "You are up to date" in phone.open("/").text
    assert "Go on with" not in phone.open(GOAT).text


def test_the_checklist_names_a_lesson_that_is_open_before_one_that_is_not(
    browser: Browser, session: Session, lena: Member
) -> None:
    stage.join(session, lena, stage.publish(session, goat=opens("days: 30")))
    stage.finish(session, lena, "water/canal")
    assert "Next: The well" in browser.signed_in(lena).open(COURSE).text_of("#checklist")


def test_a_task_that_is_due_soon_but_closed_is_not_asked_for(browser: Browser, session: Session, lena: Member) -> None:
    due = "due: 12 days\n"
    stage.join(session, lena, stage.publish(session, task=due))
    phone = browser.signed_in(lena)
    assert "Due on" in phone.open("/").text
    stage.publish(session, task=due + opens("days: 11"))
    assert "Due on" not in phone.open("/").text


def test_two_learners_never_see_each_others_days(
    app: Flask, browser: Browser, session: Session, lena: Member, max_: Member
) -> None:
    live = stage.publish(session, goat=opens("days: 20"))
    stage.join(session, lena, live, days_ago=10)
    stage.join(session, max_, live, days_ago=5)
    for _ in range(2):
        for who, left in ((lena, 10), (max_, 15)):
            page = browser.signed_in(who).open(COURSE)
            assert f"The goat Opens on {day(app, left)}" in page.text_of("#outline")


def test_whose_day_begins_at_another_hour_is_told_the_hour(browser: Browser, session: Session, lena: Member) -> None:
    stage.join(session, lena, stage.publish(session, goat=opens(f"on: {in_days(3)}")))
    lena.time_zone = "America/New_York"
    session.commit()
    page = browser.signed_in(lena).open(GOAT)
    assert ":00" in page.text_of("strong")


def test_reading_costs_no_more_queries_than_without_rules(
    browser: Browser, session: Session, lena: Member, query_count: Counter
) -> None:
    live = stage.publish(session, well=opens("after: goat"), module=opens("days: 5"))
    stage.join(session, lena, live)
    phone = browser.signed_in(lena)
    for address, expected in ((GOAT, 4), (WELL, 4), (COURSE, 5), ("/", 5)):
        phone.open(address)
        with query_count() as count:
            phone.open(address)
        assert count.total <= expected, (address, count.statements)
    token = {"csrf_token": phone.csrf()}
    with query_count() as count:
        assert phone.client.post(f"{GOAT}done", data=token).status_code == 303
    assert count.total <= 6, [each[:90] for each in count.statements]


def test_a_course_without_rules_asks_for_none(
    browser: Browser, session: Session, lena: Member, query_count: Counter
) -> None:
    stage.join(session, lena, stage.publish(session))
    phone = browser.signed_in(lena)
    phone.open(GOAT)
    with query_count() as count:
        phone.open(GOAT)
    assert not [each for each in count.statements if "release_override" in each]


def test_somebody_who_left_the_course_is_asked_in_as_before(browser: Browser, session: Session, lena: Member) -> None:
    live = stage.publish(session, goat=opens("days: 30"))
    stage.join(session, lena, live)
    enrolment.leave(session, member_id=lena.id, course_slug=stage.SLUG, now=clock.now() - timedelta(days=1))
    session.commit()
    assert browser.signed_in(lena).open(GOAT).heading == "First steps"
