"""What every page promises to those who listen to it or use no mouse, read from the page itself; axe looks in e2e."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.browser import Browser, Page, ancestors, words
from tests.snapshot import standing
from tests.stage import Stage
from tests.test_permissions import ROWS
from tests.world import World

pytestmark = pytest.mark.slow

PEOPLE = ("visitor", "max", "lena", "tariq", "ana", "mina", "ada")
LANGUAGES = ("en", "ru", "fa")
NOT_PAGES = {"/style"}  # shows every part twice on purpose
PREVIEW = "/teach/first-steps/draft/preview/"  # speaks the language of the learner it is drawn for
RIGHT_TO_LEFT = {"fa"}
OK = 200
ANSWERS = ("/verify/file", "/verify/many")  # pages that only come back from a form
OPENED = (
    "/teach/<slug>/languages/",
    "/teach/<slug>/languages/<code>/",
    "/teach/<slug>/languages/<code>/<path>",
    "/teach/<slug>/release",
    "/teach/<slug>/release/learners/<number>",
    "/teach/<slug>/questions/keys",
    "/admin/certificates/",
    "/admin/certificates/<code>",
    "/admin/certificates/<code>/name",
    "/admin/certificates/<code>/renewal",
    "/admin/certificates/batches/",
    "/admin/certificates/batches/<number>",
    "/admin/certificates/exceptions/<slug>/<member_id>",
    "/admin/certificates/requests/",
    "/admin/certificates/requests/<number>",
    "/admin/certificates/without-course/",
    "/admin/certificates/without-course/<number>",
    "/admin/certificates/without-course/<number>/change",
    "/admin/certificates/without-course/<number>/give",
    "/admin/certificates/without-course/new",
    "/my/certificates",
    "/my/certificates/requests",
    "/my/certificates/<code>/links",
    "/my/certificates/<code>/renewal",
    "/my/certificates/<code>/wrong-name",
    "/verify/many",
    "/verify/file",
    "/achievements/<name>",
    "/guest/<token>",
)


@pytest.fixture
def world(stage: Stage, app: Flask) -> World:
    """The world as it was made."""
    del app  # it empties the database afterwards
    return standing(stage)[0]


def pages(world: World, session: Session, who: str, language: str) -> list[Page]:
    """Every page this person can open; the inspector refuses those that are not well made."""
    browser = Browser(world.app, session)
    browser.client = world.client(who)
    browser.speaking(language)
    opened = []
    for row in ROWS:
        if row.method == "GET" and row.rule not in NOT_PAGES and row.results.get(who) in {"200", "403", "404"}:
            response = browser.client.get(row.path(world))
            if response.mimetype == "text/html":
                opened.append(Page(browser, row.path(world), response))
    return opened


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_keeps_what_pages_promise(world: World, session: Session, who: str, language: str) -> None:
    faults = [fault for page in pages(world, session, who, language) for fault in faults_of(page, language)]
    assert faults == []


@pytest.mark.parametrize("rule", OPENED)
def test_the_newer_pages_are_among_those_that_are_looked_at(world: World, rule: str) -> None:
    """A row of the table that nobody may open, or that answers with a file, would be passed over in silence."""
    (row, *_) = [row for row in ROWS if (row.method, row.rule) == ("GET", rule) and "200" in row.results.values()]
    who = next(who for who in reversed(PEOPLE) if row.results.get(who) == "200")
    response = world.client(who).get(row.path(world))
    assert (response.status_code, response.mimetype) == (OK, "text/html")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", ANSWERS)
def test_the_answer_to_a_form_keeps_what_pages_promise(
    world: World, session: Session, rule: str, language: str
) -> None:
    browser = Browser(world.app, session)
    browser.client = world.client("visitor")
    browser.speaking(language)
    (row,) = [row for row in ROWS if (row.method, row.rule) == ("POST", rule)]
    response = browser.client.post(row.path(world), data={**row.form(world), "csrf_token": world.csrf_token})
    page = Page(browser, rule, response)
    assert (str(page.status), faults_of(page, language)) == (row.results["visitor"], [])


def faults_of(page: Page, language: str) -> list[str]:
    """Everything that is wrong with a page, in words."""
    checks = (_frame, _names, _references, _landmarks, _tables, _focus)
    spoken = "en" if page.url.startswith(PREVIEW) and page.status == OK else language
    found = [_language(page, spoken), _ribbon(page, language), *(fault for check in checks for fault in check(page))]
    return [f"{page.url}: {fault}" for fault in found if fault]


def _language(page: Page, language: str) -> str:
    (html,) = page.all("html")
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    said = (html.attrs.get("lang"), html.attrs.get("dir"))
    return "" if said == (language, direction) else f"speaks {said}"


def _ribbon(page: Page, language: str) -> str:
    """What stands above a preview is for whoever looks at it, not for the learner."""
    wrong = [each for each in page.all("div[role=region].notice") if each.attrs.get("lang") != language]
    return "a ribbon that does not say its language" if wrong else ""


def _frame(page: Page) -> list[str]:
    faults = [] if len(page.all("main")) == 1 else ["not exactly one main"]
    links = page.all("a")
    if not links or links[0].attrs.get("href") != "#main" or not page.all("#main"):
        faults.append("the first link does not skip to the main text")
    if not page.all("meta[name=viewport]") or "maximum-scale" in str(page.all("meta[name=viewport]")[0].attrs):
        faults.append("the page cannot be enlarged")
    return faults


def _names(page: Page) -> list[str]:
    unnamed = [node for node in page.all("a[href], button, summary, select, textarea, input") if not _name(page, node)]
    return [f"<{node.name}> without a name: {node.attrs}" for node in unnamed]


def _name(page: Page, node: Any) -> str:
    """What a screen reader calls it, roughly."""
    attrs = node.attrs
    if attrs.get("type") == "hidden" or "aria-label" in attrs or "aria-labelledby" in attrs:
        return "named"
    if node.name in {"a", "button", "summary"}:
        pictures = " ".join(str(each.attrs.get("alt") or "") for each in node.query("img"))
        return words(node) + pictures
    labels = [each for each in page.all("label[for]") if each.attrs["for"] == attrs.get("id")]
    labels += [parent for parent in ancestors(node) if parent.name == "label"]
    return " ".join(words(label) for label in labels)


def _references(page: Page) -> list[str]:
    """Whatever points at an element finds it."""
    ids = {node.attrs["id"] for node in page.all("[id]")}
    pointed = {
        (name, target)
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list")
        for node in page.all(f"[{name}]")
        for target in str(node.attrs[name]).split()
    }
    inner = {("href", str(node.attrs["href"])[1:]) for node in page.all("a[href^='#']") if len(node.attrs["href"]) > 1}
    return [f"{name} points at nothing: {target}" for name, target in sorted(pointed | inner) if target not in ids]


def _landmarks(page: Page) -> list[str]:
    navs = page.all("nav")
    unnamed = [node for node in navs if not {"aria-label", "aria-labelledby"} & set(node.attrs)]
    return ["a nav without a name"] if unnamed and len(navs) > 1 else []


def _tables(page: Page) -> list[str]:
    tables = page.all("main table")
    return [f"a table without heads: {words(table)[:60]}" for table in tables if not table.query("th")]


def _focus(page: Page) -> list[str]:
    faults = [
        f"tabindex {node.attrs['tabindex']}" for node in page.all("[tabindex]") if int(node.attrs["tabindex"]) > 0
    ]
    faults += ["autofocus" for _node in page.all("[autofocus]")]
    clickable = [node for node in page.all("[role=button], [role=link]") if node.name not in {"a", "button", "summary"}]
    return faults + [f"<{node.name}> plays a {node.attrs['role']}" for node in clickable]


@pytest.mark.parametrize(
    "path", ["/account/register", "/account/sign-in", "/account/forgotten", "/admin/cohorts/new", "/account/name"]
)
def test_an_error_is_tied_to_its_field(world: World, session: Session, path: str) -> None:
    browser = Browser(world.app, session)
    browser.client = world.client("ada" if path in {"/admin/cohorts/new", "/account/name"} else "visitor")
    response = browser.client.post(path, data={"csrf_token": world.csrf_token, "display_name": " "})
    page = Page(browser, path, response)
    assert page.status == 422
    wrong = page.all("main [aria-invalid=true]")
    assert wrong
    for field in wrong:
        described = str(field.attrs["aria-describedby"]).split()
        assert any(page.text_of(f"#{each}.field-error") for each in described), field.attrs
