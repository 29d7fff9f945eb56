"""Stories of one's own account: password, address, names, devices, data, and going for good."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people import retention
from academy.people.models import SUSPENDED, UNCONFIRMED, MailedLink, Member, SignIn
from tests import makers
from tests.academy.people_stage import (
    OTHER,
    PHRASE,
    change,
    letters,
    link_in,
    member,
    reader,
    register,
    with_password,
)
from tests.browser import Browser

OWN_PAGES = ("", "name", "email", "password", "second-factor", "sessions", "data", "erase", "prove")
OPEN_PAGES = ("sign-in", "register", "register/sent", "forgotten", "forgotten/sent")


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
    with zipfile.ZipFile(io.BytesIO(hers.open("/account/data").submit("Download").response.data)) as archive:
        account = json.loads(archive.read("data.json"))["account"]
        assert account["legal_name"] == "Елена Сәтбекқызы"
        assert not [name for name in archive.namelist() if b"password_hash" in archive.read(name)]
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


def test_a_new_password_changes_the_token_too(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    hers = browser.signed_in(lena)
    overheard = hers.client.get_cookie("session")
    assert overheard is not None
    hers.open("/account/password").submit("Set", current=PHRASE, password=OTHER)
    assert hers.open("/account/").heading == "Your account"
    browser.client.set_cookie("session", overheard.value)
    assert browser.open("/account/").heading == "Sign in"


def test_what_is_past_its_time_is_forgotten(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    register(browser, "zarina@example.org")
    browser.open("/account/forgotten").submit(email=lena.email)
    hers = browser.signed_in(lena)
    invited = makers.member(session, "Invited", roles=(("trainer", ""),))
    change(session, invited, state=UNCONFIRMED)
    with app.app_context():
        retention.forget_the_old({}, clock.now())
    assert hers.open("/account/").heading == "Your account"
    with app.app_context():
        retention.forget_the_old({}, clock.now() + timedelta(days=8))
    with reader(app) as brief:
        assert set(brief.scalars(select(Member.display_name))) == {"Lena", "Invited"}
        assert brief.scalars(select(SignIn)).all() == []
        assert brief.scalars(select(MailedLink)).all() == []


def test_letters_to_the_erased_are_gone(app: Flask, browser: Browser, lena: Member) -> None:
    browser.open("/account/forgotten").submit(email=lena.email)
    browser.signed_in(lena).open("/account/erase").submit("Erase", sure="y")
    assert letters(app) == []


def test_whatever_one_can_choose_is_found_from_the_account(browser: Browser, lena: Member, ana: Member) -> None:
    hers = browser.signed_in(ana)
    choices = {"My choices for the forum", "Who may write to you", "The letter with news"}
    told = hers.open("/account/").follow("What you are told, and how")
    assert {label for label, _address in told.links()} >= choices
    assert "What you are told, and how" not in {label for label, _address in told.links()}
    for label in choices:
        assert told.follow(label).status == 200
    others = {label for label, _address in browser.signed_in(lena).open("/account/").links()}
    assert others & choices == choices - {"The letter with news"}
