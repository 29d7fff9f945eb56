"""The catalogue: finding a course, the same for everybody."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue import library, rules
from courses.catalogue.cli import BUNDLED
from courses.catalogue.reader.course import read_course
from courses.catalogue.reader.faults import CourseFaults
from courses.catalogue.reader.folder import files_of
from tests.browser import Browser
from tests.courses import shelf
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]


def test_an_empty_catalogue_says_so_kindly(browser: Browser) -> None:
    page = browser.open("/courses/")
    assert (page.status, page.heading) == (200, "Courses")
    assert "There are no courses here yet." in page.text


def test_a_visitor_finds_a_course_and_its_facts(browser: Browser, session: Session) -> None:
    shelf.publish(session)
    page = browser.open("/courses/").follow("First steps")
    assert page.heading == "First steps"
    assert "3 lessons" in page.text
    assert "3 hours" in page.text
    assert "Tell a position from an interest" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=CANAL", True),
        ("q=canals+neighbours", True),
        ("q=volcano", False),
        ("topic=mediation", True),
        ("topic=mediation&level=introductory&language=ru&length=short", True),
        ("length=long", False),
        ("level=advanced", True),  # no course has it, so it is not offered and means anything
        ("topic='%3B--", True),
    ],
)
def test_filters_and_words_narrow_the_list(browser: Browser, session: Session, query: str, found: bool) -> None:
    shelf.publish(session)
    page = browser.open(f"/courses/?{query}")
    assert ("First steps" in page.text) is found


def test_words_are_found_without_their_marks() -> None:
    assert rules.folded("Çok ЙОД Ёлка") == rules.folded("cok иод елка")


def test_a_draft_is_nobodys_business(browser: Browser, session: Session, tariq: Member, lena: Member) -> None:
    shelf.publish(session, status="draft")
    assert "First steps" not in browser.open("/courses/").text
    assert browser.open("/courses/first-steps/").status == 404
    assert browser.signed_in(lena).open("/courses/first-steps/canal/water/").status == 404
    page = browser.signed_in(tariq).open("/courses/first-steps/")
    assert "This course is a draft" in page.text


def test_the_catalogue_costs_the_same_with_two_courses_and_with_twenty(
    browser: Browser, session: Session, query_count: Counter
) -> None:
    shelf.publish(session, "one")
    shelf.publish(session, "two")
    browser.open("/courses/")
    with query_count() as few:
        browser.open("/courses/")
    for number in range(18):
        shelf.publish(session, f"course-{number}")
    browser.open("/courses/")
    with query_count() as many:
        browser.open("/courses/")
    assert few.total == many.total == 1


def test_importing_twice_makes_one_edition_and_a_change_makes_the_next(session: Session) -> None:
    first = shelf.publish(session)
    again = shelf.publish(session)
    changed = shelf.publish(session, night=shelf.NIGHT.replace("old man", "old woman"))
    assert (first.edition_number, again.edition_number, changed.edition_number) == (1, 1, 2)


def test_an_older_edition_is_still_what_it_was(session: Session) -> None:
    shelf.publish(session)
    shelf.publish(session, night=shelf.NIGHT.replace("old man", "old woman"))
    earlier = library.edition(session, "first-steps", 1)
    assert earlier is not None
    assert "old man" in earlier.lessons["canal/night"].text().body


def test_a_course_leaves_by_export_as_it_came_by_import(app: Flask, tmp_path: Path) -> None:
    source = tmp_path / "first-steps"
    for path, content in shelf.files().items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_bytes(content)
    runner = app.test_cli_runner()
    assert "edition 1 published" in runner.invoke(args=["courses", "import", str(source)]).output
    exported = runner.invoke(args=["courses", "export", "first-steps", str(tmp_path / "out")])
    assert exported.exit_code == 0, exported.output
    assert files_of(tmp_path / "out" / "first-steps") == files_of(source)
    again = runner.invoke(args=["courses", "import", str(tmp_path / "out")])
    assert "edition 1 unchanged" in again.output


def test_nothing_is_imported_when_one_file_is_faulty(app: Flask, session: Session, tmp_path: Path) -> None:
    for slug, broken in (("good-one", ""), ("broken-one", "Two villages [share](nowhere.md) one canal.")):
        for path, content in shelf.files().items():
            target = tmp_path / slug / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content + (f"\n{broken}\n".encode() if path.endswith("01-water.md") else b""))
    result = app.test_cli_runner().invoke(args=["courses", "import", str(tmp_path)])
    assert result.exit_code == 1
    assert "broken-one/01-canal/01-water.md:" in result.output
    assert library.live_courses(session) == {}


def test_export_says_in_one_sentence_that_there_is_no_such_course(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["courses", "export", "nothing", str(tmp_path)])
    assert result.exit_code == 1
    assert result.output.strip() == "Error: There is no course “nothing”."


@pytest.mark.parametrize("folder", sorted(BUNDLED.iterdir()), ids=lambda folder: folder.name)
def test_the_bundled_courses_have_no_faults(folder: Path) -> None:
    try:
        course = read_course(folder.name, files_of(folder))
    except CourseFaults as faults:
        pytest.fail(str(faults))
    assert course.lessons


def test_pictures_of_courses_never_change_and_never_run(browser: Browser, session: Session, app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["courses", "import", "--bundled"]).exit_code == 0
    live = library.live_course(session, "preventive-diplomacy")
    assert live is not None
    picture = next(iter(live.course.media.values()))
    response = browser.client.get(f"/courses/preventive-diplomacy/media/{picture.digest[:8]}/{picture.name}")
    assert response.status_code == 200
    assert response.mimetype == "image/svg+xml"
    assert "immutable" in response.headers["Cache-Control"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert browser.client.get("/courses/preventive-diplomacy/media/00000000/nothing.svg").status_code == 404
