"""Every page as each of the cast, in a language made of brackets: no word of ours may stand outside them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel import Locale
from babel.dates import get_timezone_location
from flask import Flask
from justhtml import JustHTML

from academy import locale_data
from academy.i18n import OWN_NAMES
from academy.people.forms import ZONES
from courses.catalogue import library
from tests import network_world_facilitators, network_world_mentoring
from tests.alumni.opportunity_stage import TEXT, TITLE
from tests.courses.course_files import SCENARIO, course_files
from tests.courses.quiz_stage import quiz_text
from tests.network_world_forum import NAMES as FORUM
from tests.network_world_forum_places import NAMES as FORUM_PLACES
from tests.network_world_forum_writing import NAMES as FORUM_WRITING
from tests.network_world_groups import NAMES as GROUPS
from tests.network_world_opportunities import WAITS
from tests.pseudo_locale import CLOSE, OPEN, STRETCH, Brackets, bare, spoken
from tests.snapshot import standing
from tests.stage import Stage
from tests.test_permissions import ROWS
from tests.world import ANSWER, LEGAL_NAME, MOTIVE, WHY, WORDS, WORK, World
from wsgi import create_app

pytestmark = pytest.mark.slow

PEOPLE = ("visitor", "max", "lena", "tariq", "olga", "ana", "mina", "ada")
SPOKEN = ("alt", "aria-label", "title", "placeholder", "aria-description", "data-text")
SILENT = {"script", "style", "code", "kbd", "samp", "pre", "svg"}
NOT_OURS = {"/style"}  # the style guide is for those who build pages; its examples stand for members' own words
WORD = re.compile(r"[^\W\d_]{2,}")
MACHINE = re.compile(r"https?://\S+|\S+@\S+|\b[a-z-]+(?:\.[a-z-]+)+\b|\b[a-z_]+:\S+|\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b")
ENGLISH = Locale("en")
NAMED_BY_BABEL = {
    *ENGLISH.months["format"]["wide"].values(),
    *ENGLISH.days["format"]["wide"].values(),
    *ENGLISH.days["format"]["abbreviated"].values(),
    *(get_timezone_location(zone, locale="en", return_city=True) for zone in ZONES[:-1]),
    *ENGLISH.territories.values(),
    *("UTC", "AM", "PM"),
    *(ENGLISH.languages[code] for code in locale_data.SPOKEN),
}
NAMES = {
    "Common Ground",  # the name of the place is a setting
    *("Lena", "Max", "Noor", "Tariq", "Olga", "Mina", "Ada", "Zarina", "Ana", "Zoya"),
    *("A summer of service", "Nur Test", "Noor Test"),
    *("Rivers and neighbours", "Past and gone", "Not yet open", "Learners welcome", "Slides.pdf"),  # events
    *("An hour about water.", "The blue door behind the bakery"),
    *("Asking steps", "Coded steps", "Unfinished steps", "Spring", "Coded", "Her other phone", "A test"),
    *GROUPS,
    *FORUM,
    *FORUM_PLACES,
    *FORUM_WRITING,
    *(TITLE, TEXT, WAITS),  # what opportunities are called and say
    *OWN_NAMES.values(),  # languages are called by their own names
    *(WORDS, "Say who decides.", "Look.", "Two villages", "Which two?", "Sanam", "drew two gates."),  # typed by people
    network_world_facilitators.OFFER,
    *(network_world_mentoring.FIRST_GOAL, network_world_mentoring.OFFER, network_world_mentoring.NOTE),
    *("Gulnora Earlier", "Bek Before", "Noor As She Was", "Years.xlsx"),
    *(
        LEGAL_NAME,
        "It is a world for tests.",
        "Nobody: a bank fell",
        "A river made by people.",
        "How to teach first steps",
    ),
    *("former-ana", "Osh"),  # of a profile
    *("Your password was changed",),  # the subject of a letter that was written in its reader's language
}
"""What people and courses are called in the world of the tests."""
LOGGED = ("done", "error", "first-steps", "completion", "water", "hidden")  # the audit log keeps words for machines
MARKS = re.compile(r"^(?:[-#>=*\s\d.]|\[[ x]\]|\w+: )+|\{#\w+\}|\*|\[\^\d\]|\[(?=[^\]]+\]\(#)|\]\(#\w+\)")


def course_words() -> set[str]:
    """Every line of the courses' files, without the marks of Markdown, and what was typed in the world."""
    own = {"01-water/02-check.md": quiz_text(), "01-water/05-why.md": WHY, "01-water/06-gate.md": SCENARIO}
    files = course_files(own).values()
    lines = [line for content in files for line in content.decode().splitlines()]
    lines += [part for line in lines for part in line.split(" :: ")]
    return {MARKS.sub("", line).strip() for line in [*lines, ANSWER, WORK, MOTIVE]} - {""}


KNOWN = sorted(NAMED_BY_BABEL | NAMES | course_words() | set(LOGGED), key=len, reverse=True)
AS_A_WHOLE = re.compile("|".join(rf"(?<!\w){re.escape(known)}(?!\w)" for known in KNOWN))


@pytest.fixture
def pseudo(stage: Stage, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The world, served by an application that has cached nothing in any other language."""
    world = standing(stage)[0]
    settings = app.extensions["academy.settings"]
    monkeypatch.setattr(library, "_shelves", {})  # what a process keeps of courses is kept in words of the site too
    with spoken():
        own = create_app(settings)
        yield World(own, world.tokens, world.values)
        own.extensions["academy.database"].dispose()


def test_the_language_of_brackets_is_spoken() -> None:
    words, long = Brackets(), Brackets(STRETCH)
    assert words.ugettext("Sign in") == f"{OPEN}Sign in{CLOSE}"
    assert words.ungettext("%(num)s day", "%(num)s days", 3) == f"{OPEN}%(num)s days{CLOSE}"
    assert len(long.ugettext("Nothing waits for marks.")) > 1.3 * len("Nothing waits for marks.")
    assert long.ugettext("%(num)s of %(all)s").count("%") == 2
    assert bare(f"a {OPEN}b {OPEN}c{CLOSE} d{CLOSE} e").split() == ["a", "e"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello there</p>", ["Hello there"]),
        ("<img alt='A boat'>", ["A boat"]),
        ("<button aria-label='Close'>⟦Close⟧</button>", ["Close"]),
        ("<input type=submit value=Send>", ["Send"]),
        ("<p>⟦Read <a>the list</a> first.⟧ Please</p>", ["Please"]),
        ("<p>⟦Read⟧ Lena <span translate=no>ours</span> <i lang=ru>слово</i></p>", []),
    ],
)
def test_words_outside_the_brackets_are_found(source: str, found: list[str]) -> None:
    assert untranslated(source) == found


def is_foreign(node: Any) -> bool:
    """Whether what stands in it is not ours to translate: courses, members' words, machine names."""
    attrs = node.attrs or {}
    return node.name in SILENT or attrs.get("translate") == "no" or "data-own-words" in attrs


def texts(node: Any) -> Iterator[str]:
    """Everything a reader sees or hears in a node that is ours."""
    for child in node.children or ():
        if child.name == "#text":
            yield child.data or ""
        elif not child.name.startswith(("#", "!")) and not is_foreign(child):
            yield from (str(child.attrs[name]) for name in SPOKEN if child.name != "meta" and child.attrs.get(name))
            if child.name == "input" and child.attrs.get("type") in {"submit", "button", "reset"}:
                yield str(child.attrs.get("value") or "")
            if not (child.name != "html" and "lang" in (child.attrs or {})):
                yield from texts(child)


def untranslated(source: str) -> list[str]:
    """Words of ours outside the brackets; a sentence may be spread over several nodes."""
    whole = bare("\n".join(" ".join(text.split()) for text in texts(JustHTML(source, sanitize=False).root)))
    lines = (AS_A_WHOLE.sub(" ", MACHINE.sub(" ", line)).strip() for line in whole.splitlines())
    return [line for line in lines if WORD.search(line)]


@pytest.mark.parametrize("who", PEOPLE)
def test_every_word_of_ours_can_be_translated(who: str, pseudo: World) -> None:
    client, found = pseudo.client(who), {}
    for row in ROWS:
        if row.method == "GET" and row.rule not in NOT_OURS and who in row.results:
            answer = client.get(row.path(pseudo))
            if answer.mimetype == "text/html" and answer.status_code not in {301, 302, 303, 308}:
                source = answer.get_data(as_text=True)
                assert OPEN in source, f"{row.rule} does not speak the language"
                found[row.path(pseudo)] = untranslated(source)
    assert {path: those for path, those in found.items() if those} == {}
