"""What holders do with their certificates: every form of them, one record of all, a link into a profile."""

import io
import json
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.certificates.models import Certificate
from courses.credentials import queries
from courses.shares import counting
from tests.browser import Browser
from tests.courses import certified


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate, signed."""
    return certified.signed(app, session, lena)


@pytest.mark.usefixtures("certificate")
def test_every_form_is_one_press_away(browser: Browser, lena: Member) -> None:
    page = browser.signed_in(lena).open("/my/certificates")
    forms = {
        "Download the PDF": "application/pdf",
        "Picture to share": "image/png",
        "Signed credential": "application/vc+ld+json",
        "Badge (PNG)": "image/png",
        "Badge (SVG)": "image/svg+xml",
        "Download my record": "application/pdf",
    }
    assert {label: page.follow(label).response.mimetype for label in forms} == forms


def test_a_second_page_in_another_language(browser: Browser, certificate: Certificate, lena: Member) -> None:
    hers = browser.signed_in(lena)
    pages = {
        query: [page.extract_text() for page in _pages(hers.open(f"/c/{certificate.code}.pdf{query}").response.data)]
        for query in ("", "?second=ru", "?second=en", "?second=xx", "?lang=ru&second=en")
    }
    assert [len(each) for each in pages.values()] == [1, 2, 1, 1, 2]
    assert "November 22, 2026" in pages["?second=ru"][0]
    assert "22 ноября 2026" in pages["?second=ru"][1]


def test_the_record_holds_what_stands(
    app: Flask, browser: Browser, session: Session, certificate: Certificate, lena: Member, max_: Member
) -> None:
    words = " ".join(
        page.extract_text()
        for page in _pages(browser.signed_in(lena).open("/my/certificates/record.pdf").response.data)
    )
    for told in ("Record of certificates", "Елена Сәтбекқызы", "First steps", "4 hours of study", certificate.code):
        assert told in words
    assert browser.signed_in(max_).open("/my/certificates/record.pdf").status == 404
    certified.withdrawn(app, session, certificate)
    assert browser.signed_in(lena).open("/my/certificates/record.pdf").status == 404
    assert "Download my record" not in browser.signed_in(lena).open("/my/certificates").text


def test_the_record_for_programs_is_signed_around_signed_credentials(
    browser: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    hers = browser.signed_in(lena)
    signed = json.loads(hers.open("/my/certificates/record.json").response.data)
    assert signed["type"] == ["VerifiableCredential", "ClrCredential"]
    key = queries.current_key(session)
    assert key is not None
    assert signed["proof"]["verificationMethod"] == f"{key.did}#{key.name}"
    (member,) = signed["credentialSubject"]["verifiableCredential"]
    assert member == json.loads(queries.credential_bytes(session, certificate.code) or b"")
    session.rollback()
    assert [hers.open("/my/certificates/record.json").status for _ in range(6)] == [200] * 5 + [429]


def test_a_link_into_a_profile_says_what_the_paper_says_and_no_name(
    browser: Browser, certificate: Certificate, lena: Member
) -> None:
    links = browser.signed_in(lena).open("/my/certificates").links()
    (address,) = (url for label, url in links if "LinkedIn" in label)
    told = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (told["name"], told["issueYear"], told["issueMonth"]) == ("First steps", "2026", "11")
    assert (told["certUrl"], told["certId"]) == (f"http://localhost/c/{certificate.code}", certificate.code)
    assert "Елена" not in " ".join(told.values())


def test_lena_reads_how_often_it_was_checked(
    app: Flask, browser: Browser, certificate: Certificate, lena: Member
) -> None:
    hers = browser.signed_in(lena)
    assert "Nobody has checked it yet." in hers.open("/my/certificates").text
    for _ in range(3):
        browser.open(f"/c/{certificate.code}")
    with app.app_context():
        counting.the_counts().write()
    assert "It was checked 3 times. 3 of them this month." in hers.open("/my/certificates").text


def _pages(pdf: bytes) -> list[pypdf.PageObject]:
    return list(pypdf.PdfReader(io.BytesIO(pdf)).pages)
