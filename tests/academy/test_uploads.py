"""Files that members hand in: what they are is told by content, and what only pretends is refused with a reason."""

import io
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy import clock, storage
from academy.jobs import running
from academy.people import accounts
from academy.people.actor import Actor
from academy.people.models import Member
from academy.uploads import holders, jobs, queries, service, store
from academy.uploads.models import Upload
from academy.uploads.refusals import LARGEST, FileRefused, StorageFailed
from academy.uploads.service import Parcel, inspected, proper_name
from tests.academy import handed_files as files
from tests.browser import Browser

ALL = ("pdf", "docx", "odt", "png", "jpg")


def sent(content: bytes, name: str = "My work") -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def why(content: bytes, name: str = "My work.docx") -> str:
    with pytest.raises(FileRefused) as refusal:
        inspected(sent(content, name), ALL)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.pdf(), "application/pdf"),
        (files.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (files.odt(), "application/vnd.oasis.opendocument.text"),
        (files.png(), "image/png"),
        (files.jpg(), "image/jpeg"),
    ],
    ids=lambda value: value[-8:] if isinstance(value, str) else "file",
)
def test_a_file_is_what_its_content_is_whatever_it_is_called(content: bytes, media_type: str) -> None:
    for name in ("work", "work.exe", "work.html", "C:\\My papers\\work.pdf"):
        parcel = inspected(sent(content, name), ALL)
        assert (parcel.media_type, parcel.content) == (media_type, content)


NOT_TAKEN = "By its content this is not a file of a kind that is taken here. Taken are: PDF, DOCX, ODT, PNG, JPG."
DAMAGED = "This file is damaged: it cannot be read to its end. Please save it anew and try again."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "This file is empty."),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", NOT_TAKEN),
        (b"<html><script>alert(1)</script>", NOT_TAKEN),
        (b"MZ\x90\0 a program", NOT_TAKEN),
        (b"GIF89a/*", NOT_TAKEN),
        (files.zipped({"letter.txt": "a plain archive"}), NOT_TAKEN),
        (files.zipped({"xl/workbook.xml": "<x/>", "[Content_Types].xml": files.TYPES}), NOT_TAKEN),
        (b"\n<script>" + files.pdf(), NOT_TAKEN),
        (files.pdf()[:-10], DAMAGED),
        (files.docx()[:-30], DAMAGED),
        (files.docx({"../../etc/passwd": "x"}), DAMAGED),
        (files.docx({"/etc/passwd": "x"}), DAMAGED),
        (files.png()[:-6], DAMAGED),
        (files.png().replace(b"IDAT", b"IDAZ"), DAMAGED),
        (files.jpg()[:-2], DAMAGED),
        (files.lying_bomb(), DAMAGED),
        (files.pdf() + files.docx(), "This file is two kinds of files in one."),
        (files.pdf(files.docx()), "This file is two kinds of files in one."),
        (files.bomb(), "This file would unpack to far more than a document needs."),
        (files.docx({f"word/{number}.xml": "" for number in range(2001)}), "This file would unpack to far more"),
        (files.png(40_000, 40_000), "This file would unpack to far more"),
        (files.jpg(width=40_000, height=40_000), "This file would unpack to far more"),
        (files.docx({"word/vbaProject.bin": b"\0"}), "This document contains macros"),
        (files.docx(types=files.MACROS), "This document contains macros"),
        (files.odt({"Basic/Standard/Module.xml": "<x/>"}), "This document contains macros"),
        (files.locked(), "This document is protected by a password."),
        (bytes(LARGEST + 1), "This file is larger than 10 MB."),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "file",
)
def test_what_only_pretends_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    assert why(content).startswith(reason)


def test_what_a_task_does_not_take_is_refused() -> None:
    with pytest.raises(FileRefused, match="Taken are: PDF"):
        inspected(sent(files.png()), ("pdf",))


@given(
    st.sampled_from([files.pdf(), files.docx(), files.odt(), files.png(), files.jpg(files.part(0xE1, files.exif()))]),
    st.data(),
)
def test_no_change_of_bytes_breaks_the_inspector(content: bytes, data: st.DataObject) -> None:
    broken = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with suppress(FileRefused):  # anything else would be a fault page
        inspected(sent(bytes(broken[: data.draw(st.integers(1, len(broken)))])), ALL)


def test_a_photograph_loses_its_place_but_stays_upright() -> None:
    remark, trailer = files.part(0xFE, files.PLACE), b"a second picture"
    parcel = inspected(sent(files.jpg(files.part(0xE1, files.exif(6)), remark) + trailer), ALL)
    assert files.PLACE not in parcel.content
    assert trailer not in parcel.content
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in parcel.content
    upright = inspected(sent(files.jpg(files.part(0xE1, files.exif(1)))), ALL)
    assert upright.content == files.jpg()


def test_a_drawing_loses_its_remarks() -> None:
    parcel = inspected(sent(files.png(remark=files.PLACE) + b"<script>"), ALL)
    assert parcel.content == files.png()


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_real_pictures_stay_the_same_pictures(kind: str) -> None:
    drawn = Image.effect_noise((61, 43), 80).convert("RGB")
    target = io.BytesIO()
    drawn.save(
        target,
        kind,
        **({"progressive": True, "exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"} if kind == "jpeg" else {}),
    )
    cleaned = inspected(sent(target.getvalue()), ALL).content
    assert Image.open(io.BytesIO(cleaned)).tobytes() == Image.open(io.BytesIO(target.getvalue())).tobytes()


@pytest.mark.parametrize(
    "name", ["a\x00b.pdf", "a\nb.pdf", "a\x1bb.pdf", "cod\u202efdp.exe", "..", "", "folder/", "\u2066a.pdf"]
)
def test_names_that_play_tricks_are_refused(name: str) -> None:
    assert why(files.pdf(), name) == (
        "The name of this file has characters that cannot be shown. Please rename it and try again."
    )


def test_a_name_is_kept_as_it_was_typed_without_its_folders() -> None:
    assert proper_name("../../etc/Карта  села.pdf") == "Карта села.pdf"
    assert proper_name("C:\\papers\\نقشه.pdf") == "نقشه.pdf"
    assert why(files.pdf(), "x" * 121).startswith("The name of this file is longer than 120 characters.")


def kept(session: Session, who: Member, content: bytes = b"", name: str = "Карта.pdf") -> Upload:
    parcel = inspected(sent(content or files.pdf(), name), ALL)
    service.store_bytes(parcel, who.id)
    upload = service.add(session, parcel=parcel, member_id=who.id, now=clock.now())
    session.commit()
    return upload


def folder(app: Flask) -> Path:
    return Path(app.extensions["academy.settings"].instance) / "files"


def bytes_kept(app: Flask) -> list[str]:
    return sorted(str(path.relative_to(folder(app))) for path in folder(app).rglob("*") if path.is_file())


def test_a_file_is_only_ever_an_attachment_in_a_box(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    with app.app_context():
        upload = kept(session, lena, name="Карта.html")
    answer = browser.signed_in(lena).client.get(f"/account/files/{upload.id}")
    assert answer.data == files.pdf()
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.mimetype == "application/pdf"
    assert answer.content_length == len(files.pdf())
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "%D0%9A%D0%B0%D1%80%D1%82%D0%B0.html.pdf" in disposition


def test_nobody_reaches_a_file_by_its_number(
    app: Flask, browser: Browser, session: Session, lena: Member, max_: Member, ada: Member
) -> None:
    with app.app_context():
        upload = kept(session, lena)
    for who in (max_, ada):
        assert browser.signed_in(who).open(f"/account/files/{upload.id}").status == 404
    assert browser.signed_in(lena).open("/account/files/999").status == 404


def test_a_member_takes_their_files_along(app: Flask, session: Session, lena: Member) -> None:
    with app.app_context():
        upload = kept(session, lena)
        (known,) = queries.known_of(session, lena.id)["files"]
    assert (known["name"], known["size"]) == ("Карта.pdf", len(files.pdf()))
    assert (known["sha256"], known["address"]) == (upload.digest, f"/account/files/{upload.id}")


def test_erasing_a_member_leaves_no_row_and_no_byte(app: Flask, session: Session, lena: Member, max_: Member) -> None:
    with app.app_context():
        kept(session, lena), kept(session, lena, files.png()), kept(session, max_)
        accounts.erase(session, member=session.get_one(Member, lena.id), actor=Actor(lena.id, "Lena"), now=clock.now())
        session.commit()
        running.run_due(clock.now() + timedelta(minutes=1))
    assert session.scalars(select(Upload.member_id)).all() == [max_.id]
    assert [place.split("/")[0] for place in bytes_kept(app)] == [str(max_.id)]


def test_there_is_a_bound_to_what_one_member_keeps(session: Session, lena: Member) -> None:
    now = clock.now()
    session.add_all(
        Upload(member_id=lena.id, digest=str(n) * 64, name="x", media_type="x", size=LARGEST, created_at=now)
        for n in range(10)
    )
    session.add_all(
        Upload(member_id=lena.id, digest="a" * 64, name="x", media_type="x", size=LARGEST, created_at=now)
        for _ in range(10)
    )
    session.flush()
    with pytest.raises(FileRefused, match="reached the space"):
        service.add(session, parcel=Parcel("x", "x", b"x"), member_id=lena.id, now=now)


def test_what_nothing_holds_is_cleared_away_after_a_day(app: Flask, session: Session, lena: Member) -> None:
    with app.app_context():
        held = kept(session, lena)
        kept(session, lena, files.png())
        storage.put(f"{lena.id}/{'f' * 64}", b"bytes whose row was never written")
        holders.add(lambda _session, _ids: {held.id})
        try:
            jobs.sweep({}, clock.now() + timedelta(hours=23))
            assert len(bytes_kept(app)) == 3
            jobs.sweep({}, clock.now() + timedelta(hours=25))
        finally:
            app.extensions["academy.upload_holders"].pop()
    session.expire_all()
    assert session.scalars(select(Upload.id)).all() == [held.id]
    assert bytes_kept(app) == [held.place]


@contextmanager
def small_files_only(most: int) -> Iterator[None]:
    """The operating system lets this process write no file larger than so much, as when a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)


def test_a_full_disk_keeps_nothing_half(app: Flask, lena: Member) -> None:
    with app.app_context():
        store.put(f"{lena.id}/{'1' * 64}", b"small")
        with small_files_only(100_000), pytest.raises(StorageFailed) as refusal:
            store.put(f"{lena.id}/{'2' * 64}", bytes(3_000_000))
    assert refusal.value.status == 503
    assert "Nothing was stored." in str(refusal.value)
    assert bytes_kept(app) == [f"{lena.id}/{'1' * 64}"]


KILLED = """
import sys
from pathlib import Path
from tests.stage import test_settings
from wsgi import create_app
app = create_app(test_settings(Path(sys.argv[1]), sys.argv[2]))
with app.app_context():
    from academy import storage
    print("ready", flush=True)
    for number in range(10_000):
        storage.put(f"7/{number:064d}", bytes(9_000_000))
"""


@pytest.mark.slow
def test_killed_in_the_middle_of_a_file_there_is_no_half_of_it(app: Flask) -> None:
    settings = app.extensions["academy.settings"]
    command = [sys.executable, "-c", KILLED, str(settings.instance), settings.database_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "ready"
        time.sleep(0.35)
        os.kill(writer.pid, signal.SIGKILL)
    whole = [path for path in folder(app).rglob("*") if path.is_file() and "#" not in path.name]
    assert all(path.stat().st_size == 9_000_000 for path in whole)
    with app.app_context():
        jobs.sweep({}, clock.now() + timedelta(days=2))
    assert bytes_kept(app) == []


def test_a_web_process_does_not_carry_the_store_until_a_file_is_touched() -> None:
    asked = "import sys, wsgi; app = wsgi.create_app(); print('obstore' in sys.modules)"
    environment = {**os.environ, "ACADEMY_DEVELOPMENT": "1"}
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "False"


def test_no_file_is_counted_twice(app: Flask, session: Session, lena: Member) -> None:
    with app.app_context():
        first, second = kept(session, lena), kept(session, lena)
    assert first.id != second.id
    assert session.scalar(select(func.count()).select_from(Upload)) == 2
    assert len(bytes_kept(app)) == 1
