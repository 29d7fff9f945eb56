"""Checks by strangers: of one code, of files they were handed, of long lists, and of what holders show by links."""

import csv
import io
import json
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy.audit.models import AuditEntry
from academy.people import data_rights
from academy.people.models import Member
from courses.certificates import offline, papers
from courses.certificates.codes import new_code
from courses.certificates.models import Certificate
from courses.credentials import queries
from courses.shares import counting
from courses.shares import queries as shares
from courses.shares.models import CertificateShare
from tests.browser import Browser, Page
from tests.courses import certified
from tests.courses.certified import NOON
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate, signed."""
    return certified.signed(app, session, lena)


def checked(browser: Browser, certificate: Certificate) -> Page:
    """The page of the code, as anybody sees it."""
    return browser.open(f"/c/{certificate.code}")


def test_what_has_expired_says_since_when(browser: Browser, session: Session, certificate: Certificate) -> None:
    certificate.expires_at = datetime.now(NOON.tzinfo) + timedelta(days=40)
    session.commit()
    assert "It counts until" in checked(browser, certificate).text
    certificate.expires_at = NOON
    session.commit()
    page = checked(browser, certificate)
    assert page.text_of(".status-words") == "This certificate has expired"
    assert "It was valid until November 22, 2026." in page.text
    assert browser.open(f"/c/{certificate.code}.json").response.get_json()["status"] == "expired"


def test_a_document_written_anew_says_so(browser: Browser, session: Session, certificate: Certificate) -> None:
    assert "written anew" not in checked(browser, certificate).text
    certificate.version = 2
    session.commit()
    page = checked(browser, certificate)
    assert page.text_of(".status-words") == "This certificate is valid"


def test_the_page_is_drawn_anew_when_its_answer_changes(
    app: Flask, browser: Browser, session: Session, certificate: Certificate
) -> None:
    tags = [checked(browser, certificate).response.headers["ETag"]]
    tags.append(checked(browser, certificate).response.headers["ETag"])
    certificate.shows_name = True
    session.commit()
    tags.append(checked(browser, certificate).response.headers["ETag"])
    certified.withdrawn(app, session, certificate)
    page = checked(browser, certificate)
    assert page.text_of(".status-words") == "This certificate was withdrawn"
    assert tags[0] == tags[1] != tags[2] != page.response.headers["ETag"]


def test_a_check_asks_the_database_once(browser: Browser, certificate: Certificate, query_count: Counter) -> None:
    for _ in range(2):
        with query_count() as count:
            checked(browser, certificate)
        # Where tests run slowly, counts that waited long enough are written too.
        assert len([each for each in count.statements if each.startswith("SELECT")]) == 1, count.statements


def test_only_the_check_page_may_use_the_camera(browser: Browser, certificate: Certificate) -> None:
    powers = browser.open("/verify/").response.headers["Permissions-Policy"]
    assert ("camera=(self)" in powers, "microphone=()" in powers) == (True, True)
    assert "camera=()" in checked(browser, certificate).response.headers["Permissions-Policy"]


def test_what_a_phone_keeps_names_no_code(
    app: Flask, browser: Browser, session: Session, certificate: Certificate
) -> None:
    app.extensions.pop("academy.check_lists", None)
    known = browser.open("/verify/list.json").response.get_json()
    (key,) = queries.keys(session)
    session.rollback()
    assert known["keys"] == {key.name.removeprefix("key-"): key.public}
    assert (known["titles"], known["withdrawn"]) == ({"first-steps": "First steps"}, {})
    certified.withdrawn(app, session, certificate)
    with app.app_context():
        again = offline.listing(session, NOON)
    assert again["withdrawn"] == {offline.mark(certificate.code): "It had been issued by mistake."}
    assert certificate.code not in json.dumps(again)


def test_a_file_is_recognised_whatever_it_is(
    browser: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    credential = credential_of(session, certificate)
    sheet = browser.signed_in(lena).open(f"/c/{certificate.code}.pdf").response.data
    picture = browser.signed_in(lena).open(f"/c/{certificate.code}.png").response.data
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><a><![CDATA[' + credential + b"]]></a></svg>"
    for content in (credential, sheet, svg, baked(credential, squeezed=True), baked(credential, squeezed=False)):
        answer = handed(browser, content)
        assert answer.text_of(".status-words") == "This certificate is valid"
        assert "exactly the one we signed" in answer.text
    assert "holds no signed credential" in handed(browser, picture).text


def test_a_changed_file_is_told_from_a_good_one(browser: Browser, session: Session, certificate: Certificate) -> None:
    credential = credential_of(session, certificate)
    changed = credential.replace("Сәтбекқызы".encode(), "Маратқызы".encode())
    assert changed != credential
    answer = handed(browser, changed)
    assert "is not the one we signed last" in answer.text
    assert "Сәтбекқызы" not in answer.source
    stranger = credential.replace(certificate.code.encode(), new_code().encode())
    session.rollback()
    assert handed(browser, stranger).text_of(".status-words") == "We do not know this certificate"


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"%PDF-1.7 /Length 9/Type/EmbeddedFile",
        b"%PDF-1.7 <</Length 99999/Type/EmbeddedFile/Filter/FlateDecode>>\nstream\nx",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"\x89PNG\r\n\x1a\n\0\0\0\x04iTXtabcd",
        b"[" * 100_000,
        b'{"id": 5}',
        b'{"id": "http://[/c/7F3K"}',
        b"<svg>" + b"<![CDATA[" * 9000,
        b"<svg>" + b"<![CDATA[{" * 20_000 + b"}",
        b"<svg>" + b"<![CDATA[x]]]]><![CDATA[>" * 9000,
        b"%PDF-1.7 " + b"<</EmbeddedFile" * 15_000,
        b"%PDF-1.7 <</EmbeddedFile" + b"<</EmbeddedFile>>" * 14_000,
        bytes(range(256)) * 900,
    ],
)
def test_a_hostile_file_is_only_unknown(content: bytes) -> None:
    assert papers.read(content).code is None


def test_words_that_would_end_a_part_of_a_drawing_stay_whole() -> None:
    told = '{"id": "http://x/c/7F3K-92QD-X1MB-4TGH", "a": "]]>"}'
    svg = f"<svg><![CDATA[{told.replace(']]>', ']]]]><![CDATA[>')}]]></svg>"
    assert papers.read(svg.encode()) == papers.Paper("7F3K-92QD-X1MB-4TGH", told)


def test_a_bomb_in_a_file_is_not_unpacked() -> None:
    bomb = zlib.compress(b" " * 60_000_000, 9)
    head = f"%PDF-1.7 <</Length {len(bomb)}/Type/EmbeddedFile/Filter/FlateDecode>>\nstream\n"
    found = papers.read(head.encode() + bomb)
    assert found == papers.Paper(None, "")


def test_no_file_and_too_large_a_file_are_errors_beside_the_field(browser: Browser) -> None:
    page = browser.open("/verify/file")
    assert page.submit("Check the file").errors == ["Please choose a file."]
    assert handed(browser, b"x" * (papers.MOST_BYTES + 1)).status in {413, 422}


def test_a_list_is_answered_line_by_line(
    app: Flask, browser: Browser, session: Session, certificate: Certificate
) -> None:
    other = new_code()
    page = browser.open("/verify/many")
    answer = page.submit("Show the answers", codes=f"Code,Name\n{certificate.code},Lena\n{other.lower()}\n\n")
    assert "1 certificate is valid." in answer.text
    assert "1 code is unknown." in answer.text
    assert "Lena" not in answer.text.partition("Your list")[0]
    certified.withdrawn(app, session, certificate)
    again = page.submit("Show the answers", codes=certificate.code)
    assert "1 was withdrawn." in again.text
    notes = session.scalars(select(AuditEntry).where(AuditEntry.action == "certificates.checked")).all()
    assert [note.detail for note in notes] == ["2 codes: valid 1 unknown 1", "1 codes: withdrawn 1"]


def test_a_list_comes_back_as_a_table_without_formulas(browser: Browser, certificate: Certificate) -> None:
    risky = "=7F3K-92QD-X1MB-4TGH"
    data = {"codes": "", "table": FileStorage(io.BytesIO(f"{certificate.code}\n{risky}\n".encode()), "list.csv")}
    response = browser.post("/verify/many", {**data, "as": "table"}).response
    assert response.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [[certificate.code, "Valid", "First steps"], [f"'{risky}", "Unknown", ""]]


def test_five_hundred_codes_cost_no_more_questions_than_two(
    browser: Browser, certificate: Certificate, query_count: Counter
) -> None:
    page, asked = browser.open("/verify/many"), []
    for size in (2, 500):
        with query_count() as count:
            page.submit("Show the answers", codes="\n".join([certificate.code, *(new_code() for _ in range(size - 1))]))
        asked.append(count.total)
    assert asked[0] == asked[1]
    refused = page.submit("Show the answers", codes="\n".join(new_code() for _ in range(501)))
    assert (refused.status, refused.errors) == (422, ["At most 500 codes are answered at once. Please split the list."])
    assert page.submit("Show the answers", codes="hello").errors != []


def test_lists_are_limited(browser: Browser, certificate: Certificate) -> None:
    page = browser.open("/verify/many")
    answers = [page.submit("Show the answers", codes=certificate.code).status for _ in range(7)]
    assert answers == [200] * 6 + [429]


def test_a_link_shows_what_its_holder_chose(
    browser: Browser, certificate: Certificate, lena: Member, max_: Member
) -> None:
    hers = browser.signed_in(lena)
    page = hers.open(f"/my/certificates/{certificate.code}/links")
    assert "There is no link" in page.text
    listed = page.submit("Make the link", name=True, days="7")
    address = listed.text_of("bdi.code").removeprefix("http://localhost")
    opened = browser.signed_in(max_).open(address)
    assert "It was issued to Елена Сәтбекқызы." in opened.text
    assert "Download the PDF" not in opened.text
    assert [browser.open(f"{address}/{part}").status for part in ("sheet.pdf", "picture.png", "credential.json")] == [
        404
    ] * 3
    assert "Елена" not in checked(browser, certificate).source
    for wrong in (address[:-1], f"/c/{new_code()}/{address.rpartition('/')[2]}"):
        assert browser.open(wrong).status == 404
    hers.open(f"/my/certificates/{certificate.code}/links").submit("End this link")
    assert browser.open(address).status == 404


def test_a_link_gives_files_until_its_time_is_over(
    app: Flask, browser: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    page = browser.signed_in(lena).open(f"/my/certificates/{certificate.code}/links")
    listed = page.submit("Make the link", sheet=True, credential=True, days="7")
    address = listed.text_of("bdi.code").removeprefix("http://localhost")
    assert browser.open(f"{address}/credential.json").response.data == credential_of(session, certificate)
    types = [browser.open(f"{address}/{part}").response.mimetype for part in ("sheet.pdf", "picture.png")]
    assert types == ["application/pdf", "image/png"]
    session.rollback()
    share = session.scalars(select(CertificateShare)).one()
    share.ends_at = NOON - timedelta(days=1000)
    session.commit()
    assert [browser.open(address + part).status for part in ("", "/sheet.pdf")] == [404, 404]
    share.ends_at = None
    session.commit()
    certified.withdrawn(app, session, certificate)
    assert [browser.open(address + part).status for part in ("", "/sheet.pdf", "/credential.json")] == [200, 404, 404]


def test_links_go_with_their_holder(
    app: Flask, browser: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    page = browser.signed_in(lena).open(f"/my/certificates/{certificate.code}/links")
    address = page.submit("Make the link", name=True, days="0").text_of("bdi.code").removeprefix("http://localhost")
    with app.app_context():
        (known,) = data_rights.export(session, lena.id)["certificate_links"]["links"]
        assert (known["code"], known["shows_name"], known["ends_at"]) == (certificate.code, True, None)
        data_rights.erase(session, lena.id)
        session.commit()
    assert browser.open(address).status == 404
    assert checked(browser, certificate).text_of(".status-words") == "This certificate is valid"


def test_checks_are_counted_and_nothing_else_is_kept(
    app: Flask, browser: Browser, session: Session, certificate: Certificate, lena: Member, max_: Member
) -> None:
    for who in (browser, browser, browser.signed_in(max_), browser.signed_in(lena)):
        who.open(f"/c/{certificate.code}")
    browser.open(f"/c/{certificate.code}.json")
    with app.app_context():
        counts = counting.the_counts()
    for _ in range(2):
        counts.write()
    month = counting.month_of(datetime.now(NOON.tzinfo))
    code = certificate.code
    session.rollback()
    assert shares.checks_of(session, [code], month) == {code: shares.Checks(4, 4)}
    session.rollback()
    browser.open(f"/c/{code}")
    counts.write()
    assert shares.checks_of(session, [code], month + 1) == {code: shares.Checks(5, 0)}


def credential_of(session: Session, certificate: Certificate) -> bytes:
    """The signed credential."""
    found = queries.credential_bytes(session, certificate.code)
    session.rollback()
    assert found is not None
    return found


def handed(browser: Browser, content: bytes) -> Page:
    """What the site says of a file."""
    return browser.post("/verify/file", {"paper": FileStorage(io.BytesIO(content), "paper")})


def baked(credential: bytes, *, squeezed: bool) -> bytes:
    """A PNG that carries a credential, as badges do."""
    words = zlib.compress(credential) if squeezed else credential
    data = b"openbadgecredential\0" + (b"\1" if squeezed else b"\0") + b"\0\0\0" + words
    chunks = [(b"IHDR", bytes(13)), (b"iTXt", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + kind + body + b"sums" for kind, body in chunks
    )
