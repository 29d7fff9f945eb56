"""A learner decides on a phone, by keyboard, in Dari and without scripts; another end; what others chose; the trainer.

The first module of the longest bundled course is walked too: as much of it as shows whether real lessons work.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from courses.authoring import service as authoring
from courses.catalogue import library, service
from courses.catalogue.cli import BUNDLED
from courses.catalogue.reader.folder import files_of
from courses.catalogue.scenes import story
from courses.enrolment import service as enrolment
from courses.scenarios import service as scenarios
from courses.scenarios.service import Stage
from tests import makers
from tests.e2e.conftest import NARROW, Seat
from tests.e2e.small_course import SLUG, write_small_course
from tests.e2e.studying import CHOICE, Study
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
NIGHT = f"/courses/{SLUG}/water/night/"
OTHERS = 6  # the fewest of whom is told


def taken(session: Session, slug: str, folder: Path, who: Member) -> library.LiveCourse:
    """The course of a folder, published, and somebody in it."""
    service.publish(session, slug=slug, files=files_of(folder), by=None, now=makers.LONG_AGO)
    live = library.live_course(session, slug)
    assert live is not None
    enrolment.enrol(session, live=live, member_id=who.id, way="open", now=makers.LONG_AGO)
    session.commit()
    return live


@pytest.fixture
def night(session: Session, lena: Member, tmp_path: Path) -> None:
    """The small course with Lena in it, and six others who waited and then sent the police."""
    live = taken(session, SLUG, write_small_course(tmp_path / SLUG), lena)
    scenes = story(live.lessons["water/night"].texts["en"].scenes)
    for number in range(OTHERS):
        who = makers.member(session, f"Other{number}")
        for place, target in enumerate(("wait", "blow")):
            stage = Stage(who.id, SLUG, "water/night", scenes)
            scenarios.choose(session, stage=stage, place=place, target=target, now=clock.now())
    session.commit()


def decide(page: Page, place: int) -> None:
    """Press one of the choices."""
    page.locator(CHOICE).nth(place).click()


@pytest.mark.usefixtures("night")
def test_two_ends_on_a_phone_by_keyboard_and_what_others_chose(seat: Seat, over_shoulder: Watch, lena: Member) -> None:
    page = seat(lena, size=NARROW).new_page()
    page.goto(NIGHT)
    over_shoulder.step(page, "the first scene")
    page.locator(CHOICE).first.focus()
    page.keyboard.press("Tab")  # the second choice
    page.keyboard.press("Enter")
    expect(page.locator("#scene-title")).to_have_text("Waiting")
    expect(page.locator("#now .note")).to_contain_text("Nothing happens for an hour.")
    decide(page, 0)
    decide(page, 0)
    expect(page.locator("main")).to_contain_text("Nobody is hurt.")
    expect(page.locator("main")).to_contain_text("6 other learners")
    over_shoulder.step(page, "the first end")
    again = page.locator("details .list-row", has_text="Waiting").get_by_role("button")
    again.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#scene-title")).to_have_text("Waiting")
    expect(page.locator("main")).not_to_contain_text("Fast work and slow work")
    decide(page, 1)
    expect(page.locator("main")).to_contain_text("Somebody is hurt.")
    expect(page.locator("main")).to_contain_text("Fast work and slow work")
    over_shoulder.step(page, "another end")
    assert over_shoulder.faults == []


@pytest.mark.usefixtures("night")
def test_the_story_in_dari_without_scripts(seat: Seat, over_shoulder: Watch, lena: Member) -> None:
    page = seat(lena, "fa", size=NARROW, scripts=False).new_page()
    page.goto(NIGHT)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).to_have_text("شبی پهلوی دروازه")
    over_shoulder.step(page, "the first scene, in Dari", axe=False)
    decide(page, 1)
    decide(page, 1)
    expect(page.locator("main")).to_contain_text("کسی آسیب می‌بیند.")
    expect(page.locator("main")).to_contain_text("۶")
    over_shoulder.step(page, "an end, in Dari", axe=False)
    page.locator("form[action$='/return'] button").last.click()
    expect(page.locator("#scene-title")).to_have_text("تلفون")
    page.goto(f"{NIGHT}whole")
    expect(page.locator("main h2")).to_have_count(6)
    over_shoulder.step(page, "the whole story, in Dari", axe=False)
    assert over_shoulder.faults == []


@pytest.mark.usefixtures("night")
def test_a_trainer_sees_every_scene_of_the_draft(
    seat: Seat, over_shoulder: Watch, session: Session, tariq: Member
) -> None:
    authoring.begin(session, slug=SLUG, now=makers.LONG_AGO)
    session.commit()
    desk = seat(tariq).new_page()
    desk.goto(f"/teach/{SLUG}/draft/preview/01-water/04-night.md")
    expect(desk.locator("main h2")).to_have_count(6)
    expect(desk.locator("main")).to_contain_text("They come late.")
    over_shoulder.step(desk, "the draft of the story")
    desk.goto(NIGHT)
    decide(desk, 0)
    expect(desk.locator("#scene-title")).to_have_text("The engineer")
    over_shoulder.step(desk, "the trainer goes the way of learners")
    assert over_shoulder.faults == []


def test_the_first_module_of_a_bundled_course_on_a_phone(
    seat: Seat, over_shoulder: Watch, session: Session, lena: Member
) -> None:
    slug = "preventive-diplomacy"
    course = taken(session, slug, BUNDLED / slug, lena).course
    page = seat(lena, size=NARROW).new_page()
    lessons = course.modules[0].lessons
    page.goto(f"/courses/{slug}/{lessons[0].key}/")
    Study(page, course, "en", over_shoulder, scripts=True).walk(lessons)
    assert over_shoulder.faults == []
