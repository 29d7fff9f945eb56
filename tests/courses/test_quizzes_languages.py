"""A quiz that was translated: Russian readers answer in Russian, and everybody may."""

import pytest
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.quizzes.answers import Written
from tests.browser import Browser
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
