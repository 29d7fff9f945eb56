"""Pictures and documents for a course: small, bare, and what they say they are."""

import io

import pikepdf
import pytest
from PIL import Image
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries, service, uploads
from courses.catalogue.reader.course import read_course
from courses.catalogue.rendering import render
from tests.browser import Browser, Page
from tests.courses.course_files import LESSON, course_files
from tests.makers import LONG_AGO

SLUG = "first-steps"
SECRET = b"behind the old mill"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'


@pytest.fixture
def draft(session: Session, tariq: Member) -> None:
    """A course that is still a draft."""
    service.create(session, slug=SLUG, contents=course_files(), by=tariq.id, now=LONG_AGO)
    session.commit()


def photo() -> bytes:
    """A photograph that tells where it was taken."""
    image = Image.linear_gradient("L").resize((1600, 1200)).convert("RGB")
    facts = Image.Exif()
    facts[0x010E] = SECRET.decode()
    written = io.BytesIO()
    image.save(written, "JPEG", exif=facts)
    return written.getvalue()


def letter() -> bytes:
    """A PDF that names its author."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = SECRET.decode()
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def _upload(browser: Browser, who: Member, name: str, content: bytes, slug: str = "") -> Page:
    page = browser.signed_in(who).open(f"/teach/{SLUG}/draft/media")
    return page.submit("Add the file", file=(io.BytesIO(content), name), slug=slug)


def test_a_photograph_becomes_small_and_tells_nothing() -> None:
    made = uploads.prepared("mill", photo())
    assert list(made.files) == ["media/mill.webp", "media/mill.avif"]
    assert all(len(content) <= 25 * 1024 and SECRET not in content for content in made.files.values())
    with Image.open(io.BytesIO(made.files["media/mill.webp"])) as image:
        assert image.size == (720, 540)


def test_a_pdf_loses_its_author() -> None:
    made = uploads.prepared("letter", letter())
    with pikepdf.open(io.BytesIO(made.files["media/letter.pdf"])) as pdf:
        assert "/Info" not in pdf.trailer


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"PK\x03\x04zip",
        b"%PDF-1.7 broken",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
        photo()[:400],
        b"<html><script>1</script></html>",
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(uploads.NotUsable):
        uploads.prepared("x", content)


@pytest.mark.slow
def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    written = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(written, "PNG")
    assert len(written.getvalue()) < 200_000
    with pytest.raises(uploads.NotUsable):
        uploads.prepared("bomb", written.getvalue())


@pytest.mark.parametrize(
    "evil",
    [
        SVG.replace(b"<path", b"<script>1</script><path"),
        SVG.replace(b"<path", b'<path onclick="x()"'),
        SVG.replace(b"<path", b'<use href="https://a.example/x.svg#y"/><path'),
        b'<!DOCTYPE x [<!ENTITY y "z">]>' + SVG,
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY y "z">]>' + SVG.decode()).encode("utf-16"),
        b'<?xml version="1.0"?><?xml-stylesheet href="https://a.example/x.css"?>' + SVG,
        SVG.replace(b"<path", b'<g id="a"><path d="M0 0"/></g><g id="b"><use href="#a"/></g><use href="#b"/><path'),
        SVG.replace(b"<path", b'<g id="a"><use href="#a"/></g><path'),
    ],
)
def test_a_drawing_that_is_more_than_one_is_refused(evil: bytes) -> None:
    with pytest.raises((uploads.Refused, uploads.NotUsable)):
        uploads.prepared("x", evil)


@pytest.mark.usefixtures("draft")
def test_a_photograph_is_added_and_shown_by_both_its_forms(browser: Browser, session: Session, tariq: Member) -> None:
    page = _upload(browser, tariq, "Old Mill (1).JPG", photo())
    assert "The file is there" in page.notice
    assert "![What is to be seen](../media/old-mill-1.webp)" in page.text
    files = queries.files_of(session, SLUG)
    files["01-water/01-canal.md"] = LESSON.replace("media/canal.svg", "media/old-mill-1.webp").encode()
    del files["media/canal.svg"]
    html = next(str(page.html) for page in render(read_course(SLUG, files)) if page.key == "water/canal")
    assert '<picture><source srcset="/courses/first-steps/media/' in html
    assert 'type="image/avif"' in html


@pytest.mark.usefixtures("draft")
def test_a_removed_file_comes_back_from_the_history(browser: Browser, session: Session, tariq: Member) -> None:
    page = _upload(browser, tariq, "mill.jpg", photo())
    before = queries.digests_of(session, SLUG)
    session.commit()
    page.browser.post(f"/teach/{SLUG}/draft/media/remove", {"path": "media/mill.webp"})
    assert len(queries.digests_of(session, SLUG)) == len(before) - 2
    session.commit()
    page.browser.open(f"/teach/{SLUG}/draft/history").submit("Take this step back")
    assert queries.digests_of(session, SLUG) == before


@pytest.mark.usefixtures("draft")
def test_the_reason_is_said_beside_the_field(browser: Browser, tariq: Member) -> None:
    page = _upload(browser, tariq, "x.exe", b"MZ\x90")
    assert page.status == 422
    assert page.errors == ["This is no picture, PDF or MP3 that can be read. Please save it anew and try again."]


@pytest.mark.usefixtures("draft")
def test_a_file_that_is_too_large_is_said_to_be(browser: Browser, tariq: Member) -> None:
    desk = browser.signed_in(tariq)
    body = b"x" * (uploads.MOST + 200_000)
    kind = "multipart/form-data; boundary=b"
    assert desk.client.post(f"/teach/{SLUG}/draft/media", data=body, content_type=kind).status_code == 413
