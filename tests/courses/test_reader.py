"""The reader of courses: strict, kind, and everything that is wrong in one run."""

import os
import struct
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.catalogue import rendering
from courses.catalogue.content import Admission, Kind, Level, Status
from courses.catalogue.earning import CompletionRules
from courses.catalogue.reader.course import read_course
from courses.catalogue.reader.faults import CourseFaults
from courses.catalogue.reader.folder import files_of
from courses.catalogue.reader.layout import NO_PLACE
from tests.academy.hostile_markdown import HOSTILE
from tests.courses.course_files import (
    FILES,
    LESSON,
    QUIZ,
    SVG,
    course_files,
    course_with,
    faults_of,
    faults_with,
)

BUNDLED = Path(__file__).parents[2] / "courses" / "content"
CANAL = "01-water/01-canal.md"
CHECK = "01-water/02-check.md"
MAP = "01-water/03-map.md"


def png(width: int = 4, height: int = 3) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(header)) + b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", zlib.crc32(b"IHDR" + header))


def test_a_whole_course_is_read() -> None:
    course = course_with()
    assert (course.slug, course.title, course.language) == ("first-steps", "First steps", "en")
    assert (course.level, course.hours, course.topics) == (Level.INTRODUCTORY, 4, ("mediation", "water"))
    assert (course.enrolment, course.status) == (Admission.OPEN, Status.PUBLISHED)
    assert course.rules == CompletionRules(lessons=100, quizzes=75, tasks=100, sessions=80)
    assert course.certificate is not None
    assert (course.certificate.title, course.certificate.participation) == ("Certificate of Completion", True)
    assert course.retired == ("old-module/old-lesson",)
    assert [lesson.key for lesson in course.lessons] == ["water/canal", "water/check", "water/map", "water/meeting"]
    assert [lesson.kind for lesson in course.lessons] == [Kind.READING, Kind.QUIZ, Kind.TASK, Kind.SESSION]
    assert [lesson.preview for lesson in course.lessons] == [True, False, False, False]
    assert course.glossary == {"en": {"canal": "A river made by people."}}
    picture = course.media["media/canal.svg"]
    assert (picture.media_type, picture.width, picture.height) == ("image/svg+xml", 480, 300)
    task = course.lessons[2].task
    assert task is not None
    assert (task.words, task.pass_mark, task.points) == (500, 60, 10)


def test_windows_files_are_accepted() -> None:
    assert course_with({CANAL: b"\xef\xbb\xbf" + LESSON.replace("\n", "\r\n").encode()}) == course_with()


def test_a_number_or_a_word_of_yaml_may_be_a_title() -> None:
    assert course_with({CANAL: LESSON.replace("The canal", "1325", 1)}).lessons[0].title == "1325"
    assert course_with({CANAL: LESSON.replace("The canal", "No", 1)}).lessons[0].title == "No"


def test_a_translation_is_kept_beside_its_original() -> None:
    lesson = LESSON.replace("The canal\n", "Канал\n").replace("## A gate", "## Ворота").replace("preview: true\n", "")
    course = course_with({"01-water/01-canal.ru.md": lesson}).lessons[0]
    assert (course.text("ru").title, course.text("ky", "ru").language, course.text("ky").language) == (
        "Канал",
        "ru",
        "en",
    )


def test_all_faults_come_in_one_run_in_the_order_of_the_files() -> None:
    faults = faults_with({CANAL: LESSON.replace("title:", "tilte:"), "01-water/module.md": "# Water\n", "x.txt": ""})
    assert faults == [
        f'{CANAL}:1: key "title" is missing',
        f'{CANAL}:2: unknown key "tilte"; did you mean "title"?',
        '01-water/module.md:1: the file must begin with a line of "---", then lines like "title: …", then "---" again',
        f"x.txt:1: {NO_PLACE}",
    ]


def test_a_translated_course_page_needs_only_words() -> None:
    text = "---\ntitle: Первые шаги\nsummary: О ссорах.\noutcomes: [Отличать спор]\n---\nДобро пожаловать.\n"
    course = course_with({"course.ru.md": text})
    assert (course.languages, course.text("ru").outcomes) == (("en", "ru"), ("Отличать спор",))


def test_a_picture_may_have_a_variant_for_a_language() -> None:
    course = course_with({"media/canal.ru.svg": SVG, "01-water/01-canal.ru.md": LESSON.replace("preview: true\n", "")})
    pages = {(page.key, page.language): page for page in rendering.render(course)}
    assert "/canal.svg" in pages["water/canal", "en"].html
    assert "/canal.ru.svg" in pages["water/canal", "ru"].html


def test_a_bitmap_is_measured() -> None:
    lesson = LESSON.replace("canal.svg", "photo.png")
    course = course_with({"media/canal.svg": None, "media/photo.png": png(), CANAL: lesson})
    assert (course.media["media/photo.png"].width, course.media["media/photo.png"].height) == (4, 3)


def test_a_bad_slug_is_refused() -> None:
    with pytest.raises(CourseFaults, match="cannot be the slug of a course"):
        read_course("First Steps", course_files())


def test_no_files_are_no_course() -> None:
    with pytest.raises(CourseFaults, match=r"course\.md:1: the file is missing"):
        read_course("empty", {})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.one_of(st.sampled_from(sorted(FILES)), st.text(max_size=30)), st.binary(max_size=300)))
def test_no_bytes_raise_anything_but_faults(files: dict[str, bytes]) -> None:
    assert faults_of(files)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(FILES)), st.data())
def test_no_damage_to_a_course_raises_anything_but_faults(path: str, data: st.DataObject) -> None:
    text = FILES[path]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    alphabet = st.sampled_from(
        [*"-:#[]{}()!&*|>'\"\\%@`=^~\n\t 0a", "\ufeff", "\x85", "\u2028", "\x00", '"\\UFFFFFFFF"', "± "]
    )
    damage = "".join(data.draw(st.lists(alphabet, max_size=12)))
    faults = faults_of(course_files({path: text[:start] + damage + text[end:]}))
    assert all(fault.line >= 1 and str(fault) for fault in faults)


@pytest.mark.parametrize("folder", sorted(path.name for path in BUNDLED.glob("*") if (path / "course.md").is_file()))
def test_the_bundled_courses_are_without_fault(folder: str) -> None:
    assert read_course(folder, files_of(BUNDLED / folder)).lessons


def test_a_folder_is_read_without_its_hidden_files(tmp_path: Path) -> None:
    root = written(tmp_path / "first-steps")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("secret")
    (root / ".hidden.md").write_text("secret")
    assert files_of(root) == course_files()


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    root = written(tmp_path / "first-steps")
    (tmp_path / "secret.md").write_text("secret")
    (root / "01-water" / "05-secret.md").symlink_to(tmp_path / "secret.md")
    (root / "loop.md").symlink_to(root / "loop.md")
    (root / "02-outside").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(CourseFaults) as refusal:
        files_of(root)
    assert [fault.path for fault in refusal.value.faults] == [
        "first-steps/01-water/05-secret.md",
        "first-steps/02-outside",
        "first-steps/loop.md",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    root = written(tmp_path / "first-steps")
    os.mkfifo(root / "pipe.md")
    with pytest.raises(CourseFaults, match=r"pipe\.md:1: the file cannot be read"):
        files_of(root)


def written(root: Path) -> Path:
    for path, content in course_files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_text_does_not_hold_the_reader_up(name: str) -> None:
    start = time.process_time()
    faults_of(course_files({"01-water/01-canal.md": LESSON + HOSTILE[name][:60000]}))
    faults_of(course_files({"01-water/02-check.md": QUIZ + HOSTILE[name][:60000]}))
    faults_of(course_files({"01-water/01-canal.md": "---\ntitle: " + HOSTILE[name][:60000]}))
    assert time.process_time() - start < 2
