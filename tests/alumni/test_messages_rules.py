"""What holds for messages, tried without the world."""

from datetime import UTC, datetime, timedelta

import pytest

from alumni.messages import rules
from alumni.messages.models import ASKED, CLOSED, DECLINED, OPEN, WITHDRAWN
from alumni.messages.rules import Between

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "https://x.example",
        "see www.place.example",
        "[here](/x)",
        "write to me@mail.example",
        "t.me/someone",
        "place.kz/x",
        "Мой сайт: имя.рф",
        "my name there is @someone",
        "GOOGLE.COM",
    ],
)
def test_links_are_recognised(text: str) -> None:
    assert rules.has_link(text)


@pytest.mark.parametrize("text", ["Yes.Thank you", "at 16.30", "Ana, may I ask?", "Да.Спасибо", "3.5 h", "e.g. water"])
def test_words_are_no_links(text: str) -> None:
    assert not rules.has_link(text)


@pytest.mark.parametrize(
    ("between", "right"),
    [
        (Between(OPEN, there=True, apart=False, minor=False, staff=False), True),
        (Between(OPEN, there=True, apart=False, minor=True, staff=True), True),
        (Between(OPEN, there=True, apart=False, minor=True, staff=False), False),
        (Between(OPEN, there=False, apart=False, minor=False, staff=True), False),
        (Between(OPEN, there=True, apart=True, minor=False, staff=True), False),
        (Between(CLOSED, there=True, apart=False, minor=False, staff=True), False),
        (Between(ASKED, there=True, apart=False, minor=False, staff=False), False),
    ],
)
def test_who_can_write_on(between: Between, *, right: bool) -> None:
    assert rules.goes_on(between) == right


@pytest.mark.parametrize("state", [ASKED, DECLINED, WITHDRAWN])
def test_one_asks_somebody_once(state: str) -> None:
    assert not rules.may_ask(state, 1, 1)
    assert rules.may_ask(state, 2, 1)


def test_declined_looks_like_waiting() -> None:
    assert rules.waits_for(ASKED, 1, 1) == rules.waits_for(DECLINED, 1, 1) is True
    assert not rules.waits_for(ASKED, 2, 1)


def test_the_word_before_the_end_comes_a_month_ahead() -> None:
    assert rules.goes_on_day(NOW, NOW + timedelta(days=334)) is None
    assert rules.goes_on_day(NOW, NOW + timedelta(days=335)) == NOW + timedelta(days=365)
