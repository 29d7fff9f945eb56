"""The facilitator's guide: a file of the course like its lessons, for those who teach, and for no learner anywhere."""

import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries as drafts
from courses.catalogue import hints, rendering
from courses.catalogue import service as catalogue
from courses.catalogue.content import GUIDE as KEY
from courses.enrolment import service as enrolment
from courses.guides import readers
from courses.translating.sheets import Sheets
from tests.browser import Browser
from tests.courses import publishing_stage
from tests.courses.course_files import GUIDE, course_files, course_with, faults_with
from tests.courses.publishing_stage import SLUG, begin, live
from tests.makers import LONG_AGO
from tests.queries import QueryCount

Counting = Callable[[], AbstractContextManager[QueryCount]]
PAGE, DRAFT = f"/courses/{SLUG}/guide", f"/teach/{SLUG}/draft"
WORD = "tamarisk"  # stands in the guide alone
RUSSIAN = """---
title: Как вести первые шаги
summary: Шестьдесят минут и лист бумаги.
---
## Комната

Поставьте стулья кругом у тамариска. Прочитайте ещё раз [о канале](01-water/01-canal.md).

## Оценка

| Баллы | Когда |
|---|---|
| 4 | Названы все. |

!!! caution
    Никто не обязан говорить.
"""


@pytest.fixture
def guided(session: Session, tariq: Member, lena: Member) -> None:
    """A published course with a guide in two languages, and Lena who takes it."""
    files = course_files({"guide.md": GUIDE, "guide.ru.md": RUSSIAN})
    catalogue.publish(session, slug=SLUG, files=files, by=tariq.id, now=LONG_AGO)
    session.commit()
    enrolment.enrol(session, live=live(session), member_id=lena.id, way="open", now=LONG_AGO)
    session.commit()


def test_a_guide_is_read_in_each_of_its_languages() -> None:
    course = course_with({"guide.md": GUIDE, "guide.ru.md": RUSSIAN})
    assert {code: text.title for code, text in course.guide.items()} == {
        "en": "How to teach first steps",
        "ru": "Как вести первые шаги",
    }
    pages = {page.language: page for page in rendering.render(course) if page.key == KEY}
    assert 'href="/courses/first-steps/water/canal/"' in pages["en"].html
    assert 'class="note note-caution"' in pages["ru"].html


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"guide.md": "---\ntitle: A\n---\n## B\n\nC\n"}, 'guide.md:1: the guide needs a "summary"'),
        ({"guide.md": "---\ntitle: A\nsummary: B\n---\n"}, "guide.md:5: the guide has no text"),
        ({"guide.md": GUIDE.replace("## The", "# The")}, "guide.md:5: a body has no heading of level 1"),
        ({"guide.md": GUIDE.replace("01-canal", "09-canal")}, 'the link "01-water/09-canal.md" leads to nothing'),
        ({"guide.md": GUIDE.replace("title:", "kind: task\ntitle:")}, 'guide.md:2: unknown key "kind"'),
        ({"guide.ru.md": RUSSIAN}, "guide.ru.md:1: this translation has no original: guide.md is missing"),
        ({"guide.md": GUIDE, "guide.ru.md": RUSSIAN.replace("## О", "### О")}, "guide.ru.md:9: this heading is of"),
        ({"guide.md": GUIDE, "guide.en.md": GUIDE}, "guide.en.md:1: this is the course's own language"),
    ],
)
def test_what_is_wrong_in_a_guide_is_said_with_its_line(changes: dict[str, str], said: str) -> None:
    assert any(said in fault for fault in faults_with(changes)), faults_with(changes)


def test_no_lesson_may_lead_to_the_guide() -> None:
    lesson = course_files()["01-water/01-canal.md"].decode()
    faults = faults_with({"guide.md": GUIDE, "01-water/01-canal.md": lesson.replace("02-check.md", "../guide.md")})
    assert [fault.partition(": ")[2] for fault in faults] == [
        "the guide is for those who teach; learners cannot open it, so nothing else may lead there"
    ]


def test_a_guide_has_its_own_limits() -> None:
    def said(words: int) -> set[str]:
        guide = GUIDE + "\n" + "\n\n".join(["One group reads, the other one listens."] * (words // 7)) + "\n"
        course = course_with({"guide.md": guide})
        return {hint.text for hint in hints.hints_of(course, {}, "guide.md")}

    assert said(100) == {hints.SHORT_GUIDE}
    assert said(1500) == set()
    assert said(4500) == {hints.LONG_GUIDE}


@pytest.mark.usefixtures("guided")
def test_tariq_reads_the_guide_in_his_language_and_comes_to_it_from_his_pages(browser: Browser, tariq: Member) -> None:
    desk = browser.signed_in(tariq)
    page = desk.open(f"/teach/{SLUG}/").follow("Guide")
    assert (page.url, page.heading) == (PAGE, "How to teach first steps")
    assert WORD in page.text
    assert [link.attrs["href"] for link in page.all(".outline a")] == ["#s-the-room", "#s-marking"]
    russian = desk.speaking("ru").open(PAGE)
    assert russian.heading == "Как вести первые шаги"


@pytest.mark.usefixtures("guided")
def test_for_learners_there_is_no_guide_anywhere(
    browser: Browser, session: Session, lena: Member, max_: Member
) -> None:
    del session
    learner = browser.signed_in(lena)
    assert learner.open(PAGE).status == 404
    assert browser.signed_in(max_).open(PAGE).status == 404
    learner = browser.signed_in(lena)
    for address in ("", "water/canal/", "offline.json"):
        with learner.client.get(f"/courses/{SLUG}/{address}") as answer:
            assert answer.status_code == 200
            assert WORD not in answer.get_data(as_text=True)
            assert "/guide" not in answer.get_data(as_text=True)
    assert WORD not in learner.open(f"/search?q={WORD}").text.replace(f"“{WORD}”", "")
    assert "canal" in learner.open("/search?q=villages").text


@pytest.mark.usefixtures("guided")
def test_whoever_runs_a_session_reads_the_guide_of_that_course_alone(
    app: Flask, browser: Browser, session: Session, max_: Member
) -> None:
    with app.app_context():
        readers.add("of the test", lambda _session, member_id, _now: {SLUG} if member_id == max_.id else set())
    catalogue.publish(session, slug="second-steps", files=course_files({"guide.md": GUIDE}), by=None, now=LONG_AGO)
    session.commit()
    reader = browser.signed_in(max_)
    page = reader.open(PAGE)
    assert WORD in page.text
    assert not page.all(".ways")
    assert reader.open("/courses/second-steps/guide").status == 404


def test_a_course_without_a_guide_gets_one_from_its_tree(browser: Browser, session: Session, tariq: Member) -> None:
    begin(session, tariq)
    desk = browser.signed_in(tariq)
    none = desk.open(PAGE)
    assert none.heading == "No guide yet"
    editor = none.submit("Begin a guide")
    assert editor.url == f"{DRAFT}/guide.md"
    assert "A guide to “First steps”" in editor.source
    assert not drafts_faults(session)
    preview = desk.open(f"{DRAFT}/preview/guide.md")
    assert preview.all("h1")[-1].to_text().strip() == "A guide to “First steps”"
    assert desk.open(DRAFT).text.count("guide.md") == 1
    assert desk.post(f"{DRAFT}/add/guide").url == f"{DRAFT}/guide.md"
    assert desk.open(f"{DRAFT}/history").text.count("Take this step back") == 1
    publishing_stage.publish(session, tariq)
    assert desk.open(PAGE).heading == "A guide to “First steps”"


def drafts_faults(session: Session) -> list[str]:
    session.rollback()
    files = {path: text for path, text in drafts.files_of(session, SLUG).items() if path == "guide.md"}
    session.rollback()
    return faults_with(dict(files))


@pytest.mark.usefixtures("guided")
def test_a_guide_goes_out_and_comes_in_byte_for_byte(app: Flask, tmp_path: Path, session: Session) -> None:
    session.rollback()
    runner = app.test_cli_runner()
    runner.invoke(args=["courses", "export", SLUG, str(tmp_path)])
    assert (tmp_path / SLUG / "guide.ru.md").read_bytes() == RUSSIAN.encode()
    assert "edition 1" in runner.invoke(args=["courses", "import", str(tmp_path / SLUG)]).output


@pytest.mark.usefixtures("guided")
def test_books_hold_the_guide_only_where_staff_ask_for_it(browser: Browser, tariq: Member) -> None:
    desk = browser.signed_in(tariq)
    for kind in ("html", "epub"):
        plain, annexed = (
            book_words(desk, f"/teach/{SLUG}/exchange/edition.{kind}{asked}") for asked in ("", "?guide=yes")
        )
        assert WORD not in plain
        assert WORD in annexed


def book_words(desk: Browser, address: str) -> str:
    with desk.client.get(address) as answer:
        assert answer.status_code == 200, address
        content = answer.get_data()
    if not address.partition("?")[0].endswith("epub"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith("html"))


def test_a_guide_is_translated_beside_its_source_like_a_lesson() -> None:
    sheets = Sheets(course_files({"guide.md": GUIDE, "guide.ru.md": RUSSIAN}), "en")
    sheet = sheets.sheet("guide.md", "ru")
    assert sheets.sources[-1] == "guide.md"
    assert sheet is not None
    assert (sheet.title, len(sheet.rows)) == ("How to teach first steps", 7)


@pytest.mark.usefixtures("guided")
def test_a_guide_costs_few_queries(
    browser: Browser, tariq: Member, max_: Member, app: Flask, query_count: Counting
) -> None:
    with app.app_context():
        readers.add("of the test", lambda _session, member_id, _now: {SLUG} if member_id == max_.id else set())
    for who in (tariq, max_):
        desk = browser.signed_in(who)
        desk.open(PAGE)
        with query_count() as count:
            desk.open(PAGE)
        assert count.total == 3, count.statements
