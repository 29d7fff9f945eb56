"""Whoever hides everywhere is named to nobody by what they did, but to those who know them already."""

from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from tests import makers
from tests.alumni import event_stage, mentoring_stage
from tests.alumni.message_stage import alumna, talk
from tests.browser import Browser


def test_zoya_hides_and_is_named_only_where_she_is_known(
    app: Flask, session: Session, browser: Browser, mina: Member
) -> None:
    zoya, vera, nora = (alumna(session, name) for name in ("Zoya", "Vera", "Nora"))
    number = talk(app, session, zoya, vera, "Hello Vera")
    event = event_stage.event(session, zoya)
    browser.signed_in(zoya).open("/alumni/me").submit("Hide me everywhere")
    page = browser.signed_in(nora).open(f"/alumni/events/{event.id}")
    assert "Zoya" not in page.source
    assert "A member" in page.text
    assert "Zoya" not in browser.signed_in(mina).open(f"/alumni/events/{event.id}").source, "nor those who keep order"
    assert "Zoya" in browser.signed_in(vera).open(f"/messages/{number}").text, "whoever they write to knows them"
    assert "Zoya" in browser.signed_in(zoya).open(f"/alumni/events/{event.id}").text
    browser.signed_in(vera).open(f"/messages/{number}").follow("Keep away").submit("Keep away")
    assert "Zoya" not in browser.signed_in(vera).open(f"/alumni/events/{event.id}").text


def test_staff_who_wrote_unasked_do_not_know_whoever_hides(
    app: Flask, session: Session, browser: Browser, mina: Member
) -> None:
    del app
    zoya = alumna(session, "Zoya")
    sent = browser.signed_in(mina).open(f"/messages/new/{zoya.id}").submit("Send", text="Are you well?")
    browser.signed_in(zoya).open("/alumni/me").submit("Hide me everywhere")
    assert "Zoya" not in browser.signed_in(mina).open(sent.url).text
    browser.signed_in(zoya).open(sent.url).submit("Send", text="Yes, thank you.")
    assert "Zoya" in browser.signed_in(mina).open(sent.url).text


def test_a_mentor_who_hides_is_known_to_whoever_they_go_with(app: Flask, session: Session, browser: Browser) -> None:
    ulan, lena = alumna(session, "Ulan"), makers.member(session, "Lena")
    pair = mentoring_stage.pair(app, session, ulan, lena)
    browser.signed_in(ulan).open("/alumni/me").submit("Hide me everywhere")
    browser.signed_in(lena).open(f"/messages/{pair.conversation_id}").follow("Leave").submit("Leave")
    page = browser.signed_in(lena).open(f"/alumni/mentoring/pairs/{pair.id}")
    assert "Ulan" in page.text
