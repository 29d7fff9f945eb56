"""The preview of a draft is the learner's own page, and nothing on it acts."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from courses.authoring import previews
from courses.catalogue import service as catalogue
from courses.catalogue.content import Kind
from tests import makers
from tests.academy.hostile_markdown import HOSTILE, VECTORS
from tests.browser import Browser, Page
from tests.courses import quiz_stage, workshop
from tests.courses.course_files import course_files
from tests.courses.workshop import DRAFT, EDITOR, LESSON, PREVIEW, SLUG
from tests.queries import QueryCount

Counting = Callable[[], AbstractContextManager[QueryCount]]
LESSON_RU = """---
title: Канал
summary: Затвор закрыт.
---
## Затвор

У двух сёл **один** канал.[^1]

![Канал между двумя сёлами](../media/canal.svg "Канал")

### Ещё

См. [проверку](02-check.md) и [Устав](https://www.un.org/ru/about-us/un-charter).

[^1]: Выдуманный источник.
"""
COURSE_RU = "---\ntitle: Первые шаги\nsummary: Как ссоры остаются малыми.\noutcomes:\n  - Отличать спор от насилия\ncertificate:\n  title: Сертификат\n---\nЗдравствуйте. Начните с [канала](01-water/01-canal.md).\n"  # noqa: E501
FILES = {"01-water/01-canal.ru.md": LESSON_RU, "course.ru.md": COURSE_RU}


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq at his desk, the draft begun."""
    workshop.begun(session, tariq, FILES | {"01-water/02-check.md": quiz_stage.quiz_text()})
    return browser.signed_in(tariq)


def prose(page: Page) -> str:
    """The text of a lesson as it is sent, without what differs by purpose: addresses."""
    (leaf,) = page.all("article")
    return re.sub(r' (href|src|action|value|type|target)="[^"]*"', "", str(leaf.to_html()))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_lesson_looks_exactly_as_learners_will_get_it(
    desk: Browser, browser: Browser, session: Session, lena: Member, language: str
) -> None:
    shown = desk.open(f"{PREVIEW}?framed=yes&language={language}")
    catalogue.publish(session, slug=SLUG, files=course_files(FILES), by=None, now=clock.now())
    session.commit()
    learner = browser.signed_in(lena).speaking(language)
    learner.post(f"/courses/{SLUG}/enrol")
    published = learner.open(f"/courses/{SLUG}/water/canal/")
    assert published.status == shown.status == 200
    assert prose(shown).split() == prose(published).split()
    assert shown.text_of("header") == published.text_of("header").replace("Lena", "Tariq")
    sheets = [[node.attrs["href"] for node in page.all("link[rel=stylesheet]")] for page in (shown, published)]
    assert sheets[0] == sheets[1]


def test_a_preview_may_be_framed_by_this_site_alone_and_sends_nothing(desk: Browser) -> None:
    policy = desk.open(PREVIEW).response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'none'" in policy
    assert "frame-ancestors 'none'" in desk.open("/").response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "view", "said"),
    [
        ("01-water/02-check.md", "", "Question 1 of"),
        ("01-water/02-check.md", "start", "Start the quiz"),
        ("01-water/02-check.md", "explanations", "Your result"),
        ("01-water/03-map.md", "", "What is looked at"),
        ("01-water/04-meeting.md", "", "We meet"),
        ("01-water/module.md", "", "One canal, two villages."),
        ("course.md", "", "Tell a dispute from violence"),
        ("course.ru.md", "", "Первые шаги"),
        ("glossary.md", "", "A river made by people."),
    ],
)
def test_every_kind_of_file_is_shown_and_nothing_on_it_acts(desk: Browser, path: str, view: str, said: str) -> None:
    page = desk.open(f"{DRAFT}/preview/{path}?framed=yes&view={view}")
    assert page.status == 200
    assert said in page.text
    assert page.all("form[action], form[data-autosave], form[data-draft], [formaction], button[type=submit]") == []


def test_all_questions_stand_in_the_order_of_the_file(desk: Browser) -> None:
    page = desk.open(f"{DRAFT}/preview/01-water/02-check.md")
    shown = [" ".join(node.to_text(separator=" ").split()) for node in page.all("fieldset.question > legend")]
    assert len(shown) == quiz_stage.quiz_text().count("\n## ") + quiz_stage.quiz_text().startswith("## ")


def test_links_lead_to_other_previews_in_the_same_manner(desk: Browser) -> None:
    page = desk.open(f"{PREVIEW}?framed=yes&language=ru&theme=dark")
    (link,) = [address for words, address in page.links() if words == "проверку"]
    assert link == f"{DRAFT}/preview/01-water/02-check.md?language=ru&theme=dark&framed=yes"
    assert page.all("html")[0].attrs["data-theme"] == "dark"
    beside = [address for _, address in page.links() if "/draft/preview/01-water/03-map.md" in address]
    assert beside
    for node in page.all("a[href]"):
        address = node.attrs["href"]
        inside = address.startswith(("#", f"{DRAFT}/preview/"))
        assert inside or node.attrs.get("target") == "_blank", address
        assert not address.startswith(f"/courses/{SLUG}/"), address


def test_it_speaks_the_language_it_is_asked_for_and_leaves_the_trainer_s_alone(desk: Browser) -> None:
    page = desk.open(f"{PREVIEW}?language=ru")
    assert page.all("html")[0].attrs["lang"] == "ru"
    assert page.heading == "Канал"
    assert "Back to the text" in page.source
    assert desk.open("/teach/").all("html")[0].attrs["lang"] == "en"


def test_it_works_while_other_files_have_faults(desk: Browser, session: Session) -> None:
    broken = {
        "course.md": b"no fence",
        "01-water/module.md": b"\xff",
        "01-water/02-check.md": b"---\nkind: quiz\n---\n",
    }
    workshop.change(session, broken)
    page = desk.open(PREVIEW)
    assert page.heading == "The canal"
    assert "Two villages share" in page.text
    assert desk.open(f"{DRAFT}/preview/01-water/02-check.md").status == 200


def test_a_file_that_cannot_be_read_says_why(desk: Browser, session: Session) -> None:
    workshop.change(session, {LESSON: b"title: The canal\n"})
    page = desk.open(PREVIEW)
    assert page.heading == f"No preview of {LESSON}"
    assert "Line 1: The file must begin with" in page.text
    page.follow("Back to the text")


def test_the_preview_follows_each_save(desk: Browser) -> None:
    page = desk.open(EDITOR)
    text = str(page.form("Save").values["text"])
    shown = page.submit("Look at the page", text=text.replace("Two villages share", "Three villages share"))
    assert shown.heading == "The canal"
    assert "Three villages share" in shown.text


@pytest.mark.parametrize("kind", ["vectors", "nested links", "deep lists", "numbers", "wide table", "back ticks"])
@pytest.mark.slow
def test_hostile_text_is_shown_harmless_or_refused_in_a_sentence(desk: Browser, session: Session, kind: str) -> None:
    text = "\n\n".join(VECTORS).replace("\x01", "").replace("\x02", "").replace("\x03", "")
    text = text if kind == "vectors" else HOSTILE[kind]
    workshop.change(session, {LESSON: b"---\ntitle: The canal\n---\n" + text.encode()[:60_000]})
    began = clock.now()
    page = desk.open(PREVIEW)
    assert page.status == 200
    assert (clock.now() - began).total_seconds() < 12
    assert [name for node in page.all("*") for name in node.attrs if name.startswith("on") or name == "style"] == []
    assert [node.attrs["src"] for node in page.all("script")] == [node.attrs["src"] for node in page.all("head script")]
    links = [str(node.attrs.get("href")).lower().strip() for node in page.all("main a")]
    assert [link for link in links if link.startswith(("javascript:", "data:", "vbscript:", "//"))] == []
    assert [node.attrs["src"] for node in page.all("main img") if not node.attrs["src"].startswith("/teach/")] == []


def test_pictures_of_a_draft_are_for_its_staff(desk: Browser, browser: Browser, session: Session, lena: Member) -> None:
    (picture,) = [node.attrs["src"] for node in desk.open(PREVIEW).all("main img")]
    answer = desk.client.get(picture)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    reviewer = makers.member(session, "Rosa", roles=(("reviewer", f"course:{SLUG}"),))
    assert browser.signed_in(reviewer).client.get(picture).status_code == 200
    other = makers.member(session, "Olga", roles=(("trainer", "course:other-steps"),))
    assert browser.signed_in(other).client.get(picture).status_code == 404
    assert browser.signed_in(lena).client.get(picture).status_code == 403
    assert browser.signed_in(other).open(PREVIEW).status == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("evil.svg", b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script>alert(1)</script></svg>"),
        ("page.png", b"<!doctype html><script>alert(1)</script>"),
        ("run.html", b"<script>alert(1)</script>"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_not_served(
    desk: Browser, session: Session, name: str, content: bytes
) -> None:
    digest = workshop.change(session, {f"media/{name}": content})[f"media/{name}"]
    assert desk.client.get(f"{DRAFT}/media/{digest[:8]}/{name}").status_code == 404


def test_reviewers_look_but_do_not_write(browser: Browser, session: Session, tariq: Member) -> None:
    workshop.begun(session, tariq)
    reviewer = browser.signed_in(makers.member(session, "Rosa", roles=(("reviewer", f"course:{SLUG}"),)))
    assert reviewer.open(PREVIEW).status == 200
    assert reviewer.open(EDITOR).status == 403


def test_every_kind_of_lesson_has_a_preview(desk: Browser) -> None:
    with desk.app.app_context():
        assert all(previews.views_of(kind) for kind in (None, *Kind))


def test_a_preview_crowds_nothing_out_and_asks_the_database_little(desk: Browser, query_count: Counting) -> None:
    desk.open("/")
    kept: Any = [desk.app.extensions[name] for name in ("academy.shared", "academy.chrome")]
    before = [len(each) for each in kept]
    with query_count() as count:
        desk.open(PREVIEW)
    assert [len(each) for each in kept] == before
    assert count.total <= 4, count.statements
