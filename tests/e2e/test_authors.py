"""A trainer makes a course from nothing in a real browser; a learner takes it; it is edited under way; nobody loses."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy.people.models import Member, SignIn
from courses.progress.models import LessonRecord
from tests.browser import Browser
from tests.e2e.authoring import LESSON as TEXT
from tests.e2e.authoring import (
    OPENING,
    PARAGRAPH,
    SLUG,
    add_module,
    add_picture,
    begin,
    open_file,
    publish,
    replace,
    settle_course,
    state,
    take_out_the_task,
    write,
    write_question,
)
from tests.e2e.conftest import NARROW, Seat, sit_down
from tests.e2e.people import press
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
COURSE = f"/courses/{SLUG}/"
LESSON = f"{COURSE}first-steps/opening/"
QUIZ = f"{COURSE}first-steps/check/"
DESK = {"width": 1280, "height": 900}


def test_a_course_from_nothing_to_its_third_edition(
    app: Flask, seat: Seat, session: Session, over_shoulder: Watch, tariq: Member, lena: Member, tmp_path: Path
) -> None:
    his, hers = seat(tariq, size=DESK).new_page(), seat(lena, "fa", size=NARROW).new_page()
    watch = over_shoulder
    _makes(his, watch)
    _learns(hers, watch)
    did = _records(session, lena)
    assert len(did) == 2
    _edits(his, watch)
    _finds_the_change(hers, watch, "who has the key")
    assert _records(session, lena) == did
    _edits_in_a_folder(app, his, watch, tmp_path)
    _finds_the_change(hers, watch, "Only the old man knows.")
    assert _records(session, lena) == did
    watch.refuse_faults()


def _makes(page: Page, watch: Watch) -> None:
    page.goto("/teach/")
    watch.step(page, "teaching before the first course")
    begin(page)
    watch.step(page, "a new course")
    open_file(page, OPENING)
    write(page, TEXT)
    add_picture(page)
    watch.step(page, "the first lesson")
    write_question(page)
    watch.step(page, "the questions")
    take_out_the_task(page)
    settle_course(page)
    watch.step(page, "the course page in the editor")
    page.goto(f"/teach/{SLUG}/draft")
    watch.step(page, "the course is written")
    page.goto(f"/teach/{SLUG}/publish")
    watch.step(page, "publish for the first time")
    publish(page, "")
    watch.step(page, "published")


def _learns(page: Page, watch: Watch) -> None:
    page.goto("/courses/")
    press(page, f"main a[href='{COURSE}']")
    watch.step(page, "the course on a phone")
    press(page, f"main a[href='{COURSE}enrol']")
    press(page)
    expect(page).to_have_url(re.compile(f"{LESSON}$"))
    watch.step(page, "the lesson on a phone")
    press(page, "form[action$='/done'] button")
    page.goto(QUIZ)
    press(page, "form[action$='/attempt'] button")
    page.locator("label.pick", has_text="A canal").locator("input").check()
    watch.step(page, "the quiz on a phone")
    press(page)
    expect(page.locator(".notice-done")).to_have_count(1)


def _records(session: Session, who: Member) -> list[tuple[str, str, int]]:
    """What somebody did, and in which edition."""
    rows = session.scalars(select(LessonRecord).where(LessonRecord.member_id == who.id)).all()
    found = sorted((row.lesson_key, str(row.state), row.edition) for row in rows)
    session.rollback()
    return found


def _edits(page: Page, watch: Watch) -> None:
    press(page, f"main a[href='/teach/{SLUG}/draft']")
    if page.url.endswith("/draft") and page.locator("form[action$='/draft/begin']").count():
        watch.step(page, "begin the next draft")
        press(page, "form[action$='/draft/begin'] button")
    open_file(page, OPENING)
    replace(page, PARAGRAPH, "In July somebody who has the key shuts it.")
    state(page, "Saved")
    add_module(page, "Afterwards", "Who opens it")
    state(page, "Saved")
    page.goto(f"/teach/{SLUG}/publish")
    watch.step(page, "publish under way")
    assert page.locator("#affected").count() == 1
    publish(page, "The gate has a key, and a new lesson tells who opens it.")


def _finds_the_change(page: Page, watch: Watch, words: str) -> None:
    page.goto(LESSON)
    watch.step(page, "the changed lesson on a phone")
    press(page, "main a[href*='since=']")
    watch.step(page, "what changed")
    expect(page.locator("main")).to_contain_text(words)
    page.goto(COURSE)
    watch.step(page, "the course page afterwards")


def _edits_in_a_folder(app: Flask, page: Page, watch: Watch, tmp_path: Path) -> None:
    page.goto(f"/teach/{SLUG}/exchange")
    watch.step(page, "ways out and in")
    with page.expect_download() as download:
        press(page, "a[href$='edition.zip']")
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        archive.extractall(tmp_path)
    file = tmp_path / SLUG / OPENING
    file.write_text(file.read_text().replace("## In short", "Only the old man knows.\n\n## In short"))
    done = app.test_cli_runner().invoke(args=["courses", "import", str(tmp_path / SLUG)])
    assert done.exit_code == 0, done.output
    assert f"  ~ {OPENING}\n" in done.output
    page.goto(f"/teach/{SLUG}/publish")
    watch.step(page, "publish what came from a folder")
    publish(page, "")


def test_without_scripts_and_signed_out_on_the_way(
    seat: Seat, session: Session, browser: Browser, address: str, over_shoulder: Watch, tariq: Member
) -> None:
    his, watch = seat(tariq, size=NARROW, scripts=False), over_shoulder
    page = his.new_page()
    page.goto("/teach/")
    begin(page)
    watch.step(page, "a new course without scripts", axe=False)
    open_file(page, OPENING)
    page.locator("#source").fill(TEXT)
    _signs_out_everywhere(session)
    press(page, "form[data-editor] button[type=submit]")
    _expect(page, watch, "status of 401")
    watch.step(page, "signed out", axe=False)
    sit_down(his, browser, tariq, address)
    press(page)
    _expect(page, watch, "status of 400")
    watch.step(page, "send it once more", axe=False)
    press(page)
    watch.step(page, "saved after all", axe=False)
    assert page.locator("#source").input_value() == TEXT
    publish(page, "")
    watch.step(page, "published without scripts", axe=False)


def test_signing_in_again_elsewhere_is_enough_for_the_editor(
    seat: Seat, session: Session, browser: Browser, address: str, over_shoulder: Watch, tariq: Member
) -> None:
    his = seat(tariq, size=DESK)
    page = his.new_page()
    page.goto("/teach/")
    begin(page)
    open_file(page, OPENING)
    expect(page.frame_locator("iframe").locator("article")).to_be_visible()
    _signs_out_everywhere(session)
    page.locator("#source").fill(TEXT)
    state(page, "You are signed out")
    over_shoulder.step(page, "the editor says it")
    sit_down(his, browser, tariq, address)
    replace(page, PARAGRAPH, "He goes on.")
    state(page, "Saved")
    _expect(page, over_shoulder, "status of 400")
    over_shoulder.refuse_faults()
    page.reload()
    assert "He goes on." in page.locator("#source").input_value()


def _expect(page: Page, watch: Watch, words: str) -> None:
    """A fault that the story is about: there is one, and it counts for none."""
    page.wait_for_timeout(200)  # the browser tells of it when it likes
    assert any(words in fault for fault in watch.faults)
    watch.faults = [fault for fault in watch.faults if words not in fault]


def _signs_out_everywhere(session: Session) -> None:
    session.execute(delete(SignIn))
    session.commit()
