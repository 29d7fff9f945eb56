"""The whole life of a certificate: named, issued, checked with and without a network, written anew, withdrawn."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from courses.certificates import batches
from courses.credentials import jobs
from tests.courses import certified
from tests.e2e.conftest import NARROW, Seat
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
NAME, OTHER, BETTER = "Елена Сәтбекқызы", "Elena Satbekkyzy", "Елена Сәтбек-Мюллер"


@pytest.fixture
def learner(session: Session, lena: Member) -> Member:
    """Lena, who did everything the course asks for."""
    certified.course(session)
    return certified.learns(session, lena)


class Life:
    """Lena, who earned it; Ada, who runs the place; and a stranger with a phone."""

    def __init__(self, app: Flask, lena: Page, ada: Page, stranger: Page, watch: Watch) -> None:
        self.app, self.lena, self.ada, self.stranger, self.watch = app, lena, ada, stranger, watch
        self.code = ""

    def name(self) -> None:
        """Lena looks at her name, in two scripts, and agrees."""
        self.lena.goto("/my/certificates")
        self.lena.locator("[name=legal_name]").fill(NAME)
        self.lena.locator("[name=second_name]").fill(OTHER)
        self.watch.step(self.lena, "a learner says how her name is written")
        self.lena.locator("form:has([name=legal_name]) button[type=submit]").click()
        self.lena.locator(".notice-done").wait_for()

    def issue(self) -> None:
        """Ada picks Lena in the register; Lena finds the certificate on her page."""
        self.ada.goto(certified.REGISTER)
        self.ada.locator("label.pick", has_text="Lena").locator("input").check()
        self.watch.step(self.ada, "an admin picks her")
        self.ada.locator("button[name=picked]").click()
        self.ada.wait_for_load_state()
        self._work()
        self.ada.reload()
        self.watch.step(self.ada, "what was issued")
        self.lena.goto("/my/certificates")
        self.watch.step(self.lena, "my certificates")
        sheet = self.lena.locator("main a[href$='.pdf']").first.get_attribute("href") or ""
        self.code = sheet.removeprefix("/c/").removesuffix(".pdf")

    def square(self) -> str:
        """Where the square on the sheet leads, as the site at hand is reached."""
        picture = self.lena.request.get(f"/c/{self.code}.png").body()
        with Image.open(io.BytesIO(picture)) as opened:
            (found,) = zxingcpp.read_barcodes(opened)
        return str(found.text).removeprefix("http://localhost")

    def check(self) -> None:
        """The stranger checks the code, and the page for checks stays on the phone."""
        self.stranger.goto(f"/c/{self.code}")
        assert self.stranger.locator(".status-valid").count() == 1
        assert NAME not in self.stranger.content()
        self.watch.step(self.stranger, "a stranger checks the code")
        self.stranger.goto("/verify/")
        self.stranger.locator("[data-ready]").wait_for()

    def check_offline(self, square: str, sheet: Path) -> None:
        """Without a network: the square, the name, the file, and a square that somebody changed."""
        sheet.write_bytes(self.lena.request.get(f"/c/{self.code}.pdf").body())
        self.stranger.context.set_offline(True)
        assert "First steps" in self.scanned(square, "This paper is genuine")
        for typed, verdict in ((OTHER.upper(), "The name matches"), ("Somebody Else", "The name does not match")):
            self.stranger.locator("[data-name] input").fill(typed)
            self.stranger.locator("[data-name] button").click()
            self.stranger.locator("[data-name] .notice-title", has_text=verdict).wait_for()
        self.watch.picture(self.stranger, "a stranger checks the paper without a connection")
        self.stranger.goto("/verify/")
        self.stranger.locator("[data-scan] [type=file]").set_input_files(sheet)
        self._says("This paper is genuine")
        self.scanned(square.replace("#", "#0"), "This paper is not genuine")
        self.stranger.context.set_offline(False)
        self.watch.faults = [fault for fault in self.watch.faults if "ERR_INTERNET_DISCONNECTED" not in fault]

    def write_anew(self) -> None:
        """Ada corrects the name; the code stays."""
        self.ada.goto(f"/admin/certificates/{self.code}/name")
        self.ada.locator("[name=legal_name]").fill(BETTER)
        self.ada.locator("[name=words]").fill("She married.")
        self.watch.step(self.ada, "an admin writes it anew")
        self.ada.locator("main form button[type=submit]").first.click()
        self.ada.wait_for_url(f"**/admin/certificates/{self.code}")
        self._work()

    def withdraw(self) -> None:
        """Ada withdraws it."""
        self.ada.goto(f"/admin/certificates/{self.code}")
        self.ada.locator("form[action$='/withdraw'] [name=reason]").first.check()
        self.ada.locator("form[action$='/withdraw'] button[type=submit]").click()
        self.ada.locator(".status-withdrawn").wait_for()
        self._work()

    def scanned(self, square: str, words: str) -> str:
        """The stranger's phone opens what is in the square; returns all that is said once it says these words."""
        self.stranger.goto("about:blank")
        self.stranger.goto(square)
        return self._says(words)

    def _says(self, words: str) -> str:
        self.stranger.locator("[data-answer] .status-words", has_text=words).wait_for()
        return self.stranger.locator("[data-answer]").inner_text()

    def _work(self) -> None:
        """The worker does what waits: issues, signs; and the minute passes for which a process keeps its list."""
        with self.app.app_context():
            batches.pump(clock.now())
            jobs.pump(clock.now())
        self.app.extensions.pop("academy.check_lists", None)


@pytest.fixture
def life(
    app: Flask, seat: Seat, chromium: Browser, address: str, over_shoulder: Watch, learner: Member, ada: Member
) -> Iterator[Life]:
    """The three of them at their screens."""
    phone = chromium.new_context(base_url=address, viewport={"width": 360, "height": 780}, locale="en-GB")
    over_shoulder.follow(phone)
    lena = seat(learner, size=NARROW).new_page()
    yield Life(app, lena, seat(ada).new_page(), phone.new_page(), over_shoulder)
    phone.close()


def test_the_life_of_a_certificate(life: Life, tmp_path: Path) -> None:
    life.name()
    life.issue()
    old = life.square()
    life.check()
    life.check_offline(old, tmp_path / "sheet.pdf")
    life.write_anew()
    life.scanned(old, "This paper was replaced")
    assert life.stranger.locator(".status-words", has_text="This certificate is valid").count() == 1
    life.watch.step(life.stranger, "the old paper was replaced")
    new = life.square()
    life.scanned(new, "This paper is genuine")
    life.withdraw()
    assert "issued by mistake" in life.scanned(new, "This certificate was withdrawn")
    life.watch.step(life.stranger, "it was withdrawn")
