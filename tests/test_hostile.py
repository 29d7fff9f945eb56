"""What a hostile stranger tries, one story each; nonsense for every route is in test_hostile_fuzz.py."""

import socket
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from academy.settings import Settings
from academy.web import redirects
from courses.catalogue import library
from courses.catalogue.reader.faults import CourseFaults
from tests import makers
from tests.academy import people_stage
from tests.browser import Browser
from tests.courses import shelf
from tests.courses.course_files import course_files, faults_of
from tests.hostile_values import NAMES
from tests.snapshot import standing
from tests.stage import SECRET, Stage
from tests.test_permissions import ROWS
from tests.world import DRAFT, World
from wsgi import create_app

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
HOSTS = ("evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example", "127.0.0.1.evil.com",
         "localhost, evil.example", "local host", "[::1", "")  # fmt: skip
ELSEWHERE = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\tevil", "javascript:alert(1)",
    "http:/evil.example", "https:evil.example", "/%2f/evil.example\r\n", "///evil.example", "/my/\\..//evil.example",
    "data:text/html,x", "/@evil.example", "evil.example", "/account/../..//evil.example",
)  # fmt: skip
SCRIPT = """---
title: Water in summer
summary: <script>alert(1)</script>
preview: true
---
## A heading <script>alert(2)</script>

<script>alert(3)</script><img src=x onerror=alert(4)>

<svg/onload=alert(7)> <a href="jav&#x09;ascript:alert(8)">x</a> {: onclick="alert(9)" style="color:red" }

`<script>alert(10)</script>`
"""


@pytest.fixture
def world(stage: Stage, app: Flask) -> World:
    """The world as it was made."""
    del app  # it empties the database afterwards
    return standing(stage)[0]


@pytest.mark.parametrize(
    "path",
    [
        "/courses/{draft}/",
        "/courses/{draft}/water/canal/",
        "/courses/{draft}/water/check/",
        "/courses/{draft}/water/map/",
        "/courses/{draft}/changes?since=1",
        "/courses/{draft}/enrol",
        "/courses/{draft}/leave",
        "/courses/{draft}/media/{guess}/canal.svg",
        "/courses/{draft}/media/{short}/canal.svg",
        "/courses/{draft}/media/%25%25%25%25%25%25%25%25/canal.svg",
        "/courses/{draft}/media/________/canal.svg",
        "/courses/{draft}/media/{digest}/canal",
        "/courses/nothing-here/media/{digest}/canal.svg",
    ],
)
@pytest.mark.parametrize("who", ["visitor", "max", "lena", "tariq"])
def test_a_draft_has_no_address_for_those_who_do_not_teach_it(world: World, who: str, path: str) -> None:
    digest = world.value("digest")
    address = path.format(draft=DRAFT, digest=digest, short=digest[:7], guess="0" * 8)
    answer = world.client(who).get(address)
    assert answer.status_code == 404 or (who == "visitor" and "/sign-in?next=" in answer.headers["Location"])
    assert b"Unfinished" not in answer.data


@pytest.mark.parametrize("path", ["/courses/", "/", "/sitemap.xml", "/courses/?q=steps", "/my/certificates"])
@pytest.mark.parametrize("who", ["visitor", "max", "lena", "tariq"])
def test_no_list_names_a_draft(world: World, who: str, path: str) -> None:
    text = world.client(who).get(path).get_data(as_text=True)
    assert "Unfinished" not in text
    assert DRAFT not in text


@pytest.mark.parametrize(
    "text",
    ["[a](javascript:alert(5))", "[b](data:text/html,<script>alert(6)</script>)", "![c](https://evil.example/x.png)",
     "[d](//evil.example)", "![e](data:image/svg+xml,<svg/onload=alert(1)>)", "[f](vbscript:x)", "[g](JaVaScRiPt:x)",
     "<javascript:alert(1)>", "[h][1]\n\n[1]: javascript:alert(1)"],
)  # fmt: skip
def test_links_that_would_run_or_tell_are_refused_or_dead(browser: Browser, session: Session, text: str) -> None:
    try:
        shelf.publish(session, water=shelf.WATER + f"\n\n{text}\n", water_ru="")
    except CourseFaults:
        session.rollback()
        return
    page = browser.open("/courses/first-steps/canal/water/")
    addresses = [str(node.attrs.get(name)) for name in ("href", "src") for node in page.all(f"article [{name}]")]
    assert [each for each in addresses if not each.startswith(("/courses", "/account", "?", "#", "/static"))] == []


def test_nothing_in_a_lesson_runs(browser: Browser, session: Session) -> None:
    shelf.publish(session, water=SCRIPT, water_ru="")
    page = browser.open("/courses/first-steps/canal/water/")
    assert page.status == 200
    assert page.response.headers["Content-Security-Policy"].startswith(POLICY)
    assert [node.attrs["src"] for node in page.all("script")] == [node.attrs["src"] for node in page.all("head script")]
    assert [name for node in page.all("*") for name in node.attrs if name.startswith("on") or name == "style"] == []
    links = [node.attrs.get("href") or "" for node in page.all("main a")]
    assert [link for link in links if link.lower().strip().startswith(("javascript:", "data:", "vbscript:"))] == []
    assert [node.attrs["src"] for node in page.all("main img") if not node.attrs["src"].startswith("/")] == []


@pytest.mark.parametrize("kind", NAMES)
def test_any_name_is_cleaned_or_refused_when_registering(browser: Browser, kind: str) -> None:
    page = people_stage.register(browser, "zarina@example.org", name=NAMES[kind])
    assert page.status in {200, 422}
    if page.status == 422:
        values = page.form("Register").values
        assert values["email"] == "zarina@example.org"
        assert page.errors
        assert kind != "500 letters" or values["display_name"] == NAMES[kind]


@pytest.mark.parametrize("path", ["/account/name", "/my/certificates"])
@pytest.mark.parametrize("kind", NAMES)
def test_any_name_is_cleaned_or_refused_in_an_account(browser: Browser, lena: Member, kind: str, path: str) -> None:
    desk, name = browser.signed_in(lena), NAMES[kind]
    typed = {"legal_name": name, **({"display_name": name} if path == "/account/name" else {})}
    page = desk.post(path, typed)
    assert page.status in {200, 422}
    assert not {"\u202e", "\u2066", "\x00", "\x07", "\x1b"} & set(page.source)
    if page.status == 422:
        assert page.errors
        assert kind != "500 letters" or name in page.source
    if kind == "Arabic" and path == "/account/name":
        assert (page.status, name in desk.open("/account/name").source) == (200, True)


def test_letters_cannot_be_given_more_lines(app: Flask, browser: Browser) -> None:
    people_stage.register(browser, "zarina@example.org", name=NAMES["line breaks"])
    (letter,) = people_stage.letters(app)
    assert "\n" not in letter.to_name + letter.subject + letter.to_email


FAULTY: Mapping[str, str | bytes | None] = {
    "course.md": "---\ntitle:\nlanguage: xx\nlevel: hard\nhours: many\ntopics: []\nenrolment: maybe\nstrange: 1\n---\n",
    "notes.txt": "stray",
    "media/evil.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "media/picture.png": b"not a picture",
    "media/run.exe": b"MZ",
    "01-water/module.md": "---\nsummary: x\n",
    "01-water/01-canal.md": "---\ntitle: A\nkind: dance\n---\n![](../media/none.png) [x](../nowhere.md)\n",
    "01-water/02-check.md": "---\nkind: quiz\ntitle: Q\npass: 900\nattempts: -1\n---\n## No id\n\n- [ ] a\n- [ ] b\n",
    "01-water/03-map.md": "---\nkind: task\ntitle: T\nrubric: none\n---\n",
    "01-water/04-meeting.md": b"\xff\xfe\x00",
    "01-water/04-twice.md": "---\ntitle: Twice\n---\nText\n",
    "01-water/05-Bad Name.md": "---\ntitle: Bad\n---\nText\n",
    "01-water/06-only.ru.md": "---\ntitle: Alone\n---\nText\n",
    "02-empty/module.md": "---\ntitle: Empty\nsummary: Nothing.\n---\n",
    "03-none/01-lesson.md": "---\ntitle: No module\n---\nText\n",
}


def test_twenty_kinds_of_fault_are_told_at_once() -> None:
    faults = [str(fault) for fault in faults_of(course_files(FAULTY))]
    assert len({fault.split(": ", 1)[1] for fault in faults}) >= 20, faults
    silent = {path for path in FAULTY if not any(path in fault or path.split("/")[0] in fault for fault in faults)}
    assert silent == set()


def test_a_faulty_course_changes_nothing_that_is_live(app: Flask, session: Session, tmp_path: Path) -> None:
    live = shelf.publish(session)
    folder = tmp_path / "first-steps"
    for path, content in course_files(FAULTY).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    result = app.test_cli_runner().invoke(args=["courses", "import", str(folder)])
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    session.rollback()
    now = library.live_course(session, "first-steps")
    assert now is not None
    assert now.edition_id == live.edition_id


@pytest.mark.parametrize("host", HOSTS)
def test_a_strange_host_is_refused(app: Flask, host: str) -> None:
    answer = app.test_client().get("/account/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert b"evil" not in answer.data
    assert "Location" not in answer.headers


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "Forwarded", "X-Host", "X-Original-URL", "X-Rewrite-URL"])
def test_no_link_is_built_from_what_a_stranger_says(app: Flask, browser: Browser, lena: Member, header: str) -> None:
    browser.headers = {header: "host=evil.example" if header == "Forwarded" else "evil.example"}
    page = browser.open("/account/forgotten").submit("", email=lena.email)
    assert "evil" not in page.source
    (letter,) = people_stage.letters(app)
    assert "http://localhost/account/reset/" in letter.text
    assert "evil" not in letter.text


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_elsewhere(app: Flask, browser: Browser, session: Session, lena: Member, target: str) -> None:
    people_stage.with_password(app, session, lena)
    with app.test_request_context():
        assert redirects.safe(target, "/safe") == "/safe"
    for who in (browser, browser.signed_in(lena)):
        form = {"csrf_token": who.csrf(), "email": lena.email, "password": people_stage.PHRASE}
        answer = who.client.post("/account/sign-in", query_string={"next": target}, data=form)
        assert answer.headers["Location"] == "/"


POWERS = {
    f"{power}=()" for power in ("camera", "microphone", "geolocation", "display-capture", "serial", "payment", "usb")
}


def test_every_answer_wears_the_headers(world: World) -> None:
    client = world.client("ada")
    asset = client.get("/").get_data(as_text=True).split('stylesheet" href="')[1].split('"')[0]
    errors = ["/nothing", "/static/nothing.css", "/static/../wsgi.py", "/courses/x/", "/" + "x" * 3000, asset]
    opened = [*errors, *(row.path(world) for row in ROWS if row.method == "GET" and ".p" not in row.rule)]
    for path in opened:
        answer = client.get(path, buffered=True)
        assert "default-src 'none'" in answer.headers.get("Content-Security-Policy", ""), path
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", path
        assert answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin", path
        off = POWERS - {"camera=()"} | {"camera=(self)"} if path == "/verify/" else POWERS  # it may look at a paper
        assert set(answer.headers.get("Permissions-Policy", "").split(", ")) >= off, path
        secret_in_address = path.startswith("/guest/") and answer.status_code == 200
        referrer = "no-referrer" if secret_in_address else "same-origin"
        assert answer.headers.get("Referrer-Policy") == referrer, path
        assert "unsafe" not in answer.headers["Content-Security-Policy"], path
        assert answer.headers.get("Content-Type", "").strip(), path


def test_pages_of_members_are_kept_by_no_cache(world: World) -> None:
    for who in ("lena", "ada"):
        client = world.client(who)
        for row in ROWS:
            if row.method == "GET" and row.rule.startswith(("/my", "/account", "/admin", "/teach")):
                answer = client.get(row.path(world))
                assert "no-store" in answer.headers["Cache-Control"], row.rule


@pytest.mark.parametrize("path", ["/", "/courses/first-steps/", "/courses/first-steps/water/canal/", "/verify/"])
def test_a_page_that_knows_who_asks_is_never_public(world: World, path: str) -> None:
    answer = world.client("lena").get(path)
    assert "public" not in answer.headers.get("Cache-Control", "")


def cookies_of(stage: Stage, folder: Path, public_url: str) -> list[str]:
    database_url = stage.database.engine.url.render_as_string(hide_password=False)
    secure = Settings(folder, database_url, SECRET, public_url, languages=("en", "ru"), cheap_passwords=True)
    site = create_app(secure)
    answer = site.test_client().get("/account/register?lang=ru", base_url=public_url)
    site.extensions["academy.database"].dispose()
    return answer.headers.getlist("Set-Cookie")


@pytest.mark.usefixtures("app")
def test_cookies_insist_on_tls_when_the_site_has_it(stage: Stage, tmp_path: Path) -> None:
    cookies = cookies_of(stage, tmp_path, "https://academy.example")
    assert any(cookie.startswith("__Host-session=") for cookie in cookies)
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")), cookie
        assert "Domain" not in cookie


@pytest.mark.usefixtures("app")
def test_cookies_are_closed_to_scripts_without_tls_too(stage: Stage, tmp_path: Path) -> None:
    cookies = cookies_of(stage, tmp_path, "http://localhost")
    assert any(cookie.startswith("session=") for cookie in cookies)
    for cookie in cookies:
        assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; ")), cookie
        assert "Secure" not in cookie


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "127.0.0.1"}, {"Via": "1.1 x"}])
def test_figures_are_for_this_machine_alone(app: Flask, headers: dict[str, str]) -> None:
    assert app.test_client().get("/metrics", headers=headers).status_code == 404
    assert app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": "198.51.100.7"}).status_code == 404


def test_nothing_was_fetched_from_elsewhere(
    monkeypatch: pytest.MonkeyPatch, browser: Browser, session: Session
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", None)  # whoever asks for an address now breaks
    shelf.publish(session, water=SCRIPT.replace("summary: <", "summary: https://evil.example <"), water_ru="")
    assert browser.open("/courses/first-steps/canal/water/").status == 200


def test_lena_cannot_be_made_to_sign_in_as_somebody_else(browser: Browser, session: Session, lena: Member) -> None:
    desk = browser.signed_in(lena)
    other = makers.member(session, "Mallory")
    desk.client.set_cookie("session", "forged.cookie.value")
    assert "Mallory" not in desk.open("/").source
    assert other.display_name == "Mallory"
