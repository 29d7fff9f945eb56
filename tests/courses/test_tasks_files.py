"""Lena hands in files: added and taken away before handing in, kept by versions, given out to those who may."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy import clock
from academy.people import accounts
from academy.people.actor import Actor
from academy.people.models import Member
from academy.uploads.models import Upload
from courses.tasks import knowing
from courses.tasks.models import WorkFile
from tests.academy import handed_files as files
from tests.browser import Browser, Page
from tests.courses import quiz_stage as stage
from tests.courses import task_stage
from tests.courses.quiz_stage import TASK
from tests.courses.task_stage import press


def sent(content: bytes = b"", name: str = "Карта.pdf") -> FileStorage:
    return FileStorage(io.BytesIO(content or files.pdf()), filename=name)


@pytest.fixture
def desk(browser: Browser, session: Session, lena: Member) -> Browser:
    """Lena's browser, with a place in a course whose task takes a text and two files."""
    task_stage.publish(session, "hand_in: both\nfiles: [pdf, png]\nmost_files: 2")
    stage.enrol(session, lena)
    return browser.signed_in(lena)


def kept(session: Session) -> list[tuple[int, str]]:
    session.expire_all()
    rows = session.execute(
        select(WorkFile.work_id, Upload.name).join(Upload, Upload.id == WorkFile.upload_id).order_by(WorkFile.work_id)
    ).all()
    session.commit()
    return [(row.work_id, row.name) for row in rows]


def shown(page: Page) -> list[str]:
    return [name for name, url in page.links() if url.startswith("/account/files/")]


def test_the_page_says_what_is_taken(desk: Browser) -> None:
    page = desk.open(f"{TASK}/")
    assert "up to 2 files (PDF, PNG)" in page.text
    assert "You may write a text, add files, or do both." in page.text
    assert page.form("Hand in").multipart


def test_files_come_and_go_before_handing_in_and_the_text_stays(desk: Browser, session: Session) -> None:
    page = press(desk.open(f"{TASK}/"), "Add this file", text="Two villages.", file=sent())
    assert "“Карта.pdf” is added. Your draft is saved." in page.text
    assert page.form("Hand in").values["text"] == "Two villages."
    page = press(page, "Add this file", text="Two villages.", file=sent(files.png(), "gate.png"))
    assert shown(page) == ["Карта.pdf", "gate.png"]
    assert "Add this file" not in page.text
    first = page.all("button[name=remove]")[0].attrs["value"]
    page = desk.post(f"{TASK}/save", {"text": "Three villages.", "remove": first})
    assert shown(page) == ["gate.png"]
    assert page.form("Hand in").values["text"] == "Three villages."
    assert [name for _work, name in kept(session)] == ["gate.png"]


def test_a_file_can_be_sent_with_the_work_itself(desk: Browser, session: Session) -> None:
    page = press(desk.open(f"{TASK}/"), "Hand in", text="", file=sent())
    assert "Your work is handed in." in page.text
    assert shown(page) == ["Карта.pdf"]
    (work,) = task_stage.works(session)
    assert (work.state, work.text) == ("handed_in", "")


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "map.png", "By its content this is not a file of a kind"),
        (
            files.docx(),
            "map.pdf",
            "By its content this is not a file of a kind that is taken here. Taken are: PDF, PNG.",
        ),
        (files.bomb(), "map.docx", "By its content this is not a file of a kind"),
        (files.pdf()[:-9], "map.pdf", "This file is damaged"),
        (files.pdf(), "map\x1b.pdf", "The name of this file has characters that cannot be shown."),
        (bytes(10 * 1024 * 1024 + 1), "large.pdf", "This file is larger than 10 MB."),
    ],
    ids=["svg", "docx", "bomb", "damaged", "name", "large"],
)
@pytest.mark.parametrize("button", ["Hand in", "Add this file"])
def test_a_refused_file_costs_no_word(
    desk: Browser, session: Session, content: bytes, name: str, reason: str, button: str
) -> None:
    page = press(desk.open(f"{TASK}/"), button, text="My long text.", file=sent(content, name))
    assert page.status == 422
    assert page.errors[0].startswith(reason)
    assert page.form("Hand in").values["text"] == "My long text."
    assert kept(session) == []


def test_a_body_beyond_all_bounds_is_refused_before_it_is_read(desk: Browser) -> None:
    page = press(desk.open(f"{TASK}/"), "Add this file", text="x", file=sent(bytes(12 * 1024 * 1024)))
    assert page.status == 413


def test_nothing_at_all_is_not_handed_in(desk: Browser, session: Session) -> None:
    page = press(desk.open(f"{TASK}/"), "Hand in", text=" ")
    assert page.status == 422
    assert page.errors == ["Please write a text or add a file before you hand in."]
    assert task_stage.works(session) == []


def test_a_task_for_files_has_no_field_for_a_text(browser: Browser, session: Session, lena: Member) -> None:
    task_stage.publish(session, "hand_in: file\nfiles: [pdf]")
    stage.enrol(session, lena)
    desk = browser.signed_in(lena)
    page = press(desk.open(f"{TASK}/"), "Hand in")
    assert page.errors == ["Please add a file before you hand in."]
    assert page.all("textarea[name=text]") == []
    assert "Your work is handed in." in press(desk.open(f"{TASK}/"), "Hand in", file=sent()).text


def test_a_task_for_text_takes_no_file(browser: Browser, session: Session, lena: Member) -> None:
    task_stage.publish(session)
    stage.enrol(session, lena)
    page = browser.signed_in(lena).post(f"{TASK}/save", {"text": "x", "file": sent()})
    assert page.status == 422
    assert session.scalar(select(func.count()).select_from(Upload)) == 0


def test_a_later_version_keeps_the_files_until_they_are_taken_away(
    desk: Browser, browser: Browser, session: Session, tariq: Member
) -> None:
    press(desk.open(f"{TASK}/"), "Hand in", text="First.", file=sent())
    (first,) = task_stage.works(session)
    press(task_stage.page_of(browser, tariq, first), "Send back", comment="More.")
    page = desk.open(f"{TASK}/")
    assert shown(page).count("Карта.pdf") == 2  # to be handed in again, and as it was handed in
    press(desk.open(f"{TASK}/"), "Hand in", text="Second.", file=sent(files.png(), "gate.png"))
    _, second = task_stage.works(session)
    assert kept(session) == [(first.id, "Карта.pdf"), (second.id, "Карта.pdf"), (second.id, "gate.png")]


def test_whoever_marks_gets_the_file_and_nobody_else(
    desk: Browser, browser: Browser, session: Session, tariq: Member, max_: Member, ana: Member
) -> None:
    press(desk.open(f"{TASK}/"), "Hand in", text="x", file=sent())
    (work,) = task_stage.works(session)
    stage.enrol(session, ana)
    page = task_stage.page_of(browser, tariq, work)
    (address,) = [url for name, url in page.links() if name == "Карта.pdf"]
    answer = browser.signed_in(tariq).client.get(address)
    assert (answer.data, answer.headers["Content-Security-Policy"][:7]) == (files.pdf(), "sandbox")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert browser.signed_in(tariq).open(address.rpartition("/")[0] + "/999").status == 404
    assert browser.signed_in(max_).open(address).status == 403
    assert browser.signed_in(ana).open(address).status == 403
    stranger = task_stage.marker(session, "Olga of another course", role="marker")
    assert browser.signed_in(stranger).client.get(address).status_code == 200


def test_a_stranger_stores_nothing(desk: Browser, app: Flask, browser: Browser, max_: Member) -> None:
    desk.open(f"{TASK}/")
    assert browser.signed_in(max_).post(f"{TASK}/save", {"text": "x", "file": sent()}).status == 403
    folder = app.extensions["academy.settings"].instance / "files"
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_two_hand_ins_at_once_are_one(browser: Browser, session: Session, desk: Browser, lena: Member) -> None:
    desk.open(f"{TASK}/")
    pages = [browser.signed_in(lena).open(f"{TASK}/") for _ in range(4)]
    gate = Barrier(4)

    def hand_in(page: Page) -> int:
        gate.wait()
        return press(page, "Hand in", text="x", file=sent()).status

    with ThreadPoolExecutor(4) as crowd:
        assert list(crowd.map(hand_in, pages)) == [200] * 4
    (work,) = task_stage.works(session)
    assert (work.number, work.state) == (1, "handed_in")
    assert kept(session) == [(work.id, "Карта.pdf")]


def test_a_full_store_keeps_the_words_and_nothing_half(desk: Browser, app: Flask, session: Session) -> None:
    page = desk.open(f"{TASK}/")
    folder = app.extensions["academy.settings"].instance / "files"
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.rename(folder.parent / f"away-{path.name}")
    blocked = folder / str(session.scalar(select(Member.id).where(Member.display_name == "Lena")))
    session.commit()
    blocked.write_text("a file where the folder of Lena should be")
    answer = press(page, "Add this file", text="x", file=sent())
    assert answer.status == 503
    assert "Nothing was stored." in answer.text
    assert session.scalar(select(func.count()).select_from(Upload)) == 0
    blocked.unlink()


def test_files_go_with_their_owner_and_are_told_before(
    desk: Browser, app: Flask, session: Session, lena: Member
) -> None:
    press(desk.open(f"{TASK}/"), "Hand in", text="x", file=sent())
    with app.app_context():
        (known,) = knowing.known_of(session, lena.id)["works"]
        assert known["files"] == ["Карта.pdf"]
        accounts.erase(session, member=session.get_one(Member, lena.id), actor=Actor(lena.id, "Lena"), now=clock.now())
        session.commit()
    assert task_stage.works(session) == []
    assert kept(session) == []
