"""Stories of accounts: registering, signing in and out, passwords, links by mail, devices."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import SUSPENDED, UNCONFIRMED, Member, SignIn
from tests.academy.people_stage import (
    OTHER,
    PHRASE,
    change,
    letters,
    link_in,
    member,
    reader,
    register,
    sign_in,
    with_password,
)
from tests.browser import Browser

OWN_PAGES = ("", "name", "email", "password", "second-factor", "sessions", "data", "erase", "prove")
OPEN_PAGES = ("sign-in", "register", "register/sent", "forgotten", "forgotten/sent")


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


def test_lena_changes_her_password(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    here, there = browser.signed_in(lena), browser.signed_in(lena)
    page = here.open("/account/password")
    assert page.submit("Set", current=OTHER, password=OTHER).errors == ["This is not your password."]
    assert page.submit("Set", current=PHRASE, password="lena@example.org").status == 422
    assert "is set" in page.submit("Set", current=PHRASE, password=OTHER).notice
    assert here.open("/account/").heading == "Your account"
    assert there.open("/account/").heading == "Sign in"


def test_lena_changes_her_address(app: Flask, browser: Browser, lena: Member) -> None:
    page = browser.signed_in(lena).open("/account/email").submit("Send", email="Lena.New@example.org")
    assert page.heading == "Your account"
    assert member(app, lena.email).email == lena.email, "nothing changes before the letter is opened"
    browser.open(link_in(letters(app)[-1])).submit("Confirm")
    assert member(app, "lena.new@example.org").id == lena.id
    assert (letters(app)[-1].subject, letters(app)[-1].to_email) == ("Your address was changed", lena.email)


def test_lena_cannot_take_or_find_out_the_address_of_max(
    app: Flask, browser: Browser, lena: Member, max_: Member
) -> None:
    taken = browser.signed_in(lena).open("/account/email").submit("Send", email=max_.email)
    free = browser.signed_in(lena).open("/account/email").submit("Send", email="free@example.org")
    assert taken.notice == free.notice
    assert letters(app)[0].subject == "About your account"


def test_a_suspended_member_is_out_at_the_next_request(browser: Browser, session: Session, lena: Member) -> None:
    hers = browser.signed_in(lena)
    change(session, lena, state=SUSPENDED)
    assert hers.open("/account/").heading == "Sign in"


def test_lena_sees_her_devices_and_ends_them(browser: Browser, lena: Member, max_: Member) -> None:
    here, there, his = browser.signed_in(lena), browser.signed_in(lena), browser.signed_in(max_)
    page = here.open("/account/sessions")
    assert page.text.count("A test") >= 2
    foreign = his.open("/account/sessions")
    assert foreign.status == 200
    assert "All other devices" in page.submit("everywhere else").notice
    assert there.open("/account/").heading == "Sign in"
    assert his.open("/account/").heading == "Your account"


def test_lena_cannot_end_a_device_of_max(app: Flask, browser: Browser, lena: Member, max_: Member) -> None:
    hers, his = browser.signed_in(lena), browser.signed_in(max_)
    with reader(app) as session:
        his_device = session.scalars(select(SignIn.id).where(SignIn.member_id == max_.id)).one()
    assert hers.post(f"/account/sessions/{his_device}/end").status == 404
    assert his.open("/account/").heading == "Your account"


def test_idle_sign_ins_end_after_two_hours(browser: Browser, lena: Member) -> None:
    hers = browser.signed_in(lena)
    with time_machine.travel(clock.now() + timedelta(hours=2, minutes=1), tick=False):
        assert hers.open("/account/").heading == "Sign in"


def test_staff_are_out_after_half_an_hour(browser: Browser, ada: Member) -> None:
    hers = browser.signed_in(ada)
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        assert hers.open("/account/").heading == "Sign in"


def test_nobody_stays_longer_than_twelve_hours(browser: Browser, lena: Member) -> None:
    hers, start = browser.signed_in(lena), clock.now()
    for hours in range(1, 12):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            assert hers.open("/account/").heading == "Your account"
    with time_machine.travel(start + timedelta(hours=12, minutes=1), tick=False):
        assert hers.open("/account/").heading == "Sign in"


def test_a_device_that_is_kept_signed_in_lasts_thirty_days(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    with_password(app, session, lena)
    browser.open("/account/sign-in").submit("Sign in", email=lena.email, password=PHRASE, keep="y")
    with time_machine.travel(clock.now() + timedelta(days=29), tick=False):
        assert browser.open("/account/").heading == "Your account"


def test_what_matters_asks_for_the_password_again(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    hers = browser.signed_in(lena)
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        page = hers.open("/account/email")
        assert page.heading == "Your password once more"
        assert page.submit("Go on", password=OTHER).errors == ["This is not your password."]
        assert page.submit("Go on", password=PHRASE).heading == "Change the address"


def test_names_may_be_in_any_script_and_carry_no_tricks(app: Flask, browser: Browser, lena: Member) -> None:
    page = browser.signed_in(lena).open("/account/name")
    page.submit("Save", display_name="  ژینا\u202e \x00Әлия  ", legal_name="Ҷаҳонгир\r\nMax")
    row = member(app, lena.email)
    assert (row.display_name, row.legal_name) == ("ژینا Әлия", "Ҷаҳонгир Max")
    assert page.submit("Save", display_name="x" * 121).status == 422
    assert page.submit("Save", display_name=" \t ").errors == ["Please fill this in."]


def test_preferences_are_kept(app: Flask, browser: Browser, lena: Member) -> None:
    page = browser.signed_in(lena).open("/account/")
    assert page.submit("Save", language="ru", theme="dark", time_zone="Asia/Kabul").notice
    row = member(app, lena.email)
    assert (row.language, row.theme, row.time_zone) == ("ru", "dark", "Asia/Kabul")
    assert page.submit("Save", language="xx").status == 422


def test_lena_takes_her_data_with_her(browser: Browser, lena: Member) -> None:
    hers = browser.signed_in(lena)
    page = hers.open("/account/data").submit("Download")
    account = page.response.get_json()["account"]
    assert account["legal_name"] == "Елена Сәтбекқызы"
    assert "password_hash" not in page.source
    hers.post("/account/data")
    assert hers.post("/account/data").status == 429


def test_lena_is_erased(app: Flask, browser: Browser, lena: Member) -> None:
    hers = browser.signed_in(lena)
    page = hers.open("/account/erase")
    assert page.submit("Erase").status == 422
    assert "erased" in page.submit("Erase", sure="y").notice
    row = member(app, f"erased:{lena.id}")
    assert (row.email, row.legal_name, row.display_name) == ("", "", "—")
    assert register(browser, "lena@example.org").heading == "Look into your mail"


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_every_page_of_accounts_is_well_made(browser: Browser, lena: Member, language: str) -> None:
    for name in OPEN_PAGES:
        assert browser.speaking(language).open(f"/account/{name}").status == 200
    hers = browser.signed_in(lena).speaking(language)
    for name in OWN_PAGES:
        assert hers.open(f"/account/{name}").status == 200


@pytest.mark.parametrize("name", OWN_PAGES)
def test_visitors_are_asked_to_sign_in(browser: Browser, name: str) -> None:
    assert browser.open(f"/account/{name}").heading == "Sign in"
