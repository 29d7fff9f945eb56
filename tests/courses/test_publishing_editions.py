"""Every edition stays: it is seen as learners saw it, compared with any other, and comes back as a draft."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries as drafts
from courses.catalogue import library
from tests import makers
from tests.browser import Browser
from tests.courses.course_files import course_files
from tests.courses.publishing_stage import (
    EDITIONS,
    LESSON,
    PUBLISH,
    QUIZ,
    SLUG,
    begin,
    changed,
    live,
    publish,
    text,
    write,
)
from tests.courses.test_publishing import Counting


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq at his desk, after two editions."""
    begin(session, tariq)
    write(session, tariq, {LESSON: changed(), QUIZ: text(QUIZ).replace("a bank fell", "a wall fell")})
    desk = browser.signed_in(tariq)
    desk.open(PUBLISH).submit("Publish edition 2", note="The canal is narrow.")
    return desk


def test_the_list_says_when_by_whom_and_what(desk: Browser) -> None:
    page = desk.open(EDITIONS)
    rows = [" ".join(node.to_text().split()) for node in page.all(".list-row")]
    assert len(rows) == 2
    for words in ("Edition 2", "The canal is narrow.", "by Tariq", "8 files", "KB", "Learners read it"):
        assert words in rows[0]
    assert "Edition 1" in rows[1]


def test_an_edition_is_seen_as_learners_saw_it_and_nothing_on_it_acts(desk: Browser) -> None:
    page = desk.open(f"{EDITIONS}1/water/canal/")
    assert "Edition 1 of" in page.source
    assert "Two villages share one canal" in page.text
    assert "narrow" not in page.text
    assert "form-action 'none'" in page.response.headers["Content-Security-Policy"]
    assert page.all("button[type=submit]") == []
    assert "narrow" in desk.open(f"{EDITIONS}2/water/canal/").text
    inside = [href for _, href in page.links() if href.startswith(f"/courses/{SLUG}/")]
    assert inside == []
    assert desk.open(f"{EDITIONS}1/").heading == "First steps"
    assert desk.open(f"{EDITIONS}1/water/check/?view=explanations").status == 200
    assert desk.open(f"{EDITIONS}3/").status == 404
    assert desk.open(f"{EDITIONS}1/water/nothing/").status == 404


def test_any_two_are_compared(desk: Browser, session: Session, tariq: Member) -> None:
    write(session, tariq, {"01-water/04-meeting.md": None})
    page = desk.open(f"{EDITIONS}compare?old=1&new=2")
    assert [words for words, href in page.links() if "/compare/" in href] == ["The canal", "Check"]
    assert "We meet" in desk.open(f"{EDITIONS}compare?old=1&new=draft").text
    assert "Both say the same." in desk.open(f"{EDITIONS}compare?old=2&new=2").text
    back = desk.open(f"{EDITIONS}compare?old=2&new=1")
    assert "narrow" in " ".join(node.to_text() for node in back.all("del"))
    assert desk.open(f"{EDITIONS}compare?old=1&new=7").status == 404
    assert desk.open(f"{EDITIONS}compare?old=x&new=7").status == 404


def test_one_file_is_compared_as_it_is_read_and_line_by_line(desk: Browser) -> None:
    page = desk.open(f"{EDITIONS}compare/{LESSON}?old=1&new=2")
    assert "As learners read it" in page.text
    pair = " ".join(page.all(".diff-pair")[0].to_text().split())
    assert "Before Edition 1 Two villages share one canal" in pair
    assert "After Edition 2 Two villages share one narrow canal" in pair
    assert "removed" in page.text_of(".diff-gone")
    quiz = desk.open(f"{EDITIONS}compare/{QUIZ}?old=1&new=2")
    assert "Right: Nobody, a wall fell" in quiz.text
    assert "Not changed" in desk.open(f"{EDITIONS}compare/glossary.md?old=1&new=2").text
    assert desk.open(f"{EDITIONS}compare/nothing.md?old=1&new=2").status == 404


def test_a_picture_is_compared_with_what_it_was(desk: Browser, session: Session, tariq: Member) -> None:
    svg = course_files()["media/canal.svg"].decode()
    write(session, tariq, {"media/canal.svg": svg.replace("M0 0h9", "M0 0h8")})
    page = desk.open(f"{EDITIONS}compare/media/canal.svg?old=2&new=draft")
    sources = [node.attrs["src"] for node in page.all("main img")]
    assert len(sources) == 2
    assert [desk.client.get(source).status_code for source in sources] == [200, 200]


def test_an_edition_comes_back_as_a_step_that_can_be_taken_back(desk: Browser, session: Session, tariq: Member) -> None:
    write(session, tariq, {"01-water/04-meeting.md": None})
    before = drafts.files_of(session, SLUG)
    session.commit()
    asked = desk.open(EDITIONS).follow("Bring back as the draft Edition 1")
    assert "What stands in the draft now is replaced" in asked.text
    asked.submit("Bring it back")
    assert drafts.files_of(session, SLUG) == course_files()
    session.commit()
    desk.open(f"/teach/{SLUG}/draft/history").submit("Take this step back Went back to an edition Edition 1")
    session.expire_all()
    assert drafts.files_of(session, SLUG) == before
    session.commit()
    assert live(session).edition_number == 2


def test_bringing_back_what_is_there_changes_nothing(desk: Browser) -> None:
    page = desk.open(f"{EDITIONS}2/restore").submit("Bring it back")
    assert "The draft says exactly what edition 2 said." in page.notice


def test_an_old_edition_published_again_loses_no_record(desk: Browser, session: Session, tariq: Member) -> None:
    course = text("course.md").replace(
        "retired: [old-module/old-lesson]", "retired: [old-module/old-lesson]\nmoved: {water/map: talk/map}"
    )
    write(
        session,
        tariq,
        {
            "course.md": course,
            "01-water/03-map.md": None,
            "02-talk/module.md": "---\ntitle: Talk\nsummary: Talk.\n---\n",
            "02-talk/01-map.md": text("01-water/03-map.md"),
        },
    )
    with desk.app.app_context():
        assert publish(session, tariq) == 3
    desk.open(f"{EDITIONS}1/restore").submit("Bring it back")
    with desk.app.app_context():
        assert publish(session, tariq) == 4
    assert live(session).course.moved == {"talk/map": "water/map"}


def test_an_edition_is_exported_by_its_number(desk: Browser, tmp_path: Path) -> None:
    runner = desk.app.test_cli_runner()
    done = runner.invoke(args=["courses", "export", SLUG, str(tmp_path), "--edition", "1"])
    assert done.exit_code == 0, done.output
    root = tmp_path / SLUG
    assert {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    } == course_files()
    refused = runner.invoke(args=["courses", "export", SLUG, str(tmp_path / "b"), "--edition", "9"])
    assert (refused.exit_code, "no edition 9" in refused.output) == (1, True)


def test_a_marker_looks_but_changes_nothing(desk: Browser, session: Session) -> None:
    marker = desk.signed_in(makers.member(session, "Noor", roles=(("marker", f"course:{SLUG}"),)))
    assert marker.open(EDITIONS).status == 200
    assert "Bring back" not in marker.open(EDITIONS).text
    assert marker.open(f"{EDITIONS}1/restore").status == 403
    assert marker.open(PUBLISH).status == 403


def test_the_list_costs_the_same_however_long_it_is(
    desk: Browser, session: Session, tariq: Member, query_count: Counting
) -> None:
    desk.open(EDITIONS)
    with query_count() as few:
        desk.open(EDITIONS)
    for number in range(3):
        write(session, tariq, {LESSON: changed() + f"\nLine {number}.\n"})
        publish(session, tariq)
    desk.open(EDITIONS)
    with query_count() as many:
        page = desk.open(EDITIONS)
    assert "Edition 5" in page.text
    assert (few.total, few.total) == (many.total, min(many.total, 8))
    with query_count() as compared:
        desk.open(f"{EDITIONS}compare/{LESSON}?old=1&new=draft")
    assert compared.total <= 10


def test_editions_are_never_changed_by_what_follows(desk: Browser, session: Session, tariq: Member) -> None:
    first = library.edition(session, SLUG, 1)
    assert first is not None
    files = library.files_of(session, first.edition_id)
    session.commit()
    write(session, tariq, {LESSON: changed() + "\nMore.\n"})
    desk.open(PUBLISH).submit("Publish edition 3")
    session.expire_all()
    assert library.files_of(session, first.edition_id) == files == course_files()
