"""A paper checked by its square, in a photograph and before the camera: a real browser, with a network and without."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, FilePayload, Locator, Page
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.certificates.models import Certificate
from courses.credentials import jobs
from tests.browser import Browser as Inspector
from tests.courses import certified
from tests.courses.certified import NOON
from tests.e2e import camera
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
GENUINE = "This paper is genuine"
Download = Callable[[str], bytes]


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate, signed."""
    certified.course(session)
    made = certified.issued(app, session, certified.learns(session, lena))
    with app.app_context():
        jobs.pump(NOON)
    session.rollback()
    app.extensions.pop("academy.check_lists", None)
    return made


@pytest.fixture
def of_lena(browser: Inspector, certificate: Certificate, lena: Member) -> Download:
    """What Lena downloads of her certificate, by the end of its address."""
    address, hers = f"/c/{certificate.code}", browser.signed_in(lena)
    return lambda end: hers.open(f"{address}{end}").response.data


class Checker:
    """Somebody who checks papers on the check page, which their phone keeps."""

    def __init__(self, page: Page, reader: camera.Reader, watch: Watch) -> None:
        self.page, self.reader, self.watch = page, reader, watch
        page.goto("/verify/")
        page.locator("[data-ready]").wait_for()
        self.asked: list[str] = []
        page.context.on("request", lambda request: self.asked.append(request.url))

    @property
    def button(self) -> Locator:
        """What lights the camera."""
        return self.page.locator("[data-camera]")

    def choose(self, content: bytes, kind: str) -> None:
        """Choose a file."""
        file = FilePayload(name="paper", mimeType=kind, buffer=content)
        self.page.locator("[data-scan] [type=file]").set_input_files(file)

    def hears(self, words: str) -> str:
        """Wait for this answer, to which the page leads; returns all that it says."""
        self.page.locator("[data-answer] .status-words", has_text=words).wait_for()
        self.page.wait_for_function("document.activeElement?.matches('[data-answer]')")
        said = self.page.locator("[data-answer]").inner_text()
        self.page.locator("[data-answer]").evaluate("(answer) => { answer.replaceChildren(); answer.blur(); }")
        return said

    def films(self) -> None:
        """Light the camera, and wait until the page looked through it."""
        looks = self.reader.looks
        self.button.click()
        self.page.locator("video").wait_for()
        while self.reader.looks == looks:
            self.page.wait_for_timeout(50)

    def is_dark(self, times: int) -> bool:
        """Whether the camera was lit so often, is off now, and can be lit again."""
        self.button.wait_for()
        return self.page.evaluate(camera.LIGHTS) == ["ended"] * times and not self.page.locator("video").is_visible()


@contextmanager
def checker(chromium: Browser, watch: Watch, formats: str | None = '["qr_code"]') -> Iterator[Checker]:
    """Somebody at the check page of the site that is watched; their browser reads these formats, or knows no reader."""
    context = chromium.new_context(
        base_url=f"http://{watch.site}", viewport={"width": 360, "height": 780}, locale="en-GB"
    )
    context.set_default_timeout(15_000)
    watch.follow(context)
    reader = camera.reader_for(context, formats)
    yield Checker(context.new_page(), reader, watch)
    context.close()


def test_a_photograph_and_files(
    chromium: Browser, over_shoulder: Watch, certificate: Certificate, of_lena: Download
) -> None:
    photograph, credential = camera.photographed(of_lena(".png")), of_lena(".json")
    with checker(chromium, over_shoulder) as max_:
        for offline in (False, True):
            max_.page.context.set_offline(offline)
            max_.choose(photograph, "image/jpeg")
            assert "First steps" in max_.hears(GENUINE)
            max_.choose(camera.without_square(), "image/jpeg")
            assert "Photograph the square from nearer" in max_.hears("No square of ours was found in this picture")
            max_.choose(b"A letter.", "text/plain")
            max_.hears("No certificate of ours in this file")
            max_.choose(credential, "application/json")
            assert ("Ask us about this file" in max_.hears("Only the code in this file was checked")) is not offline
        assert max_.asked == []
        max_.page.context.set_offline(False)
        max_.choose(of_lena("/badge.png"), "image/png")
        max_.page.get_by_role("link", name="Ask us about this code").wait_for()
        over_shoulder.step(max_.page, "only the code of a badge was checked")
        max_.page.get_by_role("link", name="Ask us about this code").click()
        max_.page.wait_for_url(f"**/c/{certificate.code}")
        max_.page.context.set_offline(True)
        max_.page.add_init_script("Object.defineProperty(navigator, 'onLine', {get: () => true})")
        for address in (f"/verify/?code={certificate.code.lower()}", f"/c/{certificate.code}"):
            max_.page.goto(address)  # the phone believes that it is connected
            max_.hears("The code alone proves little")


def test_the_camera(chromium: Browser, over_shoulder: Watch, of_lena: Download, tmp_path: Path) -> None:
    film = tmp_path / "film.mjpeg"
    film.write_bytes(camera.film_of(of_lena(".png")))
    with camera.with_camera(chromium, film) as seeing, checker(seeing, over_shoulder) as max_:
        max_.page.context.grant_permissions(["camera"])
        for times, offline in enumerate((False, True), start=1):
            max_.page.context.set_offline(offline)
            max_.button.click()
            assert "First steps" in max_.hears(GENUINE)
            assert max_.is_dark(times)
        max_.reader.instead = ["https://example.org/"]
        max_.films()
        max_.page.get_by_text("This square is not one of ours.").wait_for()
        max_.reader.instead = []
        max_.page.get_by_text("This square is not one of ours.").wait_for(state="hidden")
        over_shoulder.step(max_.page, "the camera looks for a square")
        max_.page.get_by_role("button", name="Stop the camera").click()
        assert max_.is_dark(3)
        max_.films()
        max_.page.evaluate("dispatchEvent(new Event('pagehide'))")
        assert max_.is_dark(4)
        max_.page.context.clear_permissions()  # whom nobody can ask, this browser refuses
        max_.button.click()
        max_.hears("The camera cannot be used")
        assert max_.page.evaluate(camera.REFUSAL) == "NotAllowedError"
        assert max_.is_dark(4)
        assert max_.asked == []


def test_a_phone_without_a_camera(chromium: Browser, over_shoulder: Watch, of_lena: Download) -> None:
    with checker(chromium, over_shoulder) as max_:
        max_.button.click()
        assert "Allow this page to use it, choose a photograph, or type the code." in max_.hears(
            "The camera cannot be used"
        )
        assert max_.is_dark(0)
        max_.choose(camera.photographed(of_lena(".png")), "image/jpeg")
        max_.hears(GENUINE)


@pytest.mark.parametrize("formats", [None, '["ean_13"]'], ids=["no reader", "no reader of squares"])
def test_a_browser_that_reads_no_squares(
    chromium: Browser, over_shoulder: Watch, of_lena: Download, formats: str | None
) -> None:
    with checker(chromium, over_shoulder, formats) as max_:
        assert max_.page.locator("[data-scan]").is_visible()
        assert not max_.button.is_visible()
        max_.choose(camera.photographed(of_lena(".png")), "image/jpeg")
        assert "Type the code" in max_.hears("This browser cannot read squares in pictures")
        max_.choose(camera.with_sum(of_lena(".png"), b"AAAA"), "image/png")  # every browser reads the words beside it
        max_.hears(GENUINE)
        assert max_.asked == []
