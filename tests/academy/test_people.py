"""Stories of accounts: registering, signing in and out, passwords, links by mail."""

from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import UNCONFIRMED, Member
from tests.academy.people_stage import letters, link_in, member, register, sign_in, with_password
from tests.browser import Browser


def test_zarina_registers_confirms_and_signs_in(app: Flask, browser: Browser) -> None:
    assert register(browser, "Zarina@Example.org").heading == "Look into your mail"
    (letter,) = letters(app)
    page = browser.open(link_in(letter))
    assert page.heading == "Confirm your address"
    assert member(app, "zarina@example.org").state == UNCONFIRMED, "opening the page must not act"
    assert "confirmed" in page.submit("Confirm").notice
    assert sign_in(browser, "zarina@EXAMPLE.org", target="/account/").heading == "Your account"


def test_lena_signs_out_and_is_out(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    assert sign_in(browser, "lena@example.org", target="/account/").heading == "Your account"
    kept = browser.client.get_cookie("session")
    assert kept is not None
    page = browser.open("/account/").submit("Sign out")
    assert page.heading == "Sign in"
    browser.client.set_cookie("session", kept.value)
    assert browser.open("/account/").heading == "Sign in", "a stolen cookie is worth nothing after signing out"
