"""Stories of accounts: registering, signing in and out, forgotten passwords, links by mail."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import UNCONFIRMED, Member
from tests.academy.people_stage import (
    OTHER,
    PHRASE,
    letters,
    link_in,
    member,
    register,
    sign_in,
    with_password,
)
from tests.browser import Browser


def test_zarina_registers_confirms_and_signs_in(app: Flask, browser: Browser) -> None:
    assert register(browser, "Zarina@Example.org").heading == "Look into your mail"
    (letter,) = letters(app)
    page = browser.open(link_in(letter))
    assert page.heading == "Confirm your address"
    assert member(app, "zarina@example.org").state == UNCONFIRMED, "opening the page must not act"
    assert "confirmed" in page.submit("Confirm").notice
    assert sign_in(browser, "zarina@EXAMPLE.org", target="/account/").heading == "Your account"


def test_whoever_did_not_open_the_letter_cannot_sign_in(browser: Browser) -> None:
    register(browser, "zarina@example.org")
    assert sign_in(browser, "zarina@example.org").status == 422


def test_a_stranger_who_registered_first_does_not_keep_the_account(app: Flask, browser: Browser) -> None:
    register(browser, "zarina@example.org", name="Not Zarina", password=OTHER)
    register(browser, "zarina@example.org")
    _strangers, hers = letters(app)
    browser.open(link_in(hers)).submit("Confirm")
    assert sign_in(browser, "zarina@example.org", OTHER).status == 422
    assert sign_in(browser, "zarina@example.org", target="/account/").heading == "Your account"
    assert member(app, "zarina@example.org").display_name == "Zarina"
    assert browser.open(link_in(_strangers)).status == 404


def test_registering_tells_a_stranger_nothing(app: Flask, browser: Browser, lena: Member) -> None:
    known = register(browser, lena.email).source
    fresh = register(browser, "new@example.org").source
    assert known == fresh
    assert [letter.subject for letter in letters(app)] == ["About your account", "Please confirm your address"]
    assert member(app, lena.email).display_name == "Lena"


def test_a_forgotten_password_tells_a_stranger_nothing(app: Flask, browser: Browser, lena: Member) -> None:
    pages = [browser.open("/account/forgotten").submit(email=email).source for email in (lena.email, "no@example.org")]
    assert pages[0] == pages[1]
    assert [letter.subject for letter in letters(app)] == ["A link you asked for", "About your request"]


def test_signing_in_tells_a_stranger_nothing(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    wrong, unknown = (sign_in(browser, email, OTHER) for email in (lena.email, "no@example.org"))
    assert wrong.errors == unknown.errors
    assert (wrong.status, unknown.status) == (422, 422)


def test_lena_signs_out_and_is_out(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    assert sign_in(browser, lena.email, target="/account/").heading == "Your account"
    kept = browser.client.get_cookie("session")
    assert kept is not None
    assert browser.open("/account/").submit("Sign out").heading == "Sign in"
    browser.client.set_cookie("session", kept.value)
    assert browser.open("/account/").heading == "Sign in", "a stolen cookie is worth nothing after signing out"


def test_signing_out_needs_a_post_with_a_token(browser: Browser, lena: Member) -> None:
    hers = browser.signed_in(lena)
    assert hers.open("/account/sign-out").status == 405
    assert hers.client.post("/account/sign-out").status_code == 400
    assert hers.open("/account/").heading == "Your account"


def test_a_planted_cookie_does_not_survive_the_sign_in(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    with_password(app, session, lena)
    with browser.client.session_transaction() as cookie:
        cookie["planted"] = "by a stranger"
    sign_in(browser, lena.email)
    with browser.client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_lena_is_led_back_to_where_she_wanted_to_go(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    with_password(app, session, lena)
    page = browser.open("/account/sessions")
    assert page.heading == "Sign in"
    page = page.submit("Sign in", email=lena.email, password=PHRASE)
    assert page.heading == "Devices that are signed in"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https://evil.example/account/",
        "javascript:alert(1)",
        " //evil.example",
        "/%09/evil.example",
        "////evil.example",
        "/account/sign-out",
        "/nowhere",
    ],
)
def test_nobody_is_led_away(app: Flask, browser: Browser, session: Session, lena: Member, target: str) -> None:
    with_password(app, session, lena)
    token = browser.csrf()
    response = browser.client.post(
        "/account/sign-in",
        query_string={"next": target},
        data={"csrf_token": token, "email": lena.email, "password": PHRASE},
    )
    assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_lena_forgot_her_password(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    elsewhere = browser.signed_in(lena)
    browser.open("/account/forgotten").submit(email=lena.email)
    link = link_in(letters(app)[-1])
    assert browser.open(link).submit("Set", password="short").errors == ["Please use at least 12 characters."]
    assert "new password is set" in browser.open(link).submit("Set", password=OTHER).notice
    assert elsewhere.open("/account/").heading == "Sign in", "a new password ends every sign-in"
    assert browser.open(link).status == 404, "a link works once"
    assert sign_in(browser, lena.email).status == 422
    assert sign_in(browser, lena.email, OTHER, target="/account/").heading == "Your account"
    assert letters(app)[-1].subject == "Your password was changed"


def test_an_old_link_opens_nothing(app: Flask, browser: Browser, lena: Member) -> None:
    browser.open("/account/forgotten").submit(email=lena.email)
    link = link_in(letters(app)[-1])
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        assert browser.open(link).status == 404


def test_a_link_for_one_purpose_serves_no_other(app: Flask, browser: Browser, lena: Member) -> None:
    browser.open("/account/forgotten").submit(email=lena.email)
    secret = link_in(letters(app)[-1]).rsplit("/", 1)[1]
    assert browser.open(f"/account/confirm/{secret}").status == 404
    assert browser.open(f"/account/email/confirm/{secret}").status == 404
    assert browser.open(f"/account/reset/{secret}").status == 200
