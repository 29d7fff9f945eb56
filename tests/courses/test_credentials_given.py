"""Who gets the signed credential, and the badges that carry it."""

import json
import struct
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openbadgeslib.baking import ITXT_KEYWORD_OB3, SVG_ELEMENT_OB3, extract_png, extract_svg
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people import queries as people
from academy.people.models import Member
from courses.certificates import service, templates
from courses.certificates.models import Certificate
from courses.certificates.templates import Said
from courses.credentials import jobs, queries
from tests.browser import Browser
from tests.courses.certified import NOON, course, issued, learns, withdrawn
from tests.queries import QueryCount

CREDENTIAL = "application/vc+ld+json"


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate, signed; she keeps her name back."""
    course(session)
    lena.legal_name = "Lena Müller"
    made = issued(app, session, learns(session, lena))
    with app.app_context():
        jobs.pump(NOON)
    return made


def shown(app: Flask, session: Session, certificate: Certificate) -> None:
    """Lena lets her name be seen."""
    with app.app_context():
        service.show_name(session, certificate=certificate, shown=True, by=None, now=NOON)  # type: ignore[arg-type]
    session.commit()


def client_of(browser: Browser, who: Member | None = None) -> FlaskClient:
    """The bare client of a browser, for what is no page."""
    return (browser.signed_in(who) if who else browser).client


def test_a_stranger_gets_the_facts_alone(browser: Browser, certificate: Certificate) -> None:
    answer = client_of(browser).get(f"/c/{certificate.code}.json")
    assert answer.json is not None
    assert answer.json["status"] == "valid"
    assert b"Lena" not in answer.data


def test_the_holder_gets_the_credential_as_it_was_signed(
    session: Session, browser: Browser, lena: Member, certificate: Certificate
) -> None:
    answer = client_of(browser, lena).get(f"/c/{certificate.code}.json")
    assert answer.mimetype == CREDENTIAL
    assert answer.data == queries.credential_bytes(session, certificate.code)
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "no-store" in answer.headers["Cache-Control"]


def test_all_the_web_gets_it_when_the_holder_shows_it(
    app: Flask, session: Session, browser: Browser, certificate: Certificate
) -> None:
    shown(app, session, certificate)
    client = client_of(browser)
    answer = client.get(f"/c/{certificate.code}", headers={"Accept": CREDENTIAL})
    assert json.loads(answer.data)["proof"]["type"] == "DataIntegrityProof"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    again = client.get(f"/c/{certificate.code}.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    plain = client.get(f"/c/{certificate.code}", headers={"Accept": "application/json"})
    assert plain.json is not None
    assert plain.json["status"] == "valid"


def test_a_withdrawn_one_is_given_to_no_stranger(
    app: Flask, session: Session, browser: Browser, certificate: Certificate
) -> None:
    shown(app, session, certificate)
    withdrawn(app, session, certificate)
    answer = client_of(browser).get(f"/c/{certificate.code}.json")
    assert answer.json is not None
    assert answer.json["status"] == "withdrawn"
    assert b"Lena" not in answer.data


def test_a_browser_gets_the_page(browser: Browser, certificate: Certificate) -> None:
    chrome = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
    assert client_of(browser).get(f"/c/{certificate.code}", headers={"Accept": chrome}).mimetype == "text/html"
    assert client_of(browser).get(f"/c/{certificate.code}").mimetype == "text/html"


def test_badges_carry_the_credential(
    session: Session, browser: Browser, lena: Member, certificate: Certificate
) -> None:
    signed = queries.credential_bytes(session, certificate.code)
    session.rollback()
    assert signed is not None
    client = client_of(browser, lena)
    png, svg = (client.get(f"/c/{certificate.code}/badge.{shape}").data for shape in ("png", "svg"))
    assert extract_png(png, keyword=ITXT_KEYWORD_OB3) == signed.decode()
    assert extract_svg(svg, element=SVG_ELEMENT_OB3, text_fallback=True) == signed.decode()
    assert struct.unpack(">II", png[16:24]) == (600, 600)
    assert sums_are_right(png)


def sums_are_right(png: bytes) -> bool:
    """Whether every piece of a PNG file has the sum it says."""
    place, right = 8, True
    while place < len(png):
        size = int.from_bytes(png[place : place + 4], "big")
        piece, told = png[place + 4 : place + 8 + size], png[place + 8 + size : place + 12 + size]
        right, place = right and zlib.crc32(piece).to_bytes(4, "big") == told, place + 12 + size
    return right


def test_before_it_is_signed_there_is_no_badge(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    course(session)
    lena.legal_name = "Lena Müller"
    made = issued(app, session, learns(session, lena))
    page = browser.signed_in(lena).open(f"/c/{made.code}/badge.png")
    assert page.status == 409
    assert "being signed" in page.text


def test_what_the_public_documents_cost(
    app: Flask, certificate: Certificate, query_count: Callable[[], AbstractContextManager[QueryCount]]
) -> None:
    del certificate
    client, counted = app.test_client(), {}
    for address in ("/.well-known/did.json", "/status/revocation/1", "/achievements/first-steps.1.completion"):
        with query_count() as count:
            answer = client.get(address, headers={"Accept": CREDENTIAL})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "max-age=300" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
        counted[address] = count.total
    assert list(counted.values()) == [1, 1, 2]
    assert client.get("/status/revocation/2").status_code == 404


def test_an_achievement_has_a_page(browser: Browser, certificate: Certificate) -> None:
    del certificate
    page = browser.open("/achievements/first-steps.1.completion")
    assert page.heading == "First steps"
    assert "Pass every quiz with 75 % or more." in page.text
    assert browser.open("/achievements/first-steps.1.participation").status == 404
    assert browser.open("/achievements/first-steps.²").status == 404


def test_an_achievement_without_a_course_keeps_what_it_said(
    app: Flask, session: Session, browser: Browser, lena: Member, ada: Member
) -> None:
    lena.legal_name = "Lena Müller"
    said = Said("service", "en", {"en": {"title": "Two years of service", "text": "Led the circle."}}, 40, 0)
    with app.test_request_context():
        by = people.as_actor(session, ada)
        template = templates.make(session, said=said, by=by, now=NOON)
        templates.give(session, template=template, member_id=lena.id, by=by, now=NOON)
        later = replace(said, texts={"en": {"title": "Long service", "text": "Led it for long."}})
        templates.change(session, template=template, said=later, by=by, now=NOON)
        session.commit()
        jobs.pump(NOON)
    (code,) = session.scalars(select(Certificate.code))
    signed = json.loads(queries.credential_bytes(session, code) or b"{}")
    session.rollback()
    achieved = signed["credentialSubject"]["achievement"]
    assert achieved["achievementType"] == "CommunityService"
    page = browser.open(achieved["id"].removeprefix("http://localhost"))
    assert page.heading == "Two years of service"
    assert browser.open("/achievements/service.1.000000000000").status == 404
