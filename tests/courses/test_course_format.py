"""The document about the course format: its examples are one whole course, and it leaves no key out."""

import re
from pathlib import Path

import pytest
from flask import Flask

from courses.catalogue import questions
from courses.catalogue.content import Admission, Course, Kind, Level, Status
from courses.catalogue.reader import certificates, course, earning, lessons, openings, reviews, rubrics, tasks
from courses.catalogue.reader.course import read_course
from tests.courses.course_files import SVG

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "course-format.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^`([\w./-]+\.md)`[^\n]*\n\n```markdown\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SLUG = "village-water"
KEYS = {
    *course.KEYS,
    *certificates.CERTIFICATE,
    *earning.COMPLETION,
    *lessons.COMMON,
    *openings.KEYS,
    *tasks.QUIZ_KEYS,
    *tasks.TASK_KEYS,
    *rubrics.CRITERION_KEYS,
    *rubrics.LEVEL_KEYS,
    *reviews.OWN,
}
CHOICES = {*Admission, *Kind, *Level, *Status, *questions.HandIn, *questions.Late}


def examples() -> dict[str, str]:
    return {**dict(EXAMPLE.findall(DOCUMENT)), "media/canal.svg": SVG}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What somebody has who typed every example into the file named above it."""
    for path, text in examples().items():
        target = tmp_path / SLUG / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return tmp_path / SLUG


def read() -> Course:
    return read_course(SLUG, {path: text.encode() for path, text in examples().items()})


def test_the_examples_are_one_course_of_every_kind_of_question() -> None:
    found = read()
    (quiz,) = (lesson.quiz for lesson in found.lessons if lesson.quiz)
    assert {type(each) for each in quiz.questions} == {
        questions.ChoiceQuestion,
        questions.AnswerQuestion,
        questions.OrderQuestion,
        questions.MatchQuestion,
        questions.OpenQuestion,
    }
    assert set(found.languages) == {"en", "ru"}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_that_is_read_stands_in_an_example(key: str) -> None:
    assert re.search(rf"(^|[\s{{]){key}:", "\n".join(examples().values()), re.MULTILINE)
    assert f"`{key}" in DOCUMENT


@pytest.mark.parametrize("word", sorted(CHOICES))
def test_every_word_a_key_may_have_is_named(word: str) -> None:
    assert re.search(rf"\b{word}", DOCUMENT)


def test_what_was_typed_is_checked_imported_and_comes_out_byte_for_byte(
    app: Flask, folder: Path, tmp_path: Path
) -> None:
    runner = app.test_cli_runner()
    assert "no faults" in runner.invoke(args=["courses", "check", str(folder)]).output
    assert "edition 1 published" in runner.invoke(args=["courses", "import", str(folder)]).output
    lesson = folder / "01-water" / "01-canal.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("one", "one old"), encoding="utf-8")
    assert "~ 01-water/01-canal.md" in runner.invoke(args=["courses", "import", str(folder)]).output
    assert "edition 2" in runner.invoke(args=["courses", "import", str(folder), "--publish"]).output
    runner.invoke(args=["courses", "export", SLUG, str(tmp_path / "out")])
    out = tmp_path / "out" / SLUG
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    assert [(out / path.relative_to(folder)).read_bytes() for path in there] == [path.read_bytes() for path in there]


def test_a_folder_that_is_only_begun_is_told_what_it_lacks(app: Flask, folder: Path, tmp_path: Path) -> None:
    (folder / "course.md").unlink()
    runner = app.test_cli_runner()
    said = runner.invoke(args=["courses", "check", str(folder)])
    assert said.exit_code == 1
    assert f"{SLUG}/course.md:1: the file is missing" in said.output
    nothing = runner.invoke(args=["courses", "check", str(tmp_path / "nothing")])
    assert (nothing.exit_code, nothing.output.strip()) == (1, "nothing:1: this is not a folder")
    (tmp_path / "empty").mkdir()
    empty = runner.invoke(args=["courses", "check", str(tmp_path / "empty")])
    assert "a course is a folder with a course.md in it" in empty.output


def test_a_language_nobody_translated_into_is_said_not_counted(app: Flask, folder: Path) -> None:
    runner = app.test_cli_runner()
    said = runner.invoke(args=["courses", "remember", str(folder), "--language", "fa"]).output
    assert said.strip() == f"{SLUG}: there is no translation into fa here."
    wrong = runner.invoke(args=["courses", "remember", str(folder), "--language", "xx"])
    assert (wrong.exit_code, "'xx' is not one of" in wrong.output) == (2, True)
