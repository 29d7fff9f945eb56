"""Pages made of a course: our addresses, the words of the reader, and no text that stops the site."""

import json
import time

import pytest

from academy.prose.texts import Labels
from courses.catalogue import rendering
from courses.catalogue.content import Course
from courses.catalogue.labels import labels_in
from courses.catalogue.reader.faults import CourseFaults
from courses.catalogue.rendering import Page, minutes_for
from tests.courses.course_files import LESSON, QUIZ, course_with

RUSSIAN = LESSON.replace("## A gate", "## Ворота").replace("preview: true\n", "")
ALL_KINDS = """
## Match {#match}

- *BATNA* :: the best
- ZOPA :: the overlap

## Order {#order}

A `case`.

1. First
2. Second

## Why? {#why}

= open: 20 words
"""


def pages_of(course: Course) -> dict[tuple[str, str], Page]:
    return {(page.key, page.language): page for page in rendering.render(course)}


def test_every_text_of_a_course_becomes_a_page() -> None:
    pages = pages_of(course_with({"01-water/01-canal.ru.md": RUSSIAN}))
    assert sorted(pages) == [
        ("", "en"),
        ("water/", "en"),
        ("water/canal", "en"),
        ("water/canal", "ru"),
        ("water/check", "en"),
        ("water/map", "en"),
        ("water/meeting", "en"),
    ]


def test_aims_are_headed_in_the_language_of_the_lesson() -> None:
    assert [labels_in(language).titles["aims"] for language in ("en", "ru", "kk", "fa", "ps")] == [
        "After this lesson you can",
        "После этого урока вы сможете",
        "После этого урока вы сможете",
        "پس از این درس می‌توانید",
        "پس از این درس می‌توانید",
    ]


def test_links_and_pictures_have_addresses_of_the_site() -> None:
    course = course_with()
    html = pages_of(course)["water/canal", "en"].html
    digest = course.media["media/canal.svg"].digest[:8]
    assert f'src="/courses/first-steps/media/{digest}/canal.svg"' in html
    assert '<a href="/courses/first-steps/water/check/">the check</a>' in html
    assert 'rel="noopener noreferrer"' in html


def test_a_link_may_lead_to_a_section_of_another_lesson() -> None:
    course = course_with(
        {
            "01-water/04-meeting.md": "---\nkind: session\ntitle: We\nsummary: Meet.\n---\n"
            "[there](01-canal.md#more), [home](../course.md)\n"
        }
    )
    html = pages_of(course)["water/meeting", "en"].html
    assert 'href="/courses/first-steps/water/canal/#s-more"' in html
    assert 'href="/courses/first-steps/"' in html


def test_terms_of_the_glossary_are_those_of_the_language() -> None:
    pages = pages_of(course_with({"01-water/01-canal.ru.md": RUSSIAN, "glossary.ru.md": "*[Ворота]: Дверь.\n"}))
    assert pages["water/canal", "en"].extras["terms"] == [
        {"id": "term-1", "term": "canal", "definition": "A river made by people."}
    ]
    assert pages["water/canal", "ru"].extras["terms"] == []


def test_a_translation_keeps_the_places_of_its_original() -> None:
    pages = pages_of(course_with({"01-water/01-canal.ru.md": RUSSIAN}))
    original, translation = (pages["water/canal", code].extras["headings"] for code in ("en", "ru"))
    assert [heading["id"] for heading in original] == [heading["id"] for heading in translation]
    assert translation[0] == {"id": "s-a-gate", "level": 2, "text": "Ворота"}


def test_every_part_of_a_question_is_ready_to_show() -> None:
    page = pages_of(course_with({"01-water/02-check.md": QUIZ + ALL_KINDS}))["water/check", "en"]
    questions = page.extras["questions"]
    assert questions["gate"] == {
        "prompt": "Who shut the gate?",
        "detail": "",
        "explanation": '<p>Reread: <a href="/courses/first-steps/water/canal/">the canal</a></p>',
        "items": ["Nobody asked", "Nobody, a bank fell"],
        "feedback": ["Somebody did.", "Yes."],
    }
    assert questions["match"]["items"] == ["<em>BATNA</em>", "ZOPA", "the best", "the overlap"]
    assert (questions["order"]["detail"], questions["order"]["items"]) == (
        "<p>A <code>case</code>.</p>",
        ["First", "Second"],
    )
    assert questions["why"]["items"] == []
    assert json.loads(json.dumps(page.extras)) == page.extras


def test_the_renderers_own_words_are_in_the_language_of_the_text() -> None:
    words = {"en": Labels(), "ru": Labels(footnotes="Сноски")}
    course = course_with({"01-water/01-canal.ru.md": RUSSIAN})
    pages = {(page.key, page.language): page for page in rendering.render(course, labels=words.__getitem__)}
    assert 'aria-label="Notes"' in pages["water/canal", "en"].html
    assert 'aria-label="Сноски"' in pages["water/canal", "ru"].html


@pytest.mark.parametrize(("words", "language", "minutes"), [(0, "en", 0), (1, "ru", 1), (900, "en", 5), (800, "fa", 5)])
def test_reading_time_depends_on_the_language(words: int, language: str, minutes: int) -> None:
    assert minutes_for(words, language) == minutes


def test_a_text_that_is_too_hard_is_a_fault_of_its_file() -> None:
    start = time.monotonic()
    with pytest.raises(CourseFaults) as refusal:
        rendering.render(
            course_with(
                {
                    "01-water/03-map.md": None,
                    "01-water/04-meeting.md": None,
                    "01-water/01-canal.md": LESSON + "[" * 30000,
                }
            )
        )
    assert time.monotonic() - start < 4
    (fault,) = refusal.value.faults
    assert (fault.path, fault.line) == ("first-steps/01-water/01-canal.md", 6)
