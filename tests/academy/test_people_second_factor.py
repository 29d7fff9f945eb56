"""Stories of the second factor: setting it up, signing in with it, losing the phone."""

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from tests import makers
from tests.academy.people_stage import OTHER, PHRASE, change, letters, link_in, member, reader, sign_in, with_password
from tests.browser import Browser, Page

STEP = timedelta(seconds=30)


def seed_on(page: Page) -> str:
    """The key that the page shows under the picture."""
    found = re.search(r"\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b", page.text)
    assert found is not None, page.text
    return found.group(0).replace(" ", "")


def code(seed: str) -> str:
    """What the app on the phone shows now."""
    return pyotp.TOTP(seed).at(clock.now())


def set_up(browser: Browser) -> tuple[str, list[str]]:
    """Turn the second factor on; returns the seed and the recovery codes."""
    page = browser.open("/account/second-factor")
    seed = seed_on(page)
    done = page.submit("Turn it on", code=code(seed))
    assert done.heading == "Your recovery codes"
    return seed, re.findall(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b", done.text)


def enter(app: Flask, session: Session, who: Member, typed: str) -> Page:
    """Sign in on a new device with this code."""
    first = sign_in(Browser(app, session), who.email, target="/account/")
    assert first.heading == "Second step"
    return first.submit("Sign in", code=typed)


def test_lena_sets_it_up_and_signs_in_with_it(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    hers = browser.signed_in(lena)
    seed, codes = set_up(hers)
    assert len(set(codes)) == 10
    kept = member(app, lena.email).totp_seed
    assert kept is not None
    assert seed.encode() not in kept
    assert enter(app, session, lena, "000000").status == 422
    with time_machine.travel(clock.now() + STEP, tick=False):
        assert enter(app, session, lena, code(seed)).heading == "Your account"
        assert enter(app, session, lena, code(seed)).status == 422, "a code works once"
    with time_machine.travel(clock.now() + 4 * STEP, tick=False):
        page = sign_in(Browser(app, session), lena.email, target="/account/")
        typed = code(seed)
    with time_machine.travel(clock.now() + 5 * STEP, tick=False):
        digits = typed.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        assert page.submit("Sign in", code=digits).heading == "Your account", "one earlier step, in any digits"


def test_a_recovery_code_works_once(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    _seed, codes = set_up(browser.signed_in(lena))
    assert enter(app, session, lena, codes[0].lower()).heading == "Your account"
    assert enter(app, session, lena, codes[0]).status == 422
    assert enter(app, session, lena, codes[1].replace("-", " ")).heading == "Your account"


def test_the_password_alone_opens_nothing(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    set_up(browser.signed_in(lena))
    halfway = Browser(app, session)
    sign_in(halfway, lena.email)
    assert halfway.open("/account/").heading == "Sign in"
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert halfway.open("/account/sign-in/code").submit("Sign in", code="123456").heading == "Sign in"


def test_the_second_step_without_the_first_is_nothing(browser: Browser) -> None:
    assert browser.open("/account/sign-in/code").heading == "Sign in"


def test_a_new_password_by_mail_leaves_it_on(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    set_up(browser.signed_in(lena))
    browser.open("/account/forgotten").submit(email=lena.email)
    browser.open(link_in(letters(app)[-1])).submit("Set", password=OTHER)
    assert sign_in(browser, lena.email, OTHER).heading == "Second step"


def test_codes_cannot_be_guessed_for_long(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    set_up(browser.signed_in(lena))
    page = sign_in(Browser(app, session), lena.email)
    answers = [page.submit("Sign in", code=f"{number:06}").status for number in range(12)]
    # One try went into setting it up.
    assert answers.count(429) == 3


def test_lena_makes_new_codes_and_turns_it_off(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    hers = browser.signed_in(lena)
    _seed, old = set_up(hers)
    page = hers.open("/account/second-factor")
    assert "10 recovery codes are left." in page.text
    assert page.submit("new recovery codes").heading == "Your recovery codes"
    assert enter(app, session, lena, old[0]).status == 422
    assert "is off" in hers.open("/account/second-factor").submit("Turn it off").notice
    assert sign_in(browser, lena.email, target="/account/").heading == "Your account"


@pytest.fixture
def rosa(app: Flask, session: Session) -> Member:
    """A real admin, not one of the demo."""
    made = with_password(app, session, makers.member(session, "Rosa", roles=(("admin", ""),)))
    change(session, made, is_demo=False)
    return made


def test_a_real_admin_sets_it_up_before_any_staff_page(app: Flask, session: Session, rosa: Member) -> None:
    hers = Browser(app, session)
    sign_in(hers, rosa.email)
    for address in ("/admin/", "/admin/people", "/admin/audit"):
        assert hers.open(address).heading == "Set up a second factor"
    set_up(hers)
    assert hers.open("/admin/").heading == "Desk"
    assert hers.post("/account/second-factor/off").status == 403


def test_it_takes_two_admins_to_lift_it(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    set_up(browser.signed_in(lena))
    ada, ben = (makers.member(session, name, roles=(("admin", ""),)) for name in ("Ada", "Ben"))
    page = browser.signed_in(ada).open(f"/admin/people/{lena.id}")
    assert "Another admin has to agree" in page.submit("Ask to lift").notice
    assert page.submit("Ask to lift").status == 409, "the same admin cannot agree"
    assert "is lifted" in browser.signed_in(ben).open(f"/admin/people/{lena.id}").submit("Agree and lift").notice
    assert member(app, lena.email).totp_seed is None


def test_nobody_lifts_their_own(app: Flask, browser: Browser, session: Session, ada: Member) -> None:
    with_password(app, session, ada)
    hers = browser.signed_in(ada)
    set_up(hers)
    assert hers.post(f"/admin/people/{ada.id}/second-factor/lift").status == 409
    with reader(app) as brief:
        assert brief.get_one(Member, ada.id).totp_seed is not None


def test_the_picture_says_what_the_key_says(browser: Browser, lena: Member) -> None:
    page = browser.signed_in(lena).open("/account/second-factor")
    assert page.all("svg path")
    assert PHRASE not in page.source


def test_a_real_admin_is_told_of_a_new_device(app: Flask, session: Session, rosa: Member) -> None:
    phone = Browser(app, session)
    for _ in range(2):
        sign_in(phone, rosa.email, target="/account/")
        phone.open("/account/").submit("Sign out")
    assert [letter.subject for letter in letters(app)] == ["A new device"]


def test_a_change_of_the_second_factor_is_told_by_letter(app: Flask, browser: Browser, lena: Member) -> None:
    hers = browser.signed_in(lena)
    set_up(hers)
    hers.open("/account/second-factor").submit("Turn it off")
    assert [letter.subject for letter in letters(app)] == ["The second factor is on", "The second factor is off"]


def test_the_key_on_offer_is_new_at_every_sign_in(browser: Browser, lena: Member) -> None:
    first = browser.signed_in(lena)
    seen = seed_on(first.open("/account/second-factor"))
    assert seed_on(first.open("/account/second-factor")) == seen
    first.open("/account/").submit("Sign out")
    assert seed_on(browser.signed_in(lena).open("/account/second-factor")) != seen
