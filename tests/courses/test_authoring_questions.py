"""Questions of a quiz as forms: they write the same text as the editor, and the reader is the judge."""

import pytest
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries, service
from tests.browser import Browser
from tests.courses.course_files import QUIZ, course_files
from tests.makers import LONG_AGO

SLUG = "first-steps"
PATH = "01-water/02-check.md"
LIST = f"/teach/{SLUG}/draft/questions/{PATH}"
ONE = f"/teach/{SLUG}/draft/question/{PATH}"


@pytest.fixture
def trainer(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq at a course that is still a draft."""
    service.create(session, slug=SLUG, contents=course_files(), by=tariq.id, now=LONG_AGO)
    session.commit()
    return browser.signed_in(tariq)


def text(session: Session) -> str:
    session.expire_all()
    file = queries.file_of(session, SLUG, PATH)
    session.rollback()  # what is open would lock the pages out
    assert file is not None
    return file.text


def test_a_question_saved_as_it_was_changes_nothing(trainer: Browser, session: Session) -> None:
    trainer.open(f"{ONE}?id=gate").submit("Save the question")
    assert text(session) == QUIZ


def test_an_option_is_changed_and_only_its_line(trainer: Browser, session: Session) -> None:
    page = trainer.open(f"{ONE}?id=gate")
    page.submit("Save the question", **{"rows-0-text": "Nobody asked them"})
    assert text(session) == QUIZ.replace("Nobody asked\n", "Nobody asked them\n")


@pytest.mark.parametrize(
    ("kind", "values", "lines"),
    [
        ("open", {"words": "60"}, "= open: 60 words"),
        ("answer", {"answers": "1992\n1990-1993"}, "= 1992\n= 1990-1993"),
        ("order", {"rows-0-text": "First", "rows-2-text": "Second"}, "1. First\n2. Second"),
        (
            "match",
            {"rows-0-term": "A", "rows-0-definition": "b", "rows-1-term": "C", "rows-1-definition": "d"},
            "- A :: b\n- C :: d",
        ),
    ],
)
def test_every_kind_is_added_as_its_text(
    trainer: Browser, session: Session, kind: str, values: dict[str, str], lines: str
) -> None:
    page = trainer.open(f"{ONE}?kind={kind}").submit("Save the question", prompt="Why so?", id="why-so", **values)
    assert "Saved." in page.notice
    assert text(session) == f"{QUIZ}\n## Why so? {{#why-so}}\n\n{lines}\n"


def test_a_question_nobody_can_answer_is_refused_with_all_that_was_typed(trainer: Browser, session: Session) -> None:
    page = trainer.open(f"{ONE}?kind=choice")
    page = page.submit(
        "Save the question", prompt="Which?", id="which", **{"rows-0-text": "This", "rows-1-text": "That"}
    )
    assert page.status == 422
    assert "no right answer" in page.errors[0]
    assert page.form("Save the question").values["rows-1-text"] == "That"
    assert text(session) == QUIZ


def test_more_rows_come_without_losing_what_was_typed(trainer: Browser) -> None:
    page = trainer.open(f"{ONE}?kind=order").submit("More rows", **{"rows-0-text": "First"})
    values = page.form("Save the question").values
    assert values["rows-0-text"] == "First"
    assert "rows-6-text" in values


def test_a_question_is_moved_and_taken_out(trainer: Browser, session: Session) -> None:
    trainer.post(LIST, {"id": "year", "act": "up"})
    assert text(session).index("{#year}") < text(session).index("{#gate}")
    trainer.post(LIST, {"id": "gate", "act": "remove"})
    assert "{#gate}" not in text(session)


def test_the_short_name_of_a_question_never_changes(trainer: Browser, session: Session) -> None:
    page = trainer.open(f"{ONE}?id=gate").submit("Save the question", id="door")
    assert "cannot change" in page.errors[0]
    assert text(session) == QUIZ


def test_of_two_trainers_at_one_question_the_second_is_told(trainer: Browser, session: Session) -> None:
    opened = trainer.open(f"{ONE}?id=gate")
    trainer.open(f"{ONE}?id=gate").submit("Save the question", prompt="Who closed the gate?")
    page = opened.submit("Save the question", prompt="Who opened the gate?")
    assert "Somebody else changed this question" in page.errors[0]
    assert "Who closed the gate?" in text(session)
