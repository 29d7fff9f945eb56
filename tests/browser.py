"""The page inspector: a browser without a window that refuses every page which is not well made."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from justhtml import JustHTML
from justhtml.dom import Element
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from academy import clock
from academy.people.models import Member
from tests import makers
from tests.selecting import Index

Values = dict[str, Any]


class Malformed(AssertionError):
    """The page breaks one of the promises that every page makes."""


@dataclass
class Form:
    """A form of a page with what stands in its fields."""

    action: str
    method: str
    values: Values
    multipart: bool
    submits: dict[str, list[str]]


class Page:
    """What came back, read by a strict parser."""

    def __init__(self, browser: "Browser", url: str, response: TestResponse) -> None:
        self.browser, self.url, self.response = browser, url, response
        self.status = response.status_code
        self.source = (
            response.get_data(as_text=True)
            if (response.mimetype or "").startswith(("text/", "application/json"))
            else ""
        )
        shown = response.mimetype == "text/html" and "attachment" not in response.headers.get("Content-Disposition", "")
        self.tree = JustHTML(self.source, sanitize=False, collect_errors=True) if shown else None
        if self.tree is not None:
            inspect(self)

    @cached_property
    def elements(self) -> list[Any]:
        """Every element in the order of the page."""
        return list(below(self.tree.root)) if self.tree else []

    @cached_property
    def index(self) -> Index:
        """The elements as selectors look for them."""
        return Index(self.elements)

    def all(self, selector: str) -> list[Any]:
        """Every element that fits the selector."""
        return self.index.select(selector)

    def text_of(self, selector: str) -> str:
        """The text of the first element that fits, with single spaces; '' if there is none."""
        found = self.all(selector)
        return words(found[0]) if found else ""

    @property
    def heading(self) -> str:
        """The text of the h1."""
        return self.text_of("h1")

    @property
    def title(self) -> str:
        """The text of the title."""
        return self.text_of("title")

    @property
    def text(self) -> str:
        """The words of the main part."""
        return self.text_of("main")

    @property
    def notice(self) -> str:
        """The first message shown after an act."""
        return self.text_of(".flash") or self.text_of("[role=status]")

    @property
    def errors(self) -> list[str]:
        """The errors beside fields."""
        return [words(node).removeprefix("To correct: ") for node in self.all(".field-error")]

    def links(self) -> list[tuple[str, str]]:
        """Every link: its words and its address."""
        return [(words(node), node.attrs.get("href") or "") for node in self.all("a")]

    def follow(self, label: str) -> "Page":
        """Open the first link with these words (or whose words contain them)."""
        for words_of_link, address in sorted(self.links(), key=lambda link: link[0] != label):
            if label in words_of_link:
                return self.browser.open(address)
        raise AssertionError(f"no link “{label}” on {self.url}: {[name for name, _ in self.links()]}")

    def forms(self) -> list[Form]:
        """Every form of the main part, filled as it stands."""
        return [read_form(node) for node in self.all("main form")]

    def form(self, button: str = "") -> Form:
        """The form with this button, or the only form that posts."""
        fitting = [
            read_form(node)
            for node in self.all("main form")
            if any(button in words(each) for each in node.query("button"))
        ]
        posting = [form for form in fitting if form.method == "post"] or fitting
        if not posting:
            raise AssertionError(f"no form with a button “{button}” on {self.url}")
        return posting[0]

    def submit(self, button: str = "", /, **values: Any) -> "Page":
        """Send the form with this button, its fields changed to these values."""
        form = self.form(button)
        data = {**form.values, **values}
        for name, texts in form.submits.items():
            if not button or any(button in label for label in texts[1:]):
                data.setdefault(name, texts[0])
                break
        return self.browser.send(form.action or self.url, data, method=form.method)


class Browser:
    """Opens pages, keeps cookies, follows redirects, inspects everything."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app, self.session = app, session
        self.client: FlaskClient = app.test_client()
        self.headers: dict[str, str] = {}

    def signed_in(self, who: Member) -> "Browser":
        """A browser of its own in which this member is signed in."""
        other = Browser(self.app, self.session)
        token = makers.sign_in(self.session, who, clock.now())
        with other.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return other

    def speaking(self, language: str) -> "Browser":
        """The same browser with another language chosen."""
        self.client.set_cookie("language", language)
        return self

    def open(self, url: str, **headers: str) -> Page:
        """Open an address of the site and follow where it leads."""
        response = self.client.get(url, follow_redirects=True, headers={**self.headers, **headers})
        return Page(self, response.request.full_path.rstrip("?"), response)

    def send(self, url: str, values: Values, *, method: str = "post") -> Page:
        """Send a form as a browser would and follow where it leads."""
        target = url if url.startswith("/") else urlsplit(url).path
        if method == "get":
            response = self.client.get(target, query_string=values, follow_redirects=True, headers=self.headers)
        else:
            response = self.client.post(target, data=values, follow_redirects=True, headers=self.headers)
        return Page(self, response.request.full_path.rstrip("?"), response)

    def post(self, url: str, values: Values | None = None) -> Page:
        """Post with a valid token, as a script of ours would, to an address no page need link to."""
        return self.send(url, {"csrf_token": self.csrf(), **(values or {})})

    def csrf(self) -> str:
        """A token that fits this browser's session."""
        page = self.client.get("/account/sign-in" if not self._is_signed_in() else "/account/")
        fields = JustHTML(page.get_data(as_text=True), sanitize=False).query("input[name=csrf_token]")
        return str(cast("Any", fields[0]).attrs["value"])

    def _is_signed_in(self) -> bool:
        with self.client.session_transaction() as cookie:
            return "_user_id" in cookie


def words(node: Any) -> str:
    """The text inside a node with single spaces."""
    return " ".join(cast("str", node.to_text(separator=" ")).split())


def read_form(node: Any) -> Form:
    """The form as a browser would send it untouched."""
    form = Form(
        node.attrs.get("action") or "",
        (node.attrs.get("method") or "get").lower(),
        {},
        node.attrs.get("enctype") == "multipart/form-data",
        {},
    )
    for field in node.query("input, select, textarea, button"):
        _read_field(form, field)
    return form


def _read_field(form: Form, field: Any) -> None:
    name, kind = field.attrs.get("name"), field.attrs.get("type", "text")
    if not name or "disabled" in field.attrs:
        return
    if field.name == "button":
        form.submits.setdefault(name, [field.attrs.get("value") or ""]).append(words(field))
    elif field.name == "textarea":
        form.values[name] = field.to_text(strip=False).removeprefix("\n")
    elif field.name == "select":
        chosen = [option for option in field.query("option") if "selected" in option.attrs] or field.query("option")[:1]
        form.values[name] = [option.attrs.get("value", "") for option in chosen]
    elif kind in {"radio", "checkbox"}:
        if "checked" in field.attrs:
            form.values.setdefault(name, []).append(field.attrs.get("value") or "on")
    elif kind == "file":
        form.values[name] = FileStorage()
    else:
        form.values[name] = field.attrs.get("value") or ""


def below(node: Any) -> Iterator[Any]:
    """Every element inside a node, in the order of the page; what stands in its templates too."""
    waiting = _inside(node)
    while waiting:
        current = waiting.pop()
        if isinstance(current, Element):
            yield current
            waiting += _inside(current)


def _inside(node: Any) -> list[Any]:
    template = getattr(node, "template_content", None)
    return [*(node.children or ()), *(template.children or () if template is not None else ())][::-1]


def inspect(page: Page) -> None:
    """Raise Malformed unless the page keeps what every page promises."""
    tree = page.tree
    if tree is None:
        return
    if tree.errors:
        raise Malformed(f"{page.url}: {tree.errors[:3]}")
    headings = _named(page, "h1")
    if len(headings) != 1:
        raise Malformed(f"{page.url}: {len(headings)} h1")
    heading, title = words(headings[0]), words(_named(page, "title")[0])
    if not title.startswith(heading):
        raise Malformed(f"{page.url}: the title “{title}” does not start with “{heading}”")
    _refuse_twins(page)
    _refuse_heading_jumps(page)
    _refuse_inline(page)
    _refuse_unguarded_forms(page)
    _refuse_nameless(page)


def _named(page: Page, *names: str) -> list[Any]:
    return [node for node in page.elements if node.name in names]


def _refuse_twins(page: Page) -> None:
    ids = [node.attrs["id"] for node in page.elements if "id" in node.attrs]
    twins = {each for each in ids if ids.count(each) > 1} if len(set(ids)) < len(ids) else set()
    if twins:
        raise Malformed(f"{page.url}: ids used twice: {sorted(twins)}")


def _refuse_heading_jumps(page: Page) -> None:
    level = 0
    for node in _named(page, "h1", "h2", "h3", "h4", "h5", "h6"):
        depth = int(node.name[1])
        if depth > level + 1:
            raise Malformed(f"{page.url}: h{depth} “{words(node)}” follows h{level}")
        level = depth


def _refuse_inline(page: Page) -> None:
    for node in page.elements:
        if node.name == "style" or (node.name == "script" and "src" not in node.attrs):
            raise Malformed(f"{page.url}: inline {node.name}")
        inline = [name for name in node.attrs if name == "style" or name.startswith("on")]
        if inline:
            raise Malformed(f"{page.url}: <{node.name}> carries {inline}")


def _refuse_unguarded_forms(page: Page) -> None:
    for node in _named(page, "form"):
        posts = (node.attrs.get("method") or "get").lower() == "post"
        token = any(each.name == "input" and each.attrs.get("name") == "csrf_token" for each in below(node))
        if posts != token:
            raise Malformed(f"{page.url}: a {'post' if posts else 'get'} form {'without' if posts else 'with'} a token")


def _refuse_nameless(page: Page) -> None:
    labels = {node.attrs.get("for") for node in _named(page, "label")}
    for node in _named(page, "input", "select", "textarea"):
        named = node.attrs.get("id") in labels or "aria-label" in node.attrs or "aria-labelledby" in node.attrs
        if named or (node.name == "input" and node.attrs.get("type") == "hidden"):
            continue
        around = {parent.name for parent in ancestors(node)}
        if "main" in around and "label" not in around:
            raise Malformed(f"{page.url}: a control without a label: {node.attrs}")
    for node in _named(page, "img"):
        if "alt" not in node.attrs:
            raise Malformed(f"{page.url}: an image without alt: {node.attrs.get('src')}")


def ancestors(node: Any) -> list[Any]:
    """The node's parents, nearest first."""
    chain = []
    while (node := getattr(node, "parent", None)) is not None:
        chain.append(node)
    return chain
