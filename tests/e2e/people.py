"""What people do about their accounts, found by the names of fields, so that it works in every language."""

import re
from dataclasses import dataclass

import pyotp
from playwright.sync_api import Page

from tests.e2e.site import LiveSite
from tests.e2e.watch import Watch

PHRASE = "four quiet lanterns upriver"
SUBMIT = "main form button[type=submit]"


@dataclass(frozen=True)
class Person:
    """Somebody at a phone."""

    page: Page
    name: str
    email: str


def press(page: Page, button: str = SUBMIT) -> None:
    """Press the first of these buttons or links."""
    page.locator(button).first.click()


def register(who: Person, watch: Watch, *, axe: bool) -> None:
    """Fill in the form of a new account, from the front page on."""
    page = who.page
    page.goto("/")
    watch.step(page, "front page", axe=axe)
    page.goto("/account/register")
    page.locator("[name=display_name]").fill(who.name)
    page.locator("[name=email]").fill(who.email)
    page.locator("[name=password]").fill(PHRASE)
    watch.step(page, "register", axe=axe)
    press(page)
    watch.step(page, "a letter is on its way", axe=axe)


def confirm(who: Person, link: str, watch: Watch, *, axe: bool) -> None:
    """Follow the link of the letter and sign in."""
    who.page.goto(link)
    watch.step(who.page, "confirm the address", axe=axe)
    press(who.page)
    watch.step(who.page, "sign in", axe=axe)
    sign_in(who)


def sign_in(who: Person) -> None:
    """Fill in the form of signing in, which is open."""
    who.page.locator("[name=email]").fill(who.email)
    who.page.locator("[name=password]").fill(PHRASE)
    press(who.page)


def become_staff(site: LiveSite, who: Person, role: str, watch: Watch, *, axe: bool) -> None:
    """Take up a role given on the command line: set the password, sign in, set up the second factor."""
    who.page.goto(site.flask("users", "create", who.email, "--role", role, "--name", who.name))
    who.page.locator("[name=password]").fill(PHRASE)
    press(who.page)
    sign_in(who)
    who.page.goto("/account/second-factor")
    seed = who.page.locator(".prose code").inner_text().replace(" ", "")
    watch.step(who.page, f"second factor of the {role}", axe=axe)
    who.page.locator("[name=code]").fill(pyotp.TOTP(seed).now())
    press(who.page)
    watch.step(who.page, f"recovery codes of the {role}", axe=axe)
    assert who.page.locator(".prose code").count() == 10


def link_in_letter(admin: Page, address: str, watch: Watch, *, axe: bool) -> str:
    """The link in the newest letter to this address, as an admin reads it who has no mail server."""
    admin.goto("/admin/letters")
    watch.step(admin, "letters", axe=axe)
    press(admin, f"li:has-text('{address}') form button")
    watch.step(admin, "a letter", axe=axe)
    found = re.search(r"http://\S+", admin.locator("pre.letter").inner_text())
    assert found is not None
    return found.group()
