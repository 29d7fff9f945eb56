"""Hints about style and weight: what is said of which text, and that they are true of the pages learners get."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from courses.catalogue import hints, library, readability, service
from courses.catalogue.cli import BUNDLED
from courses.catalogue.content import Kind
from courses.catalogue.prose_pieces import pieces
from courses.catalogue.reader.course import inspect_course
from courses.catalogue.reader.folder import files_of
from courses.enrolment import service as enrolment
from tests.browser import Browser
from tests.courses.course_files import course_files

LESSON = "01-water/01-canal.md"
WORDS = "one two three four five six seven eight nine ten "
PLAIN = "The gate is shut at night. The men wait for the day. "
HARD = "Institutionalised multilateral reconciliation necessitates comprehensive organisational accountability. "
RUSSIAN = "Институционализированное урегулирование предусматривает многостороннюю ответственность организаций. "


def said(body: str, *, front: str = "title: The canal\nsummary: A gate.\n", language: str = "") -> list[str]:
    """What is hinted at about a lesson with this body, which begins on line 5, the length of lessons aside."""
    path = LESSON.replace(".md", f"{language}.md")
    files = course_files({path: f"---\n{front}---\n{body}"})
    found = hints.hints_of(inspect_course("first-steps", files).course, hints.sizes_of(files), path)
    return [str(hint).removeprefix(f"first-steps/{path}:") for hint in found if "one sitting" not in hint.message]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{WORDS * 3}.\n", []),
        (f"{WORDS * 3}more.\n", ["5: this sentence has 31 words"]),
        (f"Short. {WORDS.capitalize() * 3}\nmore. Short.\n", ["5: this sentence has 31 words"]),
        (f"Short.\nShort.\n\n- {WORDS * 2}\n- {WORDS * 2}\n", []),
        (f"## A heading\n\nShort.\nThen {WORDS * 4}.\n", ["8: this sentence has 41 words"]),
        (f"{WORDS * 2}K. Annan and e.g. {WORDS}of it.\n", ["5: this sentence has 37 words"]),
        (f"{WORDS * 2}! {WORDS.title() * 2}? {WORDS.title()}…\n", []),
        (f"| a | b |\n|---|---|\n| {WORDS * 4} | b |\n", []),
        (f"```\n{WORDS * 4}\n```\n\n    {WORDS}\n", []),
        (f"Short.[^1]\n\n[^1]: {WORDS * 5}\n    {WORDS * 2}\n", []),
        (f"[{WORDS * 2}](https://example.org/{'a' * 90}) and ![{WORDS * 3}](../media/canal.svg) more.\n", []),
        (f'!!! key "{WORDS * 4}"\n    {WORDS * 4}.\n', ["6: this sentence has 40 words"]),
        (f"> {WORDS * 2}\n> {WORDS * 2}.\n", ["5: this sentence has 40 words"]),
        (f"*[canal]: {WORDS * 4}.\n", ["5: this sentence has 40 words"]),
        ("Short one here. " * 41, ["5: this paragraph has 123 words"]),
        (("Short one here. " * 20 + "\n\n") * 3, []),
        ("Word\n", []),
    ],
)
def test_sentences_and_paragraphs_are_counted_as_they_are_read(body: str, expected: list[str]) -> None:
    found = said(body)
    assert len(found) == len(expected), found
    for hint, beginning in zip(found, expected, strict=True):
        assert hint.startswith(beginning)


@pytest.mark.parametrize("mark", [".", "!", "?", "…", "؟", "۔", ".»", '."', ".)"])
def test_a_sentence_ends_at_every_stop(mark: str) -> None:
    (piece,) = pieces(f"Do seh{mark} Chahar panj{mark}")
    assert [text for _, text in piece.sentences()] == [f"Do seh{mark}", f"Chahar panj{mark}"]


@pytest.mark.parametrize(
    ("word", "count"), [("gate", 1), ("table", 2), ("canal", 2), ("mediation", 4), ("by", 1), ("the", 1)]
)
def test_english_syllables_are_counted_closely(word: str, count: int) -> None:
    assert abs(readability.english_syllables(word) - count) <= (word == "mediation")


@pytest.mark.parametrize(("word", "count"), [("вода", 2), ("ущелье", 3), ("в", 1), ("посредничество", 5)])
def test_russian_syllables_are_counted_exactly(word: str, count: int) -> None:
    assert readability.russian_syllables(word) == count


@pytest.mark.parametrize(
    ("language", "text", "hard"),
    [("", PLAIN, False), ("", HARD, True), (".ru", RUSSIAN, True), (".kk", RUSSIAN, False), (".fa", HARD, False)],
)
def test_a_hard_text_is_named_where_an_index_exists(language: str, text: str, hard: bool) -> None:
    found = [hint for hint in said(f"Short.\n\n{text * 20}\n", language=language) if "hard to read" in hint]
    assert bool(found) is hard
    assert all(hint.startswith("7: ") for hint in found)


def test_a_word_or_two_are_not_called_hard() -> None:
    assert said(HARD) == []


@pytest.mark.parametrize(
    ("words", "beginning"), [(690, "5: the lesson has"), (700, ""), (1400, ""), (1410, "5: the lesson has")]
)
def test_a_lesson_is_one_sitting_long(words: int, beginning: str) -> None:
    files = course_files({LESSON: f"---\ntitle: T\nsummary: S\n---\n{(WORDS.strip() + '. ') * (words // 10)}"})
    found = hints.hints_of(inspect_course("first-steps", files).course, {}, LESSON)
    assert [hint.message for hint in found if "one sitting" in hint.message] == [
        hint.message for hint in found if beginning and f"{hint.line}: {hint.message}".startswith(beginning)
    ]
    assert bool(beginning) is any("one sitting" in hint.message for hint in found)


@pytest.mark.parametrize("path", ["01-water/02-check.md", "01-water/03-map.md", "01-water/04-meeting.md", "course.md"])
def test_only_lessons_to_read_have_a_length(path: str) -> None:
    found = hints.hints_of(inspect_course("first-steps", course_files()).course, {}, path)
    assert [hint for hint in found if "one sitting" in hint.message] == []


def test_a_missing_summary_is_named() -> None:
    assert said("Short.\n", front="title: The canal\n") == [
        '1: there is no "summary"; one sentence under the title says why to read on'
    ]


def test_a_long_question_is_named_at_its_line() -> None:
    quiz = f"---\nkind: quiz\ntitle: Check\n---\n## {WORDS * 4} {{#long}}\n\n- [x] a\n- [ ] b\n"
    files = course_files({"01-water/02-check.md": quiz})
    (hint,) = hints.hints_of(inspect_course("first-steps", files).course, {}, "01-water/02-check.md")
    assert (hint.line, "40 words" in hint.message) == (5, True)


def test_a_heavy_picture_is_named_where_it_is_shown() -> None:
    files = course_files({"media/canal.svg": course_files()["media/canal.svg"] + b" " * 30_000})
    found = hints.hints_of(inspect_course("first-steps", files).course, hints.sizes_of(files), LESSON)
    assert [(hint.line, hint.message) for hint in found if "picture" in hint.message] == [
        (10, 'the picture "../media/canal.svg" weighs 30 KB; 25 KB is the most')
    ]


def test_a_heavy_page_is_named() -> None:
    letters = "".join(f"{number * 7919 % 100_003:x} " for number in range(9000))
    assert any("the page weighs about" in hint for hint in said(letters))


def test_the_weight_is_about_that_of_the_real_page(browser: Browser, session: Session, lena: Member) -> None:
    slug = "preventive-diplomacy"
    service.publish(session, slug=slug, files=files_of(BUNDLED / slug), by=None, now=clock.now())
    live = library.live_course(session, slug)
    assert live is not None
    enrolment.enrol(session, live=live, member_id=lena.id, way="open", now=clock.now())
    session.commit()
    reader = browser.signed_in(lena)
    for lesson in live.course.lessons:
        if lesson.kind in {Kind.READING, Kind.TASK}:
            with reader.client.get(f"/courses/{slug}/{lesson.key}/", headers={"Accept-Encoding": "br"}) as answer:
                real, guess = len(answer.get_data()), hints.weight_of(lesson.text())
            assert abs(guess - real) < max(0.1 * real, 1024), (lesson.key, guess, real)


def test_the_report_says_how_long_hard_and_heavy_each_lesson_is(app: Flask, tmp_path: Path) -> None:
    lesson = "---\ntitle: The canal\n---\n" + "!!! aims\n    - Name it.\n\n" + "The cat sat on the mat. " * 40
    folder = tmp_path / "first-steps"
    for path, content in course_files({"01-water/01-canal.md": f"{lesson}\n\n![A](../media/canal.svg)\n"}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    said = app.test_cli_runner().invoke(args=["courses", "report", str(folder)])
    rows = [line.split() for line in said.output.splitlines()]
    assert rows[0] == ["first-steps"]
    assert rows[1] == ["lesson", "language", "kind", "words", "minutes", "ease", "bytes", "figures", "notes"]
    assert rows[2][:6] == ["water/canal", "en", "reading", "242", "2", "116"]
    assert rows[2][7:] == ["1", "aims"]
    (folder / "course.md").unlink()
    assert app.test_cli_runner().invoke(args=["courses", "report", str(folder)]).exit_code == 1


def test_the_command_says_hints_when_asked(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "first-steps"
    for path, content in course_files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    run = app.test_cli_runner().invoke
    assert "hint" not in run(args=["courses", "check", str(folder)]).output
    told = run(args=["courses", "check", str(folder), "--hints"])
    assert told.exit_code == 0
    assert "first-steps/01-water/01-canal.md:6: hint: the lesson has" in told.output
