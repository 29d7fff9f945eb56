"""The main pages as they look: three languages, light and dark, on a phone and on a desk; pictures of all are kept."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.conftest import LOCALES, folder_of
from tests.e2e.people import press
from tests.e2e.site import LiveSite
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
COURSE = "/courses/preventive-diplomacy/"
LESSON = f"{COURSE}foundations/what-prevention-is/"
EDITOR = "/teach/preventive-diplomacy/draft/01-foundations/01-what-prevention-is.md"
BOARD = "/teach/preventive-diplomacy/"
PUBLISH = "/teach/preventive-diplomacy/publish"
DIFFERENCE = "/teach/preventive-diplomacy/editions/compare/04-talking/02-mediation.md?old=1&new=draft"
KEPT = "/teach/marking/comments/preventive-diplomacy"
PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
SIZES = {"phone": PHONE, "desk": DESK}
Scheme = Literal["light", "dark"]
ALL: tuple[tuple[str, Scheme], ...] = (("phone", "light"), ("phone", "dark"), ("desk", "light"), ("desk", "dark"))
OPPOSITES = (ALL[0], ALL[3])
WAYS = {"en": ALL, "ru": ALL[:1], "fa": OPPOSITES}  # colours are the same in all; long words break on phones first
PAGES = {
    "visitor": ("/", "/courses/", COURSE, LESSON, "/account/register", "/c/{code}", "/style"),
    "learner": ("/", COURSE, f"{COURSE}reading-conflict/conflict-map/", "/my/notices", "/account/"),
    "alumnus": ("/my/certificates",),
    "trainer": (
        "/teach/",
        f"/teach{COURSE.removeprefix('/courses')}",
        "/teach/marking",
        KEPT,
        EDITOR,
        PUBLISH,
        DIFFERENCE,
    ),
    "admin": ("/admin/", "/admin/people", "/admin/certificates/?course=preventive-diplomacy"),
}
FITTING = {
    "visitor": ("/", COURSE, LESSON, "/account/sign-in", "/help", "/style"),
    "learner": ("/", COURSE, f"{COURSE}reading-conflict/conflict-map/", "/account/", "/my/notices"),
    "trainer": (
        "/teach/",
        BOARD,
        f"{BOARD}draft",
        f"{BOARD}draft/history",
        f"{BOARD}questions/",
        "/teach/marking",
    ),
}
EXCESS = """size => {
    document.documentElement.style.fontSize = size;
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}"""
ALONE = ".way a, .breadcrumb a, .section-head a, .foot-links a, .bar-link, .button, .outline-lesson, .card-title a"
LOW = """links => links.map(link => [link.textContent.trim(), link.getBoundingClientRect().height])
    .filter(([, height]) => height > 0 && height < 40)"""
OUTSIDE = "list => { const box = list.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth; }"
Visit = Callable[[str, str], BrowserContext]


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, demo_site: LiveSite) -> Callable[[str], Any]:
    """What a phone remembers on which one of the demo people is signed in, by key; nothing for visitors."""

    @cache
    def state(who: str) -> Any:
        if who == "visitor":
            return None
        context = chromium.new_context(base_url=demo_site.url, locale="en")
        page, account = context.new_page(), demo_site.accounts[who]
        page.goto("/account/sign-in")
        page.locator("[name=email]").fill(account["email"])
        page.locator("[name=password]").fill(account["password"])
        press(page)
        page.wait_for_selector("header a[href='/account/']")
        kept = context.storage_state()
        context.close()
        return kept

    return state


@pytest.fixture(scope="module")
def code(chromium: Browser, demo_site: LiveSite, signed_in: Callable[[str], Any]) -> str:
    """The code of a certificate that stands."""
    context = chromium.new_context(base_url=demo_site.url, storage_state=signed_in("alumnus"))
    page = context.new_page()
    page.goto("/my/certificates")
    address = page.locator("main a[href$='.pdf']").first.get_attribute("href") or ""
    context.close()
    return address.removeprefix("/c/").removesuffix(".pdf")


@pytest.fixture
def pictures(request: pytest.FixtureRequest, demo_site: LiveSite) -> Watch:
    """Takes pictures of the demo site and notes faults."""
    return Watch(demo_site.url, folder_of(request))


@pytest.fixture
def visit(chromium: Browser, demo_site: LiveSite, signed_in: Callable[[str], Any], pictures: Watch) -> Iterator[Visit]:
    """Gives the phone of one of the demo people, which speaks a language."""
    made: list[BrowserContext] = []

    def give(who: str, language: str) -> BrowserContext:
        context = chromium.new_context(
            base_url=demo_site.url, locale=LOCALES[language], storage_state=signed_in(who), reduced_motion="reduce"
        )
        context.set_default_timeout(30_000)
        pictures.follow(context)
        made.append(context)
        return context

    yield give
    for context in made:
        context.close()


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_look(visit: Visit, pictures: Watch, code: str, language: str, who: str) -> None:
    page = visit(who, language).new_page()
    for address in PAGES[who]:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
        answer = page.goto(address.format(code=code))
        assert answer is not None
        assert answer.status == 200, address
        assert page.locator("html").get_attribute("lang") == language
        _look(page, pictures, name_of(address), WAYS[language])
    pictures.refuse_faults()


@pytest.mark.parametrize("language", ["en", "ru", "fa"])
def test_look_at_a_quiz(visit: Visit, pictures: Watch, language: str) -> None:
    page = visit("learner", language).new_page()
    page.goto(f"{COURSE}")
    page.goto(_quiz_to_try_again(page))
    press(page, "form[action$='/attempt'] button")
    _look(page, pictures, "attempt", WAYS[language])
    pictures.refuse_faults()


@pytest.mark.parametrize(("language", "style"), [("ru", "decimal"), ("fa", "persian")])
def test_lists_count_in_the_digits_of_their_text(visit: Visit, language: str, style: str) -> None:
    page = visit("visitor", language).new_page()
    page.goto(LESSON)
    found = page.locator(".prose ol").evaluate_all("lists => lists.map(list => getComputedStyle(list).listStyleType)")
    assert len(found) > 1
    assert set(found) == {style}


@pytest.mark.parametrize("who", FITTING)
@pytest.mark.parametrize("language", ["ru", "fa"])
def test_pages_fit_small_phones_large_letters_and_thumbs(visit: Visit, language: str, who: str) -> None:
    page, faults = visit(who, language).new_page(), list[str]()
    for address in FITTING[who]:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(address)
        if page.evaluate(EXCESS, "100%") > 0:
            faults.append(f"{address} is wider than 320 pixels")
        if low := page.locator(ALONE).evaluate_all(LOW):
            faults.append(f"{address}: lower than a thumb: {low[:3]}")
        page.set_viewport_size({"width": 320 if who == "trainer" else 360, "height": 780})
        if page.evaluate(EXCESS, "200%") > 0:
            faults.append(f"{address} is wider than the window with letters of twice the size")
    assert faults == []


@pytest.mark.parametrize("language", ["ru", "fa"])
def test_the_list_of_languages_opens_inside_the_window(visit: Visit, language: str) -> None:
    page = visit("trainer", language).new_page()
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        page.goto("/teach/")
        page.locator(".fold-menu-start summary").click()
        assert not page.locator(".fold-menu-start .fold-menu-list").evaluate(OUTSIDE), width


def test_what_is_white_on_night_is_black_on_paper(visit: Visit) -> None:
    page = visit("visitor", "en").new_page()
    page.emulate_media(media="print")
    page.goto("/")
    assert page.locator(".front-head h1").evaluate("head => getComputedStyle(head).color") == "rgb(0, 0, 0)"


def test_dari_digits_have_the_shapes_of_dari(visit: Visit) -> None:
    def drawn(settings: str) -> bytes:
        page.set_content(f"<p lang='fa' style='font: 40px Noto Naskh Arabic;{settings}'>\u06f4\u06f6\u06f7</p>")
        return page.locator("p").screenshot()

    context = visit("visitor", "fa")
    lesson, page = context.new_page(), context.new_page()
    lesson.goto(LESSON)
    chosen = lesson.locator("main").evaluate("main => getComputedStyle(main).fontFeatureSettings")
    assert drawn(f"font-feature-settings: {chosen}") == drawn('font-feature-settings: "locl" 0')


def _quiz_to_try_again(page: Page) -> str:
    found = page.locator("#checklist .checklist-open a[href*='/check/']").first.get_attribute("href")
    assert found is not None
    return found


def name_of(address: str) -> str:
    """A short name for the pictures of a page."""
    path = urlsplit(address).path.replace(COURSE, "/pd/")
    return re.sub(r"\W+", "-", path).strip("-") or "home"


def _look(page: Page, pictures: Watch, name: str, ways: tuple[tuple[str, Scheme], ...]) -> None:
    """A picture and a check of each way to look at it; only the last of four goes without axe."""
    for width, scheme in ways:
        size = SIZES[width]
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.emulate_media(color_scheme=scheme)
        told = f"{name} {width} {scheme}"
        pictures.picture(page, told, "jpeg")
        pictures.check(page, told, axe=(width, scheme) != ("desk", "dark") or ways is OPPOSITES)
