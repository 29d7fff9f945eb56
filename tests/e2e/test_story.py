"""The whole story in a real browser: a learner, a trainer, an admin and a stranger, each at a phone."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from courses.catalogue.content import Course
from courses.catalogue.reader.course import read_course
from tests.e2e.conftest import Phone
from tests.e2e.people import Person, become_staff, confirm, link_in_letter, press, register
from tests.e2e.site import LiveSite
from tests.e2e.small_course import FILES, SLUG
from tests.e2e.studying import Study, mark_everything, work_in
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def small() -> Course:
    """The small course as its files say it."""
    return read_course(SLUG, {name: text.encode() for name, text in FILES.items()})


class Story:
    """The people of one story, and what they do with a certificate."""

    def __init__(self, site: LiveSite, phone: Phone, watch: Watch, language: str, *, scripts: bool) -> None:
        self.site, self.phone, self.watch = site, phone, watch
        self.language, self.scripts = language, scripts
        self.tag = f"{language}{'' if scripts else '-plain'}"
        self.learner = self.person("Maryam", "maryam")
        self.trainer = self.person("Tariq", "tariq")
        self.admin = self.person("Ada", "ada")

    def person(self, name: str, key: str) -> Person:
        """Somebody with a phone of their own."""
        page = self.phone(self.language, scripts=self.scripts).new_page()
        return Person(page, f"{name} {self.tag}", f"{key}-{self.tag}@example.org")

    def step(self, page: Page, name: str) -> None:
        """Take a picture; try the page with axe where scripts run."""
        self.watch.step(page, name, axe=self.scripts)

    def live(self, course: Course, legal_name: str) -> None:
        """From registering to the certificate that was withdrawn."""
        self._arrive()
        study = Study(self.learner.page, course, self.language, self.watch, self.scripts)
        study.enrol()
        study.walk()
        assert study.look_at_what_is_left("what is left before marking") > 0
        become_staff(self.site, self.trainer, "trainer", self.watch, axe=self.scripts)
        assert mark_everything(self.trainer.page, course, self.watch, axe=self.scripts) == work_in(course)
        assert study.look_at_what_is_left("nothing is left") == 0
        self._give_name(legal_name)
        code = self._issue(course)
        self._download(code, legal_name)
        stranger = self._check(code, legal_name)
        self._withdraw(code, stranger)

    def _arrive(self) -> None:
        become_staff(self.site, self.admin, "admin", self.watch, axe=self.scripts)
        register(self.learner, self.watch, axe=self.scripts)
        link = link_in_letter(self.admin.page, self.learner.email, self.watch, axe=self.scripts)
        confirm(self.learner, link, self.watch, axe=self.scripts)

    def _give_name(self, legal_name: str) -> None:
        page = self.learner.page
        page.goto("/my/certificates")
        self.step(page, "the name is missing")
        page.locator("[name=legal_name]").fill(legal_name)
        press(page, "form:has([name=legal_name]) button[type=submit]")
        self.step(page, "the name is given")

    def _issue(self, course: Course) -> str:
        page = self.admin.page
        page.goto(f"/admin/certificates/?course={course.slug}")
        page.locator("label.pick", has_text=self.learner.name).locator("input").check()
        self.step(page, "register of certificates")
        press(page, "button[name=picked]")
        self.step(page, "what was issued")
        given = "main a[href^='/admin/certificates/']:has-text('Maryam')"
        for _look in range(40):  # the worker issues; whoever trusts no scripts loads the page again
            if page.locator(given).count():
                break
            page.wait_for_timeout(500)
            page.reload()
        press(page, given)
        return urlsplit(page.url).path.rpartition("/")[2]

    def _download(self, code: str, legal_name: str) -> None:
        page = self.learner.page
        page.goto("/")
        self.step(page, "my learning at the end")
        press(page, "header a[href='/my/notices']")
        self.step(page, "notices")
        press(page, "main form[action^='/my/notices/'] button:has(.hidden-text)")
        page.goto("/my/certificates")
        self.step(page, "my certificates")
        with page.expect_download() as download:
            press(page, f"main a[download][href='/c/{code}.pdf']")
        text = "".join(sheet.extract_text() for sheet in PdfReader(Path(download.value.path())).pages)
        assert legal_name in text
        assert code in text

    def _check(self, code: str, legal_name: str) -> Page:
        page = self.phone(self.language, scripts=self.scripts).new_page()
        page.goto("/verify/")
        page.locator("[name=code]").fill(code.lower().replace("-", " "))
        self.step(page, "a stranger types the code")
        press(page, "form[data-typed] button")
        self.step(page, "the certificate is valid")
        assert page.locator(".status-valid").count() == 1
        assert legal_name not in page.content()
        press(page, f"main a[href='/c/{code}/name']")
        page.locator("[name=name]").fill(legal_name.upper())
        press(page)
        self.step(page, "the name matches")
        assert page.locator(".notice-done").count() == 1
        return page

    def _withdraw(self, code: str, stranger: Page) -> None:
        page = self.admin.page
        page.goto(f"/admin/certificates/{code}")
        page.locator("[name=reason]").first.check()
        self.step(page, "record of the certificate")
        press(page, "form[action$='/withdraw'] button[type=submit]")
        self.step(page, "the certificate is withdrawn")
        stranger.goto(f"/c/{code}")
        self.step(stranger, "a stranger learns that it was withdrawn")
        assert stranger.locator(".status-withdrawn").count() == 1


def test_story_in_english(site: LiveSite, phone: Phone, watch: Watch) -> None:
    Story(site, phone, watch, "en", scripts=True).live(small(), "Maryam Haidarī")


def test_story_in_dari(site: LiveSite, phone: Phone, watch: Watch) -> None:
    Story(site, phone, watch, "fa", scripts=True).live(small(), "Maryam Haidari")


def test_story_without_scripts(site: LiveSite, phone: Phone, watch: Watch) -> None:
    Story(site, phone, watch, "en", scripts=False).live(small(), "Мадина Ҷӯраева")
