"""Whoever is erased leaves nothing behind: every column of every table and every file kept is searched.

One of two people has a marked word in every text of every table that knows of members; the other lived in the world of
the table of permissions, where what there is was made on pages. What may stay is said below, with the reason.
"""

import io
import json
import os
import tracemalloc
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.jobs import running
from academy.people import data_rights, erasures, takeaway
from academy.people.data_rights import OwnFile
from academy.people.models import Member
from academy.storage import FOLDER
from academy.uploads import store
from academy.uploads.models import Upload, place_of
from courses.certificates.models import Certificate
from tests import makers, world
from tests.browser import Browser
from tests.marked_rows import MARK, Filler, places_of
from tests.snapshot import standing
from tests.stage import Stage

NOON = makers.LONG_AGO
COURSE_WORK = "what the authors of a course wrote in it and about it to each other is the course's, without their names"
REGISTER = "a certificate keeps what the public was told of it: code, course, cohort, rule; name and words are gone"
ALLOWED: Mapping[str, tuple[str, frozenset[str]]] = {
    "certificate": (
        REGISTER,
        frozenset({"code", "cohort_name", "course_title", "how_checked", "language", "texts"}),
    ),
    "certificate_template": ("the academy's wording of a kind of certificate", frozenset({"language", "texts"})),
    "draft_change": (COURSE_WORK, frozenset({"path"})),
    "draft_comment": (COURSE_WORK, frozenset({"guest", "path", "quote", "text"})),
    "draft_file": (COURSE_WORK, frozenset({"path"})),
    "draft_review": (COURSE_WORK, frozenset({"answer", "digest", "request"})),
    "draft_step": (COURSE_WORK, frozenset({"about", "kind"})),
    "edition": (COURSE_WORK, frozenset({"digest"})),
    "edition_file": (COURSE_WORK, frozenset({"path"})),
    "edition_page": (COURSE_WORK, frozenset({"extras", "html", "key", "language"})),
    "enrolment_code": ("a code that opens a course to others", frozenset({"code"})),
    "forum_post": (
        "which act of keepers a line of the site tells of; its number in an old forum",
        frozenset({"deed", "origin"}),
    ),
    "forum_topic": ("its number in an old forum, so that no second import brings it back", frozenset({"origin"})),
    "forum_watched": ("what moderators watch for in posts, for the site", frozenset({"key", "words"})),
    "guest_link": (
        "a guest whom a trainer let read a draft, and which lesson",
        frozenset({"guest", "lesson_key", "token_hash"}),
    ),
    "lesson_text": (COURSE_WORK, frozenset({"course_slug", "key", "language"})),
    "mentorship": ("what the other of the two said is theirs", frozenset({"goal", "mentee_thanks", "topic"})),
    "moderation_case": ("what was decided, in the site's own words: nobody's", frozenset({"kind", "reason"})),
    "moderation_entry": ("what was decided, in the site's own words: nobody's", frozenset({"act"})),
    "moderation_report": ("what was reported, in the site's own words: nobody's", frozenset({"reason"})),
    "release_override": ("when a lesson opens for a cohort", frozenset({"target"})),
    "remarking": ("which answers of a quiz count by now", frozenset({"lesson_key", "questions"})),
    "certificate_batch": (REGISTER, frozenset({"tier"})),
    "certificate_event": (REGISTER, frozenset({"kind"})),
}
"""What stays of a member in each table, and why; everything else goes. None of it says who they were."""


@pytest.fixture
def marked(session: Session) -> int:
    """The number of a member all of whose words are marked."""
    lena, other = makers.member(session, "Lena"), makers.member(session, "Other")
    address = f"{MARK}@example.org"
    theirs = {"email": address, "email_key": address, "display_name": f"{MARK} L", "legal_name": f"{MARK} Legal"}
    number = lena.id
    session.execute(update(Member).where(Member.id == number).values(search_key=f"{MARK} {address}", **theirs))
    session.commit()
    Filler(session, number, other.id).fill()
    return number


def test_a_marked_word_is_in_no_table(browser: Browser, session: Session, marked: int) -> None:
    hers = browser.signed_in(session.get_one(Member, marked))
    before = {table for table, _column in places_of(session, MARK)}
    session.rollback()
    page = hers.open("/account/erase").submit("Erase", sure="y")
    assert "Your account and what was in it are erased." in page.text
    session.expire_all()
    left = set(places_of(session, MARK))
    session.rollback()
    allowed = {(table, column) for table, (_why, columns) in ALLOWED.items() for column in columns}
    assert left <= allowed, f"an eraser has forgotten {sorted(left - allowed)}"
    assert allowed <= left, f"nothing stays any more of {sorted(allowed - left)}: take them off the list"
    assert len(before) > 40


def test_who_lived_on_the_pages_is_in_no_table_and_no_file(stage: Stage, app: Flask, session: Session) -> None:
    del app
    built = standing(stage)[0]
    words = {
        "lena": (world.ADDRESS, world.LEGAL_NAME, world.ANSWER, world.WORK, "Lena"),
        "ana": ("ana@example.org", world.ANA_IN_FULL, "ana-h"),
    }
    for who in words:
        client = built.client(who)
        values = {"csrf_token": built.csrf_token, "sure": "y"}
        assert client.post("/account/erase", data=values).status_code == 303
    sweep(built.app)
    for who, marks in words.items():
        assert (who, sorted(set(places_of(session, *marks)))) == (who, [])
    assert [file for file in files_in(stage.instance) if world.WORK.encode() in file.read_bytes()] == []
    session.rollback()


def sweep(app: Flask) -> None:
    """Let the worker do what the erasure left to it."""
    with app.app_context():
        running.run_due(clock.now())


def files_in(folder: Path) -> Iterator[Path]:
    """Every file that the site keeps for members."""
    return (file for file in (folder / FOLDER).rglob("*") if file.is_file())


@pytest.fixture
def list_of_erased(app: Flask) -> Iterator[Path]:
    """The list beside the database, gone before and after."""
    file: Path = app.extensions["academy.settings"].instance / erasures.NAME
    file.unlink(missing_ok=True)
    yield file
    file.unlink(missing_ok=True)


def test_what_somebody_left_behind_stays_after_a_restore(stage: Stage, app: Flask, list_of_erased: Path) -> None:
    built, snapshot = standing(stage)
    del app
    before = names_on_certificates(stage)
    leave_proof(built)
    assert names_on_certificates(stage) == before
    (listed,) = json.loads(list_of_erased.read_bytes())
    assert listed["kept"] == ["proof"]
    known = erasures.listed(list_of_erased.parent)
    snapshot.restore()  # a backup from before comes back
    with built.app.app_context(), stage.database.transaction() as session:
        assert erasures.erase_again(session, known, clock.now()) == 1
    assert names_on_certificates(stage) == before
    with stage.database.reading() as session:
        assert session.get_one(Member, listed["number"]).state == "erased"
        told = session.scalars(select(AuditEntry.detail).where(AuditEntry.action == "member.erased")).all()
        assert told == ["kept proof"]


def leave_proof(built: world.World) -> None:
    """Lena, who holds a certificate, goes and leaves the name on it."""
    values = {"csrf_token": built.csrf_token, "sure": "y", "kept": "proof"}
    assert built.client("lena").post("/account/erase", data=values).status_code == 303


def names_on_certificates(stage: Stage) -> set[str]:
    with stage.database.reading() as session:
        return set(session.scalars(select(Certificate.holder_name)))


def test_a_wish_that_one_list_forgot_stands_in_the_other(stage: Stage, app: Flask, list_of_erased: Path) -> None:
    built = standing(stage)[0]
    del app
    leave_proof(built)
    (wished,) = erasures.listed(list_of_erased.parent)
    erasures.keep(list_of_erased.parent, [replace(wished, kept=())])  # as a list from before wishes were written down
    with built.app.app_context():
        assert erasures.known() == frozenset({wished})


def test_what_is_taken_away_is_to_be_read_counted_and_opened(app: Flask, browser: Browser, session: Session) -> None:
    lena = makers.member(session, "Lena", legal_name="=1+1", language="ru")
    content = b"a picture of hers"
    digest = "0" * 64
    common = {"member_id": lena.id, "media_type": "image/png", "size": 17, "created_at": NOON}
    session.add(Upload(digest=digest, name="Карта.png", **common))
    session.add(Upload(digest="1" * 64, name="lost.png", **common))
    session.flush()
    number = lena.id
    with app.app_context():
        store.put(place_of(number, digest), content)
    session.commit()
    hers = browser.signed_in(lena).speaking("ru")
    answer = hers.open("/account/data").submit().response
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        (picture,) = (name for name in names if name.startswith("files/"))
        assert (picture.endswith("Карта.png"), archive.read(picture)) == (True, content)
        assert "Это всё, что сайт знал о вас" in archive.read("README.txt").decode()
        assert json.loads(archive.read("data.json"))["account"]["legal_name"] == "=1+1"
        assert "- Legal name: =1+1" in archive.read("data.md").decode()
        assert "Карта.png" in archive.read("tables/files-files.csv").decode("utf-8-sig")
        assert archive.testzip() is None


def test_a_large_archive_is_not_held_in_memory(app: Flask, session: Session, lena: Member) -> None:
    def large(_session: Session, _member_id: int) -> list[OwnFile]:
        return [OwnFile("large.bin", lambda: (os.urandom(2**20) for _piece in range(24)))]

    with app.app_context():
        data_rights.add_files(large)
        try:
            tracemalloc.start()
            packed = takeaway.packed(session, lena.id, clock.now())
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            app.extensions["academy.data_files"].remove(large)
    with packed:
        assert packed.seek(0, io.SEEK_END) > 24 * 2**20
    assert most < 8 * 2**20
