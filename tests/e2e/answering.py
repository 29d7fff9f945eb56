"""Answering a quiz through its page by somebody who has read the course's files."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    ExactAnswer,
    MatchQuestion,
    OpenQuestion,
    OrderQuestion,
    Question,
)

ESSAY = "Both villages have to agree, because whoever was not asked can shut the gate again at night."


def answer_all(page: Page, questions: Sequence[Question], *, scripts: bool) -> None:
    """Give the right answer to every question on the page."""
    by_words = {letters(each.prompt): each for each in questions}
    for frame in page.locator("fieldset.question").all():
        asked = letters(frame.locator("legend").text_content() or "")
        found = next(question for words, question in by_words.items() if asked.endswith(words))
        _answer(frame, found, scripts=scripts)


def _answer(frame: Locator, question: Question, *, scripts: bool) -> None:
    match question:
        case ChoiceQuestion():
            for place in question.right:
                _with(frame.locator("label.pick"), question.options[place].text).locator("input").check()
        case AnswerQuestion(accepted=accepted):
            first = accepted[0]
            frame.locator("input.control").fill(first.text if isinstance(first, ExactAnswer) else str(first.low))
        case OrderQuestion(items=items):
            for place, item in enumerate(items):
                _move(frame, item, place, scripts=scripts)
        case MatchQuestion(pairs=pairs):
            for pair in pairs:
                _choose(_with(frame.locator("label.match-row"), pair.term).locator("select"), pair.definition)
        case OpenQuestion():
            frame.locator("textarea").fill(ESSAY)


def _move(frame: Locator, item: str, place: int, *, scripts: bool) -> None:
    rows = frame.locator("li.order-row")
    if not scripts:
        _with(rows, item).locator("select").select_option(str(place + 1))
        return
    now = _place_of(rows, item)
    for _ in range(now - place):
        _with(rows, item).locator("[data-move='-1']").click()
    assert _place_of(rows, item) == place


def _choose(select: Locator, words: str) -> None:
    options = [letters(text) for text in select.locator("option").all_text_contents()]
    select.select_option(index=options.index(letters(words)))


def _with(rows: Locator, words: str) -> Locator:
    return rows.nth(_place_of(rows, words))


def _place_of(rows: Locator, words: str) -> int:
    wanted = letters(words)
    return next(place for place, text in enumerate(rows.all_text_contents()) if wanted in letters(text))


def letters(text: str) -> str:
    """Only letters and digits: neither Markdown nor spaces make a difference."""
    return "".join(char for char in text.casefold() if char.isalnum())
