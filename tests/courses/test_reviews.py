"""A translation names who checked it; until it does, its page says so and leads to the original."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue import library, rendering, service
from courses.catalogue.library import LiveCourse
from courses.enrolment import service as enrolment
from tests.browser import Browser
from tests.courses.course_files import COURSE, LESSON, MODULE, QUIZ, TASK, course_files, course_with, faults_with
from tests.makers import LONG_AGO

UNREVIEWED = "Этот перевод ещё не проверен"
RUSSIAN = {
    "course.ru.md": COURSE.replace("title: First steps", "title: Первые шаги"),
    "01-water/01-canal.ru.md": LESSON.replace("title: The canal", "title: Канал"),
    "01-water/02-check.ru.md": QUIZ.replace("title: Check", "title: Проверка"),
    "01-water/03-map.ru.md": TASK.replace("title: A map", "title: Карта"),
}
ADDRESSES = {
    "course.ru.md": "/courses/first-steps/",
    "01-water/01-canal.ru.md": "/courses/first-steps/water/canal/",
    "01-water/02-check.ru.md": "/courses/first-steps/water/check/",
    "01-water/03-map.ru.md": "/courses/first-steps/water/map/",
}
MALFORMED = (
    "Aigerim Sadykova",
    "Aigerim Sadykova, 22.11.2026",
    "Aigerim Sadykova, 2026-02-30",
    '", 2026-11-22"',
    "2026-11-22",
)
CLEAR = 'key "reviewed" must be a name, a comma and a day, as in: reviewed: Aigerim Sadykova, 2026-11-22'


def reviewed(text: str, by: str = "Айгерим Садыкова, 2026-11-22") -> str:
    """The text of a file with a line that names who checked it."""
    return text.replace("---\n", f"---\nreviewed: {by}\n", 1)


def published(session: Session, changes: dict[str, str]) -> LiveCourse:
    files = course_files({**RUSSIAN, **changes})
    service.publish(session, slug="first-steps", files=files, by=None, now=LONG_AGO)
    session.commit()
    live = library.live_course(session, "first-steps")
    session.commit()
    assert live is not None
    return live


@pytest.fixture
def reader(browser: Browser, session: Session, lena: Member) -> Browser:
    """Lena, who reads Russian and has a place in the course."""
    enrolment.enrol(session, live=published(session, {}), member_id=lena.id, way="open", now=LONG_AGO)
    session.commit()
    return browser.signed_in(lena).speaking("ru")


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_unchecked_translation_says_so_and_leads_to_the_original(reader: Browser, path: str) -> None:
    page = reader.open(ADDRESSES[path])
    assert UNREVIEWED in page.text
    assert "Проверено:" not in page.text
    assert UNREVIEWED not in page.follow("Читать оригинал: English").text


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_checked_translation_names_the_reviewer_at_its_foot(reader: Browser, session: Session, path: str) -> None:
    published(session, {path: reviewed(RUSSIAN[path])})
    page = reader.open(ADDRESSES[path])
    assert UNREVIEWED not in page.text
    assert "Проверено: Айгерим Садыкова, 22 ноября 2026" in page.text


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_original_says_nothing_of_reviews(reader: Browser, path: str) -> None:
    page = reader.speaking("en").open(ADDRESSES[path])
    assert "named reviewer" not in page.text
    assert "Checked by" not in page.text


def test_a_language_that_is_not_offered_is_not_linked(browser: Browser, session: Session) -> None:
    files = {path.replace(".ru.", ".fa."): text for path, text in RUSSIAN.items()}
    files |= {path: text.replace("language: en", "language: kk") for path, text in course_files_of(files).items()}
    service.publish(session, slug="first-steps", files=course_files(files), by=None, now=LONG_AGO)
    session.commit()
    page = browser.speaking("fa").open("/courses/first-steps/water/canal/")
    assert page.all(".notice")
    assert not [href for _, href in page.links() if href == "?lang=kk"]


def course_files_of(files: dict[str, str]) -> dict[str, str]:
    """The course's own files, original and translation."""
    return {"course.md": COURSE, "course.fa.md": files["course.fa.md"]}


@pytest.mark.parametrize("by", MALFORMED)
def test_a_review_is_a_name_and_a_day(by: str) -> None:
    path = "01-water/01-canal.ru.md"
    assert faults_with({path: reviewed(RUSSIAN[path], by)}) == [f"{path}:2: {CLEAR}"]


@pytest.mark.parametrize(
    ("path", "text"), [("course.md", COURSE), ("01-water/module.md", MODULE), ("01-water/01-canal.md", LESSON)]
)
def test_an_original_is_not_reviewed(path: str, text: str) -> None:
    expected = f'{path}:2: key "reviewed" has its place in translations; this is the original'
    assert faults_with({path: reviewed(text)}) == [expected]


def test_a_module_s_translation_is_reviewed_too() -> None:
    path = "01-water/module.ru.md"
    text = MODULE.replace("title: Water", "title: Вода")
    pages = {(page.key, page.language): page for page in rendering.render(course_with({path: reviewed(text)}))}
    assert pages["water/", "ru"].extras["review"] == {"name": "Айгерим Садыкова", "day": "2026-11-22"}


def test_a_review_alone_is_no_change_of_the_lesson() -> None:
    path = "01-water/01-canal.ru.md"
    before, after = course_with(RUSSIAN), course_with({**RUSSIAN, path: reviewed(RUSSIAN[path])})
    assert before.lessons[0].texts == after.lessons[0].texts


def test_an_export_keeps_the_review_byte_for_byte(app: Flask, session: Session, tmp_path: Path) -> None:
    text = reviewed(RUSSIAN["01-water/01-canal.ru.md"], '"Айгерим  Садыкова ,  2026-11-22"')
    published(session, {"01-water/01-canal.ru.md": text})
    done = app.test_cli_runner().invoke(args=["courses", "export", "first-steps", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "first-steps/01-water/01-canal.ru.md").read_bytes() == text.encode()
