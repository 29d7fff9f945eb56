"""The Markdown of a body: headings, links, pictures, footnotes and abbreviations, each fault with its line."""

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

from courses.catalogue.content import LANGUAGES
from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import FileNotes, sentence

HIDDEN = re.compile(r"\\.|`[^`\n]*`")
HEADING = re.compile(r"^(#{1,6})(?!#)[ \t]*([^\n]*)$", re.MULTILINE)
UNDERLINED = re.compile(r"^[^\s#>|=-][^\n]*\n(=+|-+)[ \t]*$", re.MULTILINE)
PICTURE = re.compile(r"!\[([^\]]{0,1500})\]\(\s{0,9}<?([^)\s>]{0,500})")
TARGET = re.compile(r"\]\(\s{0,9}<?([^)\s>]{1,500})")
REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*<?([^\s>]{1,500})", re.MULTILINE)
MENTION = re.compile(r"(?<!!)\[\^([^\]\n]{0,100})\](?!:)")
FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\n]{0,100})\]:[ \t]*([^\n]*)$", re.MULTILINE)
ABBREVIATION = re.compile(r"^\*\[([^\]\n]{1,200})\] ?:[ \t]*([^\n]*)$", re.MULTILINE)
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
GUIDE_FILE = "guide.md"
SCHEMES = frozenset({"http", "https", "mailto"})

H1 = sentence("a body has no heading of level 1, the title is it; begin with ##")
JUMP = sentence("the heading goes from level %(before)d to level %(level)d; no level may be left out")
NO_HEADING = sentence("this heading has no text")
NO_ALTERNATIVE = sentence('the picture "%(target)s" has no alternative text between its square brackets')
FOREIGN = sentence('the picture "%(target)s" is not in media/; a foreign picture tells a stranger who reads')
NOT_PICTURE = sentence('"%(target)s" is not a picture')
BAD_SCHEME = sentence('the link "%(target)s" must begin with https:, http: or mailto:, or lead to a file here')
BROKEN = sentence('the link "%(target)s" leads to nothing in this course')
BROKEN_NEAR = sentence('the link "%(target)s" leads to nothing in this course; did you mean "%(near)s"?')
OF_GUIDE = sentence("the guide is for those who teach; learners cannot open it, so nothing else may lead there")
TRANSLATED = sentence('link to "%(base)s" instead of "%(target)s": the site finds the language by itself')
NO_FOOTNOTE = sentence('footnote "%(name)s" has no text')
TWO_FOOTNOTES = sentence('footnote "%(name)s" is written twice')
LOST_FOOTNOTE = sentence('footnote "%(name)s" is not mentioned in the text')
TWO_ABBREVIATIONS = sentence('abbreviation "%(name)s" is explained twice')
NO_MEANING = sentence('abbreviation "%(name)s" has no explanation')


@dataclass(frozen=True, slots=True)
class Reach:
    """What a body may lead to, and which media it does lead to (filled while checking)."""

    markdown: Collection[str]
    media: Collection[str]
    used: set[str]


def resolve(path: str, target: str) -> str:
    """The course file that a relative target in another file means; "" if it leads out of the course."""
    clean = unquote(target.partition("#")[0].partition("?")[0])
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), clean))
    return "" if joined.startswith(("..", "/")) else joined


def relative_targets(body: str) -> Iterator[str]:
    """Every target of a link or a picture that is neither an address nor a place on the same page."""
    text = masked(body)
    for pattern in (TARGET, REFERENCE):
        for match in pattern.finditer(text):
            if not match[1].startswith(("#", "/")) and not SCHEME.match(match[1]):
                yield match[1]


def masked(body: str) -> str:
    """The body with code spans and escaped letters blanked out, so that all places stay the same."""
    return HIDDEN.sub(lambda match: " " * len(match.group()), body)


class BodyCheck:
    """Checks one body."""

    def __init__(self, document: Document, reach: Reach) -> None:
        self.document = document
        self.note: FileNotes = document.note
        self.text = masked(document.body)
        self.reach = reach

    def line(self, place: int) -> int:
        """The line in the file of a place in the body."""
        return self.document.line + self.text.count("\n", 0, place)

    def check(self, *, headings: bool = True) -> None:
        """Note all faults of the body; the headings of a quiz are its own affair."""
        if headings:
            self._check_headings()
        self._check_pictures()
        self._check_links()
        self._check_footnotes()
        self._check_abbreviations()

    def _check_headings(self) -> None:
        before = 1
        for level, text, place in headings_of(self.text):
            line = self.line(place)
            if level == 1:
                self.note.say(line, H1)
            elif level > before + 1:
                self.note.say(line, JUMP, before=before, level=level)
            if not text:
                self.note.say(line, NO_HEADING)
            before = level

    def _check_pictures(self) -> None:
        for match in PICTURE.finditer(self.text):
            line, target = self.line(match.start()), match[2]
            if not match[1].strip():
                self.note.say(line, NO_ALTERNATIVE, target=target)
            if SCHEME.match(target) or target.startswith("/"):
                self.note.say(line, FOREIGN, target=target)
            elif target.endswith((".md", ".pdf", ".mp3")):
                self.note.say(line, NOT_PICTURE, target=target)

    def _check_links(self) -> None:
        pictures = {match.end(2) for match in PICTURE.finditer(self.text)}
        for pattern in (TARGET, REFERENCE):
            for match in pattern.finditer(self.text):
                self._check_target(match[1], self.line(match.start(1)), picture=match.end(1) in pictures)

    def _check_target(self, target: str, line: int, *, picture: bool) -> None:
        scheme = SCHEME.match(target)
        if scheme or target.startswith(("//", "/")):
            foreign = scheme[1].lower() not in SCHEMES if scheme else target.startswith("//")
            if foreign and not picture:
                self.note.say(line, BAD_SCHEME, target=target)
        elif not target.startswith("#"):
            self._check_file(target, line)

    def _check_file(self, target: str, line: int) -> None:
        path = resolve(self.document.path, target)
        if path in self.reach.media:
            self.reach.used.add(path)
        elif path not in self.reach.markdown:
            self._say_broken(target, path, line)

    def _say_broken(self, target: str, path: str, line: int) -> None:
        base = without_language(path)
        near = get_close_matches(path, [*self.reach.markdown, *self.reach.media], n=1, cutoff=0.75)
        if base == GUIDE_FILE:
            self.note.say(line, OF_GUIDE)
        elif base != path and base in self.reach.markdown:
            self.note.say(line, TRANSLATED, base=without_language(target), target=target)
        elif near:
            here = posixpath.dirname(self.document.path) or "."
            self.note.say(line, BROKEN_NEAR, target=target, near=posixpath.relpath(near[0], here))
        else:
            self.note.say(line, BROKEN, target=target)

    def _check_footnotes(self) -> None:
        texts: dict[str, int] = {}
        for match in FOOTNOTE.finditer(self.text):
            name, line = match[1], self.line(match.start(1))
            if name in texts:
                self.note.say(line, TWO_FOOTNOTES, name=name)
            texts[name] = line
            if not match[2].strip() and not self.text[match.end() :].startswith("\n    "):
                self.note.say(line, NO_FOOTNOTE, name=name)
        mentions = {match[1]: self.line(match.start()) for match in MENTION.finditer(self.text)}
        for name in mentions.keys() - texts.keys():
            self.note.say(mentions[name], NO_FOOTNOTE, name=name)
        for name in texts.keys() - mentions.keys():
            self.note.say(texts[name], LOST_FOOTNOTE, name=name)

    def _check_abbreviations(self) -> None:
        for name, meaning, place in abbreviations_of(self.text):
            if not meaning:
                self.note.say(self.line(place), NO_MEANING, name=name)
        for name, place in doubles(self.text):
            self.note.say(self.line(place), TWO_ABBREVIATIONS, name=name)


def without_language(path: str) -> str:
    """A file's name without its language code: a.ru.md becomes a.md."""
    stem, dot, ending = path.rpartition(".")
    base, point, language = stem.rpartition(".")
    return f"{base}{dot}{ending}" if point and language in LANGUAGES else path


def headings_of(text: str) -> list[tuple[int, str, int]]:
    """Level, text and place of each heading, in order."""
    found = [(len(match[1]), match[2].strip(" \t#"), match.start()) for match in HEADING.finditer(text)]
    found += [(1 if match[1][0] == "=" else 2, "underlined", match.start()) for match in UNDERLINED.finditer(text)]
    return sorted(found, key=lambda heading: heading[2])


def abbreviations_of(text: str) -> Iterator[tuple[str, str, int]]:
    """Name, meaning and place of each abbreviation."""
    for match in ABBREVIATION.finditer(text):
        yield " ".join(match[1].split()), match[2].strip(), match.start()


def doubles(text: str) -> Iterator[tuple[str, int]]:
    """Abbreviations that were explained before, with the place of the repetition."""
    known: set[str] = set()
    for name, _, place in abbreviations_of(text):
        if name in known:
            yield name, place
        known.add(name)
