"""Front matter as a form: it writes the keys that were changed, and the reader is the judge."""

import pytest
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries, service
from tests.browser import Browser
from tests.courses.course_files import FILES, course_files
from tests.makers import LONG_AGO

SLUG = "first-steps"
AT = f"/teach/{SLUG}/draft/settings"


@pytest.fixture
def trainer(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq at a course that is still a draft."""
    service.create(session, slug=SLUG, contents=course_files(), by=tariq.id, now=LONG_AGO)
    session.commit()
    return browser.signed_in(tariq)


def text(session: Session, path: str) -> str:
    session.expire_all()
    file = queries.file_of(session, SLUG, path)
    session.rollback()  # what is open would lock the pages out
    assert file is not None
    return file.text


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".md") and path != "glossary.md"])
def test_settings_saved_as_they_were_change_no_byte(trainer: Browser, session: Session, path: str) -> None:
    page = trainer.open(f"{AT}/{path}").submit("Save the settings")
    assert page.status == 200
    assert text(session, path) == FILES[path]


@pytest.mark.parametrize(
    ("path", "field", "value", "old", "new"),
    [
        ("01-water/02-check.md", "minutes", "45", "minutes: 30", "minutes: 45"),
        ("01-water/02-check.md", "minutes", "", "minutes: 30\n", ""),
        ("01-water/01-canal.md", "title", "The gate: a story", "title: The canal", "title: 'The gate: a story'"),
        ("course.md", "hours", "5", "hours: 4", "hours: 5"),
        ("course.md", "quizzes", "80", "quizzes: 75", "quizzes: 80"),
    ],
)
def test_one_field_writes_one_line(
    trainer: Browser, session: Session, path: str, field: str, value: str, old: str, new: str
) -> None:
    trainer.open(f"{AT}/{path}").submit("Save the settings", **{field: value})
    assert text(session, path) == FILES[path].replace(old, new, 1)


def test_what_the_reader_refuses_is_said_beside_its_field(trainer: Browser, session: Session) -> None:
    page = trainer.open(f"{AT}/01-water/02-check.md").submit("Save the settings", minutes="a lot")
    assert page.status == 422
    assert "must be a whole number" in page.errors[0]
    assert page.form("Save the settings").values["minutes"] == "a lot"
    assert text(session, "01-water/02-check.md") == FILES["01-water/02-check.md"]


def test_of_two_trainers_the_second_is_told(trainer: Browser, session: Session) -> None:
    opened = trainer.open(f"{AT}/course.md")
    trainer.open(f"{AT}/course.md").submit("Save the settings", hours="5")
    page = opened.submit("Save the settings", hours="6")
    assert "Somebody saved this file meanwhile" in page.errors[0]
    assert "hours: 5" in text(session, "course.md")
