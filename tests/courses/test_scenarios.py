"""A learner decides what happens next; the way is kept, can be gone again, and its end finishes the lesson."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue import library
from courses.catalogue import service as catalogue
from courses.catalogue.scenes import story
from courses.progress.models import LessonRecord
from courses.scenarios import queries, rules, service
from courses.scenarios.models import ScenarioChoice
from courses.scenarios.service import ElsewhereAlready, Stage
from tests import makers
from tests.browser import Browser, Page, words
from tests.courses import quiz_stage
from tests.courses.course_files import SCENARIO, course_files, course_with
from tests.queries import QueryCount

GATE = "/courses/first-steps/water/gate/"
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
PATH = "01-water/06-gate.md"
STORY = story(course_with({PATH: SCENARIO}).lessons[-1].texts["en"].scenes)


@pytest.fixture(autouse=True)
def published(session: Session, lena: Member) -> None:
    """A course with a scenario, and Lena in it."""
    publish(session)
    quiz_stage.enrol(session, lena)
    session.commit()


def publish(session: Session, text: str = SCENARIO) -> None:
    files = course_files({"01-water/06-gate.md": text})
    catalogue.publish(session, slug="first-steps", files=files, by=None, now=makers.LONG_AGO)
    session.commit()


def stage(who: Member) -> Stage:
    return Stage(who.id, "first-steps", "water/gate", STORY)


def walked(session: Session, who: Member, *targets: str) -> None:
    for place, target in enumerate(targets):
        service.choose(session, stage=stage(who), place=place, target=target, now=NOW)
    session.commit()


def choose(page: Page, place: int, target: str) -> Page:
    return page.browser.post(f"{GATE}choose", {"place": str(place), "target": target})


def test_lena_decides_and_comes_to_an_end(browser: Browser, session: Session, lena: Member) -> None:
    page = browser.signed_in(lena).open(GATE)
    assert "You are the deputy head" in page.text
    assert [words(button) for button in page.all("button.scene-choice")] == [
        "Telephone the engineer",
        "Wait until morning",
    ]
    assert "She answers at once" not in page.text
    page = choose(page, 0, "engineer")
    assert "She answers at once" in page.text
    assert "You are the deputy head" not in page.text
    page = choose(page, 1, "peace")
    assert "The story ends here" in page.text
    assert "Fast work and slow work" in page.text
    assert "When more learners have come this way, you will see here what they chose" in page.text
    assert session.scalars(select(LessonRecord.lesson_key)).all() == ["water/gate"]


def test_the_debrief_is_kept_for_the_end(browser: Browser, lena: Member) -> None:
    assert "Fast work and slow work" not in browser.signed_in(lena).open(GATE).text


def test_a_second_click_is_no_second_step(browser: Browser, session: Session, lena: Member) -> None:
    page = choose(browser.signed_in(lena).open(GATE), 0, "wait")
    choose(page, 0, "wait")
    assert queries.path_of(session, lena.id, "first-steps", "water/gate") == ("call", "wait")


def test_whoever_chose_otherwise_in_another_window_is_told_where_they_are(
    browser: Browser, session: Session, lena: Member
) -> None:
    page = choose(browser.signed_in(lena).open(GATE), 0, "wait")
    page = choose(page, 0, "engineer")
    assert "You have gone on from this scene already" in page.text
    assert queries.path_of(session, lena.id, "first-steps", "water/gate") == ("call", "wait")


@pytest.mark.parametrize(
    ("place", "target"), [("0", "peace"), ("0", ""), ("x", "wait"), ("", "wait"), ("-1", "wait"), ("7", "wait")]
)
def test_what_no_scene_offers_changes_nothing(
    browser: Browser, session: Session, lena: Member, place: str, target: str
) -> None:
    page = browser.signed_in(lena).open(GATE)
    page.browser.post(f"{GATE}choose", {"place": place, "target": target})
    assert queries.path_of(session, lena.id, "first-steps", "water/gate") in {(), ("call",)}


def test_going_back_keeps_the_first_choice(browser: Browser, session: Session, lena: Member) -> None:
    page = choose(choose(browser.signed_in(lena).open(GATE), 0, "wait"), 1, "blow")
    page = page.browser.post(f"{GATE}return", {"place": "0"})
    assert "You are the deputy head" in page.text
    choose(page, 0, "engineer")
    assert queries.path_of(session, lena.id, "first-steps", "water/gate") == ("call", "engineer")
    first = session.scalars(select(ScenarioChoice.target).where(ScenarioChoice.scene == "call")).all()
    assert first == ["wait"]


def test_what_others_chose_is_told_at_the_end_and_only_when_many_did(
    browser: Browser, session: Session, lena: Member
) -> None:
    for number in range(6):
        walked(session, makers.member(session, f"Other{number}"), "wait", "blow" if number else "engineer")
    walked(session, lena, "wait")
    under_way = browser.signed_in(lena).open(GATE)
    assert "What others chose" not in under_way.text
    assert "you will see here what they chose" not in under_way.text
    walked_on = choose(under_way, 1, "blow")
    said = [words(row) for row in walked_on.all("main h3 + ul .list-row")]
    assert said == [
        "Telephone the engineer Few or none so far",
        "Wait until morning 6 other learners Your choice",
        "Go there after all Few or none so far",
        "Send the police Few or none so far Your choice",
    ]


def test_a_changed_story_keeps_the_way_as_far_as_it_goes(browser: Browser, session: Session, lena: Member) -> None:
    walked(session, lena, "wait", "blow")
    publish(
        session,
        SCENARIO.replace("- [Send the police](#blow)", "- [Call a friend](#blow)").replace(
            "(#engineer)\n- [", "(#engineer)\n- ["
        ),
    )
    page = browser.signed_in(lena).open(GATE)
    assert "The story ends here" in page.text
    publish(
        session,
        SCENARIO.replace("- [Send the police](#blow)\n  > They come late.\n", "").replace(
            "- [Meet at the break](#peace)", "- [Meet at the break](#peace)\n- [Fight](#blow)"
        ),
    )
    page = page.browser.open(GATE)
    assert "The story has changed since you were here" in page.text
    assert "The night is long" in page.text


def test_the_whole_story_stands_on_one_page(browser: Browser, lena: Member) -> None:
    page = browser.signed_in(lena).open(f"{GATE}whole")
    titles = [words(heading) for heading in page.all("main h2")]
    assert titles == ["The call", "The engineer", "Waiting", "Peace", "A blow", "What this was about"]
    assert [str(link.attrs["href"]) for link in page.all(".scene-ways a")][:2] == ["#s-engineer", "#s-wait"]


def test_a_phone_keeps_the_whole_story(browser: Browser, lena: Member) -> None:
    kept = browser.signed_in(lena).client.get("/courses/first-steps/offline.json").get_json()
    assert f"{GATE}whole" in kept["pages"]


def test_a_scenario_cannot_be_ticked_off_unread(browser: Browser, lena: Member) -> None:
    assert browser.signed_in(lena).post(f"{GATE}done").status == 403


def test_a_long_way_costs_no_more_queries(
    browser: Browser, session: Session, lena: Member, query_count: Callable[[], AbstractContextManager[QueryCount]]
) -> None:
    hers = browser.signed_in(lena)
    hers.open(GATE)
    with query_count() as short:
        hers.open(GATE)
    walked(session, lena, "wait", "engineer")
    with query_count() as long:
        hers.open(GATE)
    assert (short.total, long.total) == (4, 4)


def test_leaving_takes_ways_and_choices_along(session: Session, lena: Member) -> None:
    walked(session, lena, "wait")
    assert queries.known_of(session, lena.id)["ways"] == [
        {"course": "first-steps", "lesson": "water/gate", "scenes": ["call", "wait"]}
    ]
    service.forget(session, lena.id)
    assert queries.known_of(session, lena.id) == {"ways": [], "first_choices": []}


def test_no_way_is_endless(session: Session, lena: Member) -> None:
    loop = course_with(
        {
            "01-water/06-gate.md": SCENARIO.replace(
                "- [Meet at the break](#peace)", "- [Meet at the break](#peace)\n- [Ask again](#call)"
            )
        }
    )
    scenes = story(loop.lessons[-1].texts["en"].scenes)
    way = rules.walk(scenes, ["call", *["engineer", "call"] * 150])
    assert not rules.may_choose(way, len(way.steps), "engineer")
    with pytest.raises(ElsewhereAlready):
        service.choose(session, stage=stage(lena), place=None, target="wait", now=NOW)


def test_live_course_has_the_scenario(session: Session) -> None:
    live = library.live_course(session, "first-steps")
    assert live is not None
    assert live.lessons["water/gate"].kind == "scenario"
