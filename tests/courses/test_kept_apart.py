"""What a process keeps of pages shows nobody what is somebody else's: progress, language, time zone, edition."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from markupsafe import Markup
from sqlalchemy.orm import Session

from academy.people.models import Member
from academy.web.shared import shared
from courses.catalogue import library
from tests.browser import Browser, Page, words
from tests.courses import quiz_stage as stage
from tests.courses.course_files import COURSE as COURSE_FILE
from tests.courses.course_files import LESSON
from tests.readers import Reader

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
CANAL, CHECK, MAP = (f"/courses/{stage.SLUG}/water/{lesson}/" for lesson in ("canal", "check", "map"))
COURSE = f"/courses/{stage.SLUG}/"
PAGES = (
    *("/", "/courses/", COURSE, CANAL, CHECK, MAP, f"{COURSE}water/meeting/"),
    *(f"{CHECK}attempt/1", "/my/certificates", "/account/sessions"),
)
LANGUAGES = ("en", "ru")
KEPT = (
    *("academy.shared", "courses.contents", "academy.chrome", "academy.chrome_asked"),
    *("academy.whole_pages", "academy.whole_pages_asked"),
)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def readers(
    clock: time_machine.Traveller, browser: Browser, session: Session, lena: Member, max_: Member, ana: Member
) -> list[Reader]:
    """Lena did nearly all of it; Max has just begun; Ana did it in the edition before; each reads every language."""
    stage.publish(session, minutes=30)
    stage.enrol(session, lena, max_, ana)
    for who, zone in ((lena, "Asia/Kabul"), (max_, "America/New_York"), (ana, "")):
        who.time_zone = zone
    session.commit()
    hers, his, anas = (browser.signed_in(who) for who in (lena, max_, ana))
    _studies(anas, session, place=0)
    clock.shift(timedelta(minutes=1))
    _publish_again(session, "The canal, told anew")
    _studies(hers, session, place=1)
    hers.post(f"{MAP}hand-in", {"text": "Two villages and a gate."})
    his.post(f"{CHECK}attempt")
    phones = {"lena": hers, "max": his, "ana": anas, "visitor": browser}
    return [Reader(name, code, phone) for name, phone in phones.items() for code in LANGUAGES]


def _studies(phone: Browser, session: Session, *, place: int) -> None:
    phone.post(f"{CANAL}done")
    phone.post(f"{CHECK}attempt")
    whole = stage.paper(session, stage.attempts(session)[place])
    phone.post(f"{CHECK}attempt/1", stage.right(whole))


def _publish_again(session: Session, title: str) -> None:
    changes = {
        "course.md": COURSE_FILE.replace("title: First steps", f"title: Steps. {title}"),
        "01-water/01-canal.md": LESSON.replace("title: The canal", f"title: {title}"),
        "01-water/01-canal.ru.md": LESSON.replace("title: The canal", f"title: Канал, {title}"),
    }
    stage.publish(session, minutes=30, changes=changes)


def forget_everything(app: Flask) -> None:
    """Let the process know no page any more."""
    for name in KEPT:
        app.extensions.get(name, {}).clear()
    for name in ("_shelves", "_pages"):
        vars(library)[name].clear()


def cold(app: Flask, readers: list[Reader]) -> dict[tuple[str, str, str], str]:
    """Every page of everybody as it is when nothing is kept."""
    found = {}
    for reader in readers:
        for path in PAGES:
            forget_everything(app)
            found[reader.name, reader.language, path] = reader.sees(path)
    return found


def warm(readers: list[Reader]) -> dict[tuple[str, str, str], str]:
    """Every page of everybody once everybody has looked at all of them."""
    for _ in range(2):
        found = {(reader.name, reader.language, path): reader.sees(path) for path in PAGES for reader in readers}
    return found


@pytest.mark.slow
def test_what_others_looked_at_changes_nothing_for_anybody(
    app: Flask, readers: list[Reader], session: Session, clock: time_machine.Traveller
) -> None:
    alone = cold(app, readers)
    for name, count in (("lena", 2), ("max", 0), ("ana", 2)):
        assert f"{count} of 4 lessons done" in alone[name, "en", COURSE]
    together = warm(readers)
    assert [name for name, source in alone.items() if together[name] != source] == []
    clock.shift(timedelta(minutes=1))
    _publish_again(session, "The canal for the third time")
    after = warm(readers)
    assert all("third time" in after[name, code, CANAL] for name in ("lena", "max", "visitor") for code in LANGUAGES)
    assert "told anew" not in "".join(source for (_, _, path), source in after.items() if path in {"/", COURSE, CANAL})
    alone = cold(app, readers)
    assert [name for name, source in alone.items() if after[name] != source] == []


def outline_of(page: Page) -> dict[str, str]:
    """The lines of the contents beside a lesson by their addresses."""
    return {node.attrs["href"]: words(node) for node in page.all(".outline a")}


@pytest.mark.parametrize("path", [CHECK, MAP, CANAL])
def test_the_contents_say_where_one_is_even_when_that_is_done(readers: list[Reader], path: str) -> None:
    for reader in (each for each in readers if each.language == "en" and each.name in {"lena", "max"}):
        page = reader.phone.speaking("en").open(path)
        lines = outline_of(page)
        here = [node.attrs["href"] for node in page.all(".outline [aria-current]")]
        assert here == [path], reader.name
        assert lines[path].endswith("(you are here)"), (reader.name, lines)
        assert sum("(you are here)" in line for line in lines.values()) == 1
        done = {href for href, line in lines.items() if line.endswith("(done)")}
        assert done == ({CANAL, CHECK} - {path} if reader.name == "lena" else set())


@pytest.mark.parametrize(("first", "second"), [("<b>", Markup("<b>")), (1, True), (0, False)])
def test_equal_keys_of_other_kinds_are_not_mixed_up(app: Flask, first: object, second: object) -> None:
    with app.test_request_context():
        assert shared("a test", first, caller=lambda: Markup("one")) == "one"
        assert shared("a test", second, caller=lambda: Markup("two")) == "two"
