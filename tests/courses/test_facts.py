"""Facts of the bundled courses: what can be looked up stands in docs/sources.md, in the section of its course.

Looked at are the English originals of lessons, quizzes, tasks and scenarios. A fact is
- a symbol of a UN document (S/RES/1325), and the number behind the word "resolution";
- a day with its year, and every year by itself;
- a number with a unit (43 %, 2,597, 5 million);
- a person's name: two or more words in a row with capital letters, none of which this course ever writes small.

Not looked at are what a lesson cites (its list of sources, its footnotes) and the wrong options of a quiz. Tasks,
scenarios, and paragraphs that say "invented" are made up: of these only the names are looked at, which the section
lists behind the word "Invented:". What looks like a name and is none stands in words_that_are_no_names.txt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category, normalize

import pytest

from courses.catalogue.cli import BUNDLED
from courses.catalogue.reader.bodies import without_language

SOURCES = Path(__file__).resolve().parents[2] / "docs" / "sources.md"
NO_NAMES = frozenset(Path(__file__).with_name("words_that_are_no_names.txt").read_text(encoding="utf-8").split("\n"))
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
DAY = re.compile(rf"\b((?:\d{{1,2}}(?:\s?[-–,]\s?|\sand\s))*\d{{1,2}})\s{MONTH}\s(\d{{4}})\b")
YEAR = re.compile(r"(?<![\d/.,-])(1[6-9]\d\d|20[0-4]\d)(?![\d/]|,\d|\s?%)")
SYMBOL = re.compile(r"\b[ASE]/(?=[\w./]*\d)(?:[A-Z]+[A-Z0-9./]*/)?[\w.]+(?:/[\w.]+)*(?<![.,])")
RESOLUTION = re.compile(r"\b[Rr]esolutions?\s((?:\d{2,4}(?:/\d+)?(?:,\s|\sand\s)?)+)")
FIGURE = re.compile(
    r"(?<![\d/.,])(\d{1,3}(?:,\d{3})+"
    r"|\d+(?:\.\d+)?(?=\s?(?:%|per cent|million|billion|trillion|km\b|dollars|countries\b)))"
)
NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s(?:[A-Z]\.\s?)?(?:(?:al|ibn|bin|de|van|von|der|el)[\s-])?[A-Z][\w’'-]+)+")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
HIDDEN = re.compile(r"\]\([^)]*\)|`[^`]*`|\{#[^}]*\}|https?://\S+")
SOURCES_OF_LESSON = "## Sources"
KIND = re.compile(r"^kind: (task|scenario)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be looked up, and where it stands."""

    place: str
    text: str
    keys: tuple[str, ...]


def folded(text: str) -> str:
    """Letters without their marks, the same hyphen everywhere."""
    plain = "".join(each for each in normalize("NFD", text) if category(each) != "Mn")
    return plain.replace("’", "'").replace("–", "-")


def days_in(text: str) -> Iterator[tuple[str, str]]:
    """Every day with its year, as it is written and as a key: 10-14 April 2010 are two of them."""
    for found in DAY.finditer(text):
        for number in re.findall(r"\d+", found[1]):
            yield found[0], f"{int(number)} {found[2].lower()} {found[3]}"


def names_in(text: str, small: frozenset[str]) -> Iterator[str]:
    """Every run of words with capital letters that could be somebody's name."""
    for found in NAME.finditer(text):
        run: list[str] = []
        for word in (*found[0].split(), ""):
            bare = re.sub(r"['’]s?$", "", word)
            if bare and bare.lower() not in small and bare not in NO_NAMES:
                run.append(bare)
                continue
            if len(run) > 1 and " ".join(run) not in NO_NAMES:
                yield " ".join(run)
            run = []


def lines_of(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """Each line of the English originals with its place, and whether it is made up."""
    for path in sorted(folder.glob("*/*.md")):
        if without_language(path.name) == path.name:
            text = path.read_text(encoding="utf-8")
            story, listed, number = KIND.search(text) is not None, False, 1
            for paragraph in text.split("\n\n"):
                for line in paragraph.split("\n"):
                    listed = line == SOURCES_OF_LESSON or (listed and not line.startswith("## "))
                    if not listed and not line.startswith(("- [ ]", "[^")):
                        place, shown = f"{path.relative_to(BUNDLED)}:{number}", HIDDEN.sub(" ", line)
                        yield place, shown, story or "nvented" in paragraph
                    number += 1
                number += 1


def facts_of(folder: Path) -> Iterator[Fact]:
    """Every fact of a course."""
    lines = list(lines_of(folder))
    small = frozenset(word for _, line, _ in lines for word in WORD.findall(line) if word[0].islower())
    for place, line, invented in lines:
        yield from (Fact(place, name, (folded(name.split()[-1]),)) for name in names_in(line, small))
        if not invented:
            yield from _figures(place, folded(line))


def _figures(place: str, line: str) -> Iterator[Fact]:
    yield from (Fact(place, text, (key,)) for text, key in days_in(line))
    yield from (Fact(place, found[0], (found[0].removeprefix("S/RES/"),)) for found in SYMBOL.finditer(line))
    yield from (
        Fact(place, f"resolution {number}", (number,))
        for found in RESOLUTION.finditer(line)
        for number in re.findall(r"\d+(?:/\d+)?", found[1])
    )
    yield from (Fact(place, found[1], (found[1],)) for found in YEAR.finditer(line))
    yield from (Fact(place, found[1], (found[1],)) for found in FIGURE.finditer(line))


def section_of(title: str) -> str:
    """What docs/sources.md says of a course, with its days as keys too."""
    whole = folded(SOURCES.read_text(encoding="utf-8"))
    found = re.search(rf"^## {re.escape(folded(title))}$(.*?)(?=^## |\Z)", whole, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/sources.md has no section “{title}”"
    return found[1] + " ".join(f"[{key}]" for _, key in days_in(found[1]))


def missing_in(folder: Path) -> list[str]:
    """The facts of a course that its section does not name, each with its place."""
    title = re.search(r"^title: (.+)$", (folder / "course.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert title is not None
    section = section_of(title[1].strip().strip('"'))
    words = frozenset(re.findall(r"[\w./%']+(?:,\d{3})*", section))

    def named(key: str) -> bool:
        return f"[{key}]" in section if " " in key else key in words or re.search(_alone(key), section) is not None

    found = dict.fromkeys(facts_of(folder))
    return [f"{fact.place}: {fact.text}" for fact in found if not all(named(key) for key in fact.keys)]


def _alone(key: str) -> str:
    return rf"(?<![\w.,]){re.escape(key)}(?!\w|[.,]\d)"


@pytest.mark.parametrize(
    "folder", sorted(each for each in BUNDLED.iterdir() if each.is_dir()), ids=lambda each: each.name
)
def test_every_fact_has_its_source(folder: Path) -> None:
    missing = missing_in(folder)
    assert not missing, f"{len(missing)} facts are not in docs/sources.md:\n" + "\n".join(missing)


def test_what_a_fact_is() -> None:
    line = (
        "On 10 and 14 April 2010 Jan Kubiš spoke for 5 million people, 43 % of 2,597, about resolutions 1325 and 2250 "
        "(A/70/674). The Security Council met; a council of security meets in 1999."
    )
    small = frozenset(word for word in WORD.findall(line) if word[0].islower())
    assert list(names_in(line, small)) == ["Jan Kubiš"]
    assert [fact.keys[0] for fact in _figures("here:1", folded(line))] == [
        *("10 apr 2010", "14 apr 2010", "A/70/674", "1325", "2250", "2010", "1999", "5", "43", "2,597"),
    ]
