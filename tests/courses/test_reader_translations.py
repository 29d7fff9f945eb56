"""A translation has other words than its original, and the same structure."""

import pytest

from tests.courses.course_files import COURSE, LESSON, QUIZ, TASK, faults_with

RUSSIAN_QUIZ = QUIZ.replace("title: Check", "title: Проверка")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "01-water/01-canal.ru.md",
            LESSON.replace("### More", "## More"),
            "12: this heading is of level 2, in the original it is of level 3",
        ),
        (
            "01-water/01-canal.ru.md",
            LESSON.replace("### More", "More"),
            "6: this translation has headings of the levels 2, its original of 2, 3",
        ),
        (
            "01-water/01-canal.ru.md",
            LESSON.replace("(02-check.md)", "(02-check.ru.md)"),
            '14: link to "02-check.md" instead of "02-check.ru.md": the site finds the language by itself',
        ),
        ("01-water/02-check.ru.md", RUSSIAN_QUIZ.replace("pass: 75", "pass: 50"), '5: key "pass" is not the same'),
        (
            "01-water/02-check.ru.md",
            RUSSIAN_QUIZ.replace("{#gate}", "{#door}"),
            '11: here the original has question "gate", not "door"',
        ),
        (
            "01-water/02-check.ru.md",
            RUSSIAN_QUIZ.partition("## In")[0].replace("draw: 2\n", ""),
            "10: the number of questions is 1, in the original 2",
        ),
        (
            "01-water/02-check.ru.md",
            RUSSIAN_QUIZ.replace("- [ ]", "- [x]").replace("- [x] Nobody, a", "- [ ] Nobody, a"),
            '11: question "gate" marks other options as right than its original',
        ),
        (
            "01-water/02-check.ru.md",
            RUSSIAN_QUIZ.replace("> Reread", "- [ ] Third\n\n> Reread"),
            '11: the number of items of question "gate" is 3, in the original 2',
        ),
        (
            "01-water/02-check.ru.md",
            RUSSIAN_QUIZ.replace("= 1992", "= 1993"),
            '20: question "year" accepts other numbers than its original',
        ),
        (
            "01-water/02-check.ru.md",
            RUSSIAN_QUIZ.replace("= 1992\n= 1990-1993", "= open: 20 слов"),
            '20: question "year" is an open question, in the original it is a short answer',
        ),
        (
            "01-water/03-map.ru.md",
            TASK.replace("id: causes", "id: reasons"),
            "8: the criteria of the rubric are not those of the original: actors (4), causes (6)",
        ),
        ("course.ru.md", COURSE.replace("hours: 4", "hours: 5"), '6: key "hours" is not the same as in the original'),
    ],
)
def test_a_translation_keeps_the_structure_of_its_original(path: str, text: str, expected: str) -> None:
    assert any(fault.startswith(f"{path}:{expected}") for fault in faults_with({path: text}))
