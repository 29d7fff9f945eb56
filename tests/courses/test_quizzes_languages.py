"""A quiz that was translated: Russian readers answer in Russian, and everybody may."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.quizzes.answers import Written
from tests.browser import Browser, Page
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import LESSON

ENGLISH = """---
kind: quiz
title: Check
summary: One question.
attempts: 0
---
## In which month is the gate shut? {#month}

= July
"""
RUSSIAN = """---
kind: quiz
title: Проверка
summary: Один вопрос.
attempts: 0
---
## В каком месяце закрыт затвор? {#month}

= Июль
= В июле
"""


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("written", "score"), [("July", 100), ("в июле", 100), ("Июль.", 100), ("June", 0)])
def test_short_answers_count_in_every_language(
    browser: Browser, session: Session, lena: Member, language: str, written: str, score: int
) -> None:
    stage.publish(session, changes={stage.QUIZ_FILE: ENGLISH, "01-water/02-check.ru.md": RUSSIAN})
    stage.enrol(session, lena)
    desk = browser.signed_in(lena).speaking(language)
    desk.post(f"{LESSON}/attempt")
    whole = stage.paper(session, stage.attempts(session)[0])
    result = desk.post(f"{LESSON}/attempt/1", stage.right(whole, but={"month": Written(written)}))
    assert stage.attempts(session)[0].score == score
    assert ("July" in result.text) == (language == "en" or written == "July")
    assert ("Июль" in result.text) == (language == "ru" or written == "Июль.")


DARI = re.compile("[\u0600-\u06ff]{2}")
ENGLISH_WORDS = re.compile("[a-z]{4}")


def spoken(node: Any, language: str) -> Iterator[tuple[str, str]]:
    """Every piece of text below a node, with the language a reader is told it is in."""
    language = (getattr(node, "attrs", None) and node.attrs.get("lang")) or language
    for child in node.children or ():
        if child.name == "#text":
            yield language, child.data
        elif child.name not in {"script", "style", "template", "svg"}:
            yield from spoken(child, language)


def misread(page: Page) -> list[tuple[str, str]]:
    """Pieces of the questions that a screen reader would read out in the wrong voice."""
    return [
        (language, text)
        for question in page.all(".question")
        for language, text in spoken(question, "en")
        if (DARI.search(text) and language != "fa") or (ENGLISH_WORDS.search(text) and language == "fa")
    ]


def test_what_the_site_says_around_an_english_quiz_is_read_out_in_dari(
    browser: Browser, session: Session, lena: Member
) -> None:
    stage.publish(session)
    stage.enrol(session, lena)
    desk = browser.signed_in(lena).speaking("fa")
    paper = desk.post(f"{LESSON}/attempt")
    found = stage.attempts(session)[0]
    whole = stage.paper(session, found)
    result = desk.post(f"{LESSON}/attempt/1", stage.right(whole, but={"year1992": Written("1993")}))
    assert (misread(paper), misread(result)) == ([], [])
