"""A course as chapters of a book, in one language. Right answers stay out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from courses.catalogue.addresses import Addresses
from courses.catalogue.content import GUIDE, Course, Media, first_of
from courses.catalogue.labels import borrowed_in
from courses.catalogue.questions import MatchQuestion, Question
from courses.catalogue.rendering import Page

MEDIA = re.compile(r'(?P<name>src|srcset)="(?P<url>/courses/[^"]+)"')
LINK = re.compile(r'href="(?P<url>/courses/[^"#]*)(?:#(?P<section>[^"]*))?"')
IDS = re.compile(r'(?P<what>\bid|\bhref)="(?P<hash>#?)(?P<name>[^"/]+)"')


@dataclass(frozen=True, slots=True)
class Chapter:
    """One lesson, or the page of a module or of the course, ready to stand in a book."""

    name: str
    title: str
    level: int
    html: str


@dataclass(frozen=True)
class Book:
    """A course in one language, with the bytes of its media by path; with its guide behind it if staff ask for that."""

    course: Course
    pages: Mapping[tuple[str, str], Page]
    files: Mapping[str, bytes]
    language: str
    direction: str
    annexed: bool = False

    @property
    def title(self) -> str:
        """The course's title in this language."""
        return self.course.text(self.language).title

    def page(self, key: str) -> Page:
        """A page in this language, else in the course's own."""
        return self.pages.get((key, self.language)) or self.pages[key, self.course.language]

    def chapters(self) -> Iterator[Chapter]:
        """The course's page, then each module and its lessons, then what is annexed."""
        yield self._chapter("", self.title, 1)
        for module in self.course.modules:
            yield self._chapter(f"{module.slug}/", module.text(self.language).title, 2)
            for lesson in module.lessons:
                text = lesson.text(self.language)
                yield self._chapter(lesson.key, text.title, 3, text.questions)
        if self.annexed and self.course.guide:
            guide = self.course.guide
            yield self._chapter(GUIDE, guide[first_of(guide, (self.language,), self.course.language)].title, 2)

    def _chapter(self, key: str, title: str, level: int, questions: tuple[Question, ...] = ()) -> Chapter:
        page = self.page(key)
        parts = page.extras.get("questions", {})
        asked = "".join(_question(each, parts[each.id]) for each in questions if each.id in parts)
        name = name_of(key)
        told = "".join(_scene(each) for each in page.extras.get("scenes", ()))
        whole = _borrowed(page) + str(page.html) + asked + told + _terms(page.extras["terms"])
        body = IDS.sub(lambda found: _apart(found, name), whole)
        return Chapter(name, title, level, _here(body, page.language, self.language))


def name_of(key: str) -> str:
    """A chapter's name in the book: an id, and a file."""
    return "annex" if key == GUIDE else "c-" + (key.strip("/").replace("/", "-") or "course")


def _apart(found: re.Match[str], chapter: str) -> str:
    """Ids of different chapters must not meet on one page; only what leads to the same page is renamed."""
    if found["what"] == "href" and not found["hash"]:
        return found[0]
    return f'{found["what"]}="{found["hash"]}{chapter}-{found["name"]}"'


def _here(body: str, language: str, wanted: str) -> str:
    return body if language == wanted else f'<div lang="{language}">{body}</div>'


def _borrowed(page: Page) -> str:
    """What the chapter says of passages that are not translated yet."""
    count = page.extras.get("borrowed", 0)
    return f"<p><em>{escape(borrowed_in(page.language, count))}</em></p>" if count else ""


def _terms(terms: Iterable[Mapping[str, str]]) -> str:
    """What the words of the glossary mean that the chapter uses: its links lead there."""
    listed = "".join(
        f'<dt id="{escape(each["id"])}">{escape(each["term"])}</dt><dd>{escape(each["definition"])}</dd>'
        for each in terms
    )
    return f"<dl>{listed}</dl>" if listed else ""


def _question(question: Question, parts: Mapping[str, list[str]]) -> str:
    """A question to think about: what it asks and offers, in an order that gives nothing away."""
    items = parts["items"]
    half = len(items) // 2 if isinstance(question, MatchQuestion) else len(items)
    lists = [sorted(each) for each in (items[:half], items[half:]) if each]
    offered = "".join(f"<ul>{''.join(f'<li>{item}</li>' for item in each)}</ul>" for each in lists)
    return f"<h4>{parts['prompt']}</h4>{''.join(parts['detail'])}{offered or '<p>…</p>'}"


def _scene(scene: Mapping[str, Any]) -> str:
    """A scene of a scenario: its choices lead to other scenes of the same chapter."""
    ways = "".join(
        f'<li><a href="#s-{escape(each["target"])}">{each["text"]}</a>{each["consequence"]}</li>'
        for each in scene["choices"]
    )
    listed = f"<ul>{ways}</ul>" if ways else ""
    return f'<h4 id="s-{escape(scene["id"])}">{scene["title"]}</h4>{scene["html"]}{listed}{_terms(scene["terms"])}'


def targets(course: Course) -> dict[str, str]:
    """The chapter behind each address of the course."""
    base = f"/courses/{course.slug}/"
    return {base: name_of(""), **{f"{base}{lesson.key}/": name_of(lesson.key) for lesson in course.lessons}}


def media_of(course: Course) -> dict[str, Media]:
    """The media of a course by the addresses its pages know them by."""
    addresses = Addresses(course)
    return {addresses.media(media): media for media in course.media.values()}
