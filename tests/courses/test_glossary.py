"""One glossary of all courses: each term once, in three languages beside each other, with the lessons that use it."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue import service, terms
from courses.catalogue.cli import BUNDLED, folders
from courses.catalogue.content import Course
from courses.catalogue.reader.course import read_course
from courses.catalogue.reader.folder import files_of
from tests.browser import Browser, words
from tests.courses.course_files import course_files, course_with, faults_with
from tests.makers import LONG_AGO
from tests.queries import QueryCount

Counting = Callable[[], AbstractContextManager[QueryCount]]
PAGE = "/courses/glossary"
ENGLISH = "*[canal]: A river made by people.\n*[canals]: A river made by people.\n*[gate]: What shuts it.\n"
RUSSIAN = "*[каналы]: Река, сделанная людьми. {= canals}\n*[канал]: Река, сделанная людьми.\n*[сад]: Место.\n"
DARI = "*[کانال]: دریایی که مردم ساخته‌اند. {= canal}\n"
FILES: dict[str, str | bytes | None] = {
    "glossary.md": ENGLISH,
    "glossary.ru.md": RUSSIAN,
    "glossary.fa.md": DARI,
}
LEAST = {"en": 220, "ru": 220, "fa": 220}
"""So many terms the bundled glossaries have together in each language at least."""


@pytest.fixture
def published(session: Session) -> None:
    """Two courses with the same glossary, and a draft with a term of its own."""
    for slug in ("first-steps", "second-steps"):
        service.publish(session, slug=slug, files=course_files(FILES), by=None, now=LONG_AGO)
    files = course_files({"glossary.md": "*[zebra]: A striped secret.\n"})
    files["course.md"] = files["course.md"].replace(b"enrolment: open", b"enrolment: open\nstatus: draft")
    service.publish(session, slug="third-steps", files=files, by=None, now=LONG_AGO)
    session.commit()


def test_a_term_has_one_name_and_one_meaning_in_each_language() -> None:
    found = terms.terms_of(course_with(FILES), ("en",))
    assert [dict(term.names) for term in found] == [
        {"en": "canal", "ru": "канал", "fa": "کانال"},
        {"en": "gate"},
        {"ru": "сад"},
    ]
    assert [use.key for use in found[0].uses] == ["water/canal"]


def test_a_name_is_taken_from_the_meaning_where_that_begins_with_it() -> None:
    glossary = "*[автономию]: Автономия — право области решать самой. {= gate}\n"
    (term,) = [
        each for each in terms.terms_of(course_with({**FILES, "glossary.ru.md": glossary}), ()) if "ru" in each.names
    ]
    assert term.names["ru"] == "автономия"


def test_a_term_counts_the_lessons_that_use_another_case_of_its_translation() -> None:
    glossary = "*[запруда]: Низкая стена. {= weir}\n*[запрудой]: Запруда — низкая стена. {= weir}\n"
    lesson = "---\ntitle: Канал\n---\n## У шлюза\n\nМы стояли за запрудой.\n\n### Дальше\n"
    changes = {"glossary.md": "*[weir]: A low wall.\n", "glossary.ru.md": glossary, "01-water/01-canal.ru.md": lesson}
    (found,) = terms.terms_of(course_with(changes), ("ru",))
    assert found.names == {"en": "weir", "ru": "запруда"}
    assert [use.title for use in found.uses] == ["Канал"]


def test_a_translation_can_only_name_a_term_of_the_original() -> None:
    changes = {**FILES, "glossary.fa.md": "*[کانال]: دریا. {= river}\n"}
    assert faults_with(changes) == ['glossary.fa.md:1: the original\'s glossary has no term "river"']


@pytest.mark.usefixtures("published")
def test_everybody_reads_the_glossary_by_letters_and_by_typing(browser: Browser) -> None:
    page = browser.open(PAGE)
    assert [words(link) for link in page.all("nav ul.row a")] == ["C", "G"]
    assert [words(each) for each in page.all("dt")] == ["canal"]
    assert "канал" in page.text
    assert "کانال" in page.text
    assert "2 terms" in page.text
    assert [link.attrs["href"] for link in page.all("dd a")] == [
        "/courses/first-steps/water/canal/",
        "/courses/second-steps/water/canal/",
    ]
    assert [words(each) for each in browser.open(f"{PAGE}?q=SHUTS").all("dt")] == ["gate"]
    assert "No term fits" in browser.open(f"{PAGE}?q=zebra").text
    russian = browser.speaking("ru").open(f"{PAGE}?letter=К")
    assert [words(each) for each in russian.all("dt")] == ["канал"]
    assert "Река, сделанная людьми." in russian.text
    assert [words(link) for link in russian.all("nav ul.row a")] == ["G", "К", "С"]


@pytest.mark.usefixtures("published")
def test_the_terms_of_a_draft_are_for_its_staff(browser: Browser, tariq: Member, lena: Member) -> None:
    assert "A striped secret." in browser.signed_in(tariq).open(f"{PAGE}?q=zebra").text
    assert "A striped secret." not in browser.signed_in(lena).open(f"{PAGE}?q=zebra").text


@pytest.mark.usefixtures("published")
def test_the_glossary_asks_the_database_once(browser: Browser, query_count: Counting) -> None:
    browser.open(PAGE)
    with query_count() as count:
        browser.open(PAGE)
    assert count.total == 1


def bundled() -> list[Course]:
    return [read_course(folder.name, files_of(folder)) for folder in folders(BUNDLED)]


def test_bundled_courses_say_the_same_of_a_term() -> None:
    said: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for course in bundled():
        for language, glossary in course.glossary.items():
            for spelling, meaning in glossary.items():
                said[language, spelling.casefold()][meaning].add(course.slug)
    assert {key: dict(meanings) for key, meanings in said.items() if len(meanings) > 1} == {}


def test_bundled_glossaries_are_whole_in_every_language_they_have() -> None:
    alone = {
        f"{course.slug}: {next(iter(term.names.values()))}"
        for course in bundled()
        if "fa" in course.glossary
        for term in terms.terms_of(course, ("en",))
        if set(term.names) != set(LEAST)
    }
    assert not alone


def test_bundled_glossaries_are_rich() -> None:
    found = terms.together(terms.terms_of(course, ("en",)) for course in bundled())
    counts = {language: sum(language in term.names for term in found) for language in LEAST}
    assert all(counts[language] >= least for language, least in LEAST.items()), counts
