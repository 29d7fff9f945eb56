"""The style sheets: sent as written, nothing in them dead, and each page loads the ones it needs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium

from academy.prose import sanitiser
from academy.web import assets, styles

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SCRIPTS = assets.STATIC / "js"
CLASS = re.compile(r"\.([a-z][\w-]*)")
ATTRIBUTE = re.compile(r'class="([^"]*)"')
SPOKEN = re.compile(r"\{\{(.*?)\}\}|\{%.*?%\}")
LITERAL = re.compile(r"'([^']*)'")
IMPORT = re.compile(r'\{%-? from "([^"]+)" import (.*?) -?%\}')
MACRO = re.compile(r"\{%-? macro (\w+)\(.*?endmacro -?%\}", re.DOTALL)
EXTENDS = re.compile(r'\{% extends "([^"]+)" %\}')
READ = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map((rule) => rule.cssText).join("");
}"""
LINK = re.compile(r"asset\('(\w+\.css)'\)")
# Named for what they are, though nothing has to be said about their look.
PLAIN = {
    *("thread", "order", "outline-lessons", "post-body", "lesson-terms", "card-plain", "notice-info"),
    *("steps-done", "steps-todo", "lozenge-todo", "thread-todo", "checklist-done", "checklist-open"),
}


def written() -> dict[str, str]:
    """The sheets as they are written, by name."""
    return {name: assets.sheet(name) for name in assets.SHEETS}


def classes_in(sheet: str) -> set[str]:
    """The classes a sheet speaks of."""
    selectors = re.findall(r"([^{};]+)\{", styles.COMMENT.sub("", sheet))
    return set(CLASS.findall(" ".join(each for each in selectors if not each.strip().startswith("@layer"))))


def classes_of(attribute: str) -> Iterator[str]:
    """The classes an attribute of a template can hold; `*` where a value comes from elsewhere."""
    parts: list[list[str]] = []
    position = 0
    for spoken in SPOKEN.finditer(attribute):
        parts += [[attribute[position : spoken.start()]], list(_said(spoken[1] or ""))]
        position = spoken.end()
    for whole in product(*parts, [attribute[position:]]):
        yield from "".join(whole).split()


def _said(expression: str) -> Iterator[str]:
    branches = expression.split(" else ") if expression else []
    for branch in branches:
        value, _if, _condition = branch.partition(" if ")
        words = LITERAL.findall(value)
        yield f"{words[0]}*" if words and "~" in value else words[0] if words else "*"
    if not branches or " if " in branches[-1]:
        yield ""


@dataclass
class Piece:
    """A macro or a template: the classes it writes itself, the macros it calls, what it stands on."""

    classes: set[str] = field(default_factory=set)
    calls: set[tuple[str, str]] = field(default_factory=set)
    layout: str = ""
    links: set[str] = field(default_factory=set)


def piece_of(text: str, names: dict[str, tuple[str, str]]) -> Piece:
    """What a piece of template says; `names` are the macros it can call."""
    found = Piece(links=set(LINK.findall(text)))
    for attribute in ATTRIBUTE.findall(text):
        found.classes.update(classes_of(attribute))
    found.calls = {macro for name, macro in names.items() if re.search(rf"(?<![\w.]){name}\(", text)}
    for extended in EXTENDS.findall(text):
        found.layout = extended
    return found


@cache
def pieces() -> dict[tuple[str, str], Piece]:
    """All templates (under "") and their macros, by file and name."""
    made = {}
    for path in TEMPLATES.rglob("*.html"):
        file, text = path.relative_to(TEMPLATES).as_posix(), path.read_text()
        names = {name: (file, name) for name in MACRO.findall(text)}
        for source, imported in IMPORT.findall(text):
            for each in imported.split(","):
                name, _as, called = each.strip().partition(" as ")
                names[called or name] = (source, name)
        for macro in MACRO.finditer(text):
            made[file, macro[1]] = piece_of(macro[0], names)
        made[file, ""] = piece_of(MACRO.sub("", text), names)
    return made


def classes_used(key: tuple[str, str], seen: set[tuple[str, str]]) -> set[str]:
    """The classes of a piece and of all it calls."""
    if key in seen or key not in pieces():
        return set()
    seen.add(key)
    piece = pieces()[key]
    return piece.classes.union(*(classes_used(call, seen) for call in piece.calls))


def sheets_of(file: str) -> set[str]:
    """The sheets a page loads."""
    piece = pieces()[file, ""]
    return piece.links | (sheets_of(piece.layout) if piece.layout else set())


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns can be this class."""
    return any(re.fullmatch(re.escape(pattern).replace(r"\*", r"[\w-]+"), name) for pattern in patterns)


def classes_of_prose() -> set[str]:
    """The classes that rendered Markdown can hold."""
    return set(sanitiser.AUTHOR_CLASSES).union(*sanitiser.COURSE_CLASSES.values())


def words_of_scripts() -> set[str]:
    """The words in the strings of scripts; the classes they write are among them."""
    strings = re.findall(r"[\"`]([^\"`]*)[\"`]", "\n".join(file.read_text() for file in SCRIPTS.rglob("*.js")))
    return {word for string in strings for word in re.sub(r"\$\{\w+\}", "*", string).split()}


def classes_of_templates() -> set[str]:
    """The classes that templates write."""
    return set[str]().union(*(piece.classes for piece in pieces().values()))


def test_every_class_in_a_sheet_is_used_somewhere() -> None:
    used = classes_of_templates() | classes_of_prose() | words_of_scripts()
    styled = set[str]().union(*map(classes_in, written().values()))
    assert {name for name in styled if not matches(name, used)} == set()


def test_every_class_on_a_page_is_in_a_sheet() -> None:
    styled = set[str]().union(*map(classes_in, written().values()))
    used = {name for name in classes_of_templates() if "*" not in name}
    assert used - styled - PLAIN == set()


def test_every_page_loads_the_sheets_of_its_parts() -> None:
    sheets = {name: classes_in(text) for name, text in written().items()}
    missing = {}
    for file, name in pieces():
        if name or not pieces()[file, ""].layout:
            continue
        used = classes_used((file, ""), set())
        for sheet in set(sheets) - sheets_of(file):
            only_there = sheets[sheet] - set[str]().union(*(sheets[each] for each in sheets_of(file)))
            if lost := only_there & used:
                missing[file, sheet] = lost
    assert missing == {}


def test_the_sheets_know_no_ids_and_no_sides() -> None:
    for name, text in styles.shrunk(written()).items():
        selectors = re.findall(r"(?:^|[{}])([^{}@]+)\{", text)
        assert [each for each in selectors if "#" in each] == [], name
        sides = re.findall(
            r"[{;](?:(?:margin|padding|border|inset)-)?(?:left|right|top|bottom|width|height)\b[^;}]*", text
        )
        assert sides == [], name


def test_shrinking_keeps_strings_and_sums_and_drops_the_rest() -> None:
    sheet = """
    /* a word to whoever reads */
    .a > .b + .b, :is(i, b) { margin: calc(1rem + 2px) 0 ; content: "◆  ; x" ; }
    @media (min-width: 40rem) { .d { color: red; } }
    """
    assert styles.shrunk({"one": sheet}) == {
        "one": '.a>.b + .b,:is(i,b){margin:calc(1rem + 2px) 0;content:"◆  ; x"}@media (min-width:40rem){.d{color:red}}'
    }


def test_shrinking_writes_fixed_sizes_out_and_gives_sheets_the_same_short_names() -> None:
    app = ":root { --space-1: .25rem; --ink: #000; --paper: #fff; } p { margin: var(--space-1); color: var(--ink); }"
    desk = "b { padding: var(--space-1); background: var(--paper); color: var(--ink); }"
    assert styles.shrunk({"app": app, "desk": desk}) == {
        "app": ":root{--a:#000;--b:#fff}p{margin:.25rem;color:var(--a)}",
        "desk": "b{padding:.25rem;background:var(--b);color:var(--a)}",
    }


def test_no_size_that_is_written_out_is_said_twice() -> None:
    said = [name for name, _value in styles.FIXED.findall("".join(map(styles.tight, written().values())))]
    assert len(said) == len(set(said)) > 0


def test_every_name_that_is_used_has_a_value() -> None:
    text = "".join(map(styles.tight, written().values()))
    given = set(re.findall(r"[{;](--[a-z][\w-]*):", text))
    assert set(re.findall(r"var\((--[a-z][\w-]*)\)", text)) - given == set()


def test_nothing_outside_the_sheets_relies_on_the_names_in_them() -> None:
    files = [*TEMPLATES.rglob("*.html"), *SCRIPTS.rglob("*.js")]
    assert [file.name for file in files if re.search(r"var\(--|setProperty", file.read_text())] == []


@pytest.mark.e2e
def test_a_browser_reads_the_same_from_what_is_sent(chromium: Chromium) -> None:
    page = chromium.new_page()
    for name, text in written().items():
        meant = styles.shrunk({**written(), name: page.evaluate(READ, text)})[name]
        got = styles.shrunk({**written(), name: page.evaluate(READ, styles.tight(text))})[name]
        assert got == meant, name
    page.context.close()
