"""A course as pages: every text rendered once, in a guarded child, with its links and pictures at our addresses.

A page's `extras` are plain data, ready for JSON:
`headings` [{id, level, text}], `terms` [{id, term, definition}], `images` [addresses], and for a quiz
`questions` {id: {prompt, detail, explanation, items, feedback}}, all of it HTML; detail and explanation are paragraphs,
the others stand inside one. `items` are the options, or the steps in the right order, or all terms and then all
definitions of a match; `feedback` has one for each option. A translation has `unreviewed` true, or `review` {name, day}
once its file names who checked it; `borrowed` says how many of its passages are not translated. A scenario has `scenes`
(staging.py).
"""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from markupsafe import Markup

from academy.kept import keep
from academy.markdown import render_guarded
from academy.prose.texts import Labels, MarkdownTooHard, Picture, RenderedText, Source
from courses.catalogue import borrowing, staging
from courses.catalogue.addresses import Addresses
from courses.catalogue.content import GUIDE, AnyText, Course, LessonText
from courses.catalogue.questions import ChoiceQuestion, MatchQuestion, OrderQuestion, Question
from courses.catalogue.reader.faults import CourseFaults, Fault, sentence
from courses.catalogue.scenes import Scene, introduction_of

VERSION = 6
WORDS_A_MINUTE = {"fa": 160, "ps": 160}
USUAL_WORDS_A_MINUTE = 180
MOST_KEPT = 50
TOO_HARD = sentence("this text is too complicated to be shown; use fewer brackets, nested lists and nested quotes")


@dataclass(frozen=True, slots=True)
class Page:
    """One text of a course in one language. `key`: a lesson's, "module/", GUIDE, or "" for the course itself."""

    key: str
    language: str
    html: Markup
    extras: dict[str, Any]
    words: int
    minutes: int
    size: int


@dataclass(slots=True)
class Draft:
    """A page to be made: its body, then what belongs to each question or scene."""

    key: str
    text: AnyText
    body: Source
    parts: list[tuple[Question | Scene, Source]] = field(default_factory=list)
    checked: dict[str, Any] = field(default_factory=dict)

    @property
    def sources(self) -> list[Source]:
        """All that has to be rendered for it."""
        return [self.body, *(source for _, source in self.parts)]

    def line_of(self, place: int) -> int:
        """The line of the file where its source with this number begins."""
        return self.text.line if place == 0 else self.parts[place - 1][0].line


def english(_: str) -> Labels:
    """The renderer's own words, the same for every language."""
    return Labels()


def render(course: Course, *, labels: Callable[[str], Labels] = english) -> list[Page]:
    """Render all pages of a course; `labels` gives the renderer's words in a language.

    Raises CourseFaults if a text cannot be rendered in time.
    """
    addresses = Addresses(course)
    originals = [
        _draft(addresses, key, texts[course.language], labels(course.language)) for key, texts in texts_of(course)
    ]
    pages = _rendered(course, originals)
    ids = {page.key: tuple(heading["id"] for heading in page.extras["headings"]) for page in pages}
    translations = [
        _draft(addresses, key, text, labels(language), ids[key])
        for key, texts in texts_of(course)
        for language, text in texts.items()
        if language != course.language
    ]
    return pages + _rendered(course, translations)


def render_page(
    addresses: Addresses, key: str, language: str, *, labels: Callable[[str], Labels] = english, seconds: float
) -> Page:
    """Render one page of a course alone, just as `render` would, within so many seconds in all.

    Raises CourseFaults if that is too hard.
    """
    course = addresses.course
    texts = dict(texts_of(course))[key]
    ids: tuple[str, ...] = ()
    if language != course.language and course.language in texts:
        ids = _heading_ids(course, _draft(addresses, key, texts[course.language], labels(course.language)), seconds)
    draft = _draft(addresses, key, texts[language], labels(language), ids)
    return _rendered(course, [draft], seconds)[0]


_ids_of: dict[str, tuple[str, ...]] = {}


def _heading_ids(course: Course, original: Draft, seconds: float) -> tuple[str, ...]:
    """The ids that the original's headings get: kept, because a translation is shown many times while it is written."""
    name = hashlib.sha256(original.text.body.encode()).hexdigest()
    found = _ids_of.get(name)
    if found is None:
        original.parts.clear()
        if isinstance(original.text, LessonText):
            original.text = replace(original.text, questions=(), scenes=())
        page = _rendered(course, [original], seconds)[0]
        found = keep(_ids_of, name, tuple(each["id"] for each in page.extras["headings"]), MOST_KEPT)
    return found


def texts_of(course: Course) -> Iterator[tuple[str, Mapping[str, AnyText]]]:
    """Every page's key and its texts by language."""
    yield "", course.texts
    if course.guide:
        yield GUIDE, course.guide
    for module in course.modules:
        yield f"{module.slug}/", module.texts
    for lesson in course.lessons:
        yield lesson.key, lesson.texts


def _draft(addresses: Addresses, key: str, text: AnyText, labels: Labels, heading_ids: tuple[str, ...] = ()) -> Draft:
    scenes = text.scenes if isinstance(text, LessonText) else ()
    top = borrowing.part_of(text, *introduction_of(text.body, scenes)) if scenes else text
    source = addresses.source(text.path, text.language, top.body, labels)
    glossary = addresses.course.glossary.get(text.language, {})
    whole = Source(top.body, glossary, source.links, source.pictures, labels, heading_ids=heading_ids)
    body = borrowing.with_places(whole, top, addresses.course.language)
    draft = Draft(key, text, body, checked=_checked(text, addresses.course.language))
    if isinstance(text, LessonText) and scenes:
        draft.parts += staging.sources_of(addresses, text, labels)
    for question in text.questions if isinstance(text, LessonText) else ():
        blocks = (question.detail, question.explanation)
        for part in parts_of(question):
            found = addresses.source(text.path, text.language, part, labels)
            inline = part not in blocks
            draft.parts.append((question, Source(part, {}, found.links, found.pictures, labels, inline=inline)))
    return draft


def _checked(text: AnyText, original: str) -> dict[str, Any]:
    if text.language == original:
        return {}
    borrowed = {"borrowed": count} if (count := borrowing.count_of(text)) else {}
    if text.review is None:
        return {"unreviewed": True, **borrowed}
    return {"review": {"name": text.review.name, "day": text.review.day.isoformat()}, **borrowed}


def parts_of(question: Question) -> list[str]:
    """All Markdown of a question: prompt, detail, explanation, then items, then feedback."""
    return [question.prompt, question.detail, question.explanation, *items_of(question), *feedback_of(question)]


def items_of(question: Question) -> list[str]:
    """The options, or the steps in order, or all terms and then all definitions."""
    match question:
        case ChoiceQuestion():
            return [option.text for option in question.options]
        case OrderQuestion():
            return list(question.items)
        case MatchQuestion():
            return [*(pair.term for pair in question.pairs), *(pair.definition for pair in question.pairs)]
        case _:
            return []


def feedback_of(question: Question) -> list[str]:
    """What each option says after the attempt."""
    return [option.feedback for option in question.options] if isinstance(question, ChoiceQuestion) else []


def _rendered(course: Course, drafts: list[Draft], in_all: float = math.inf) -> list[Page]:
    places = [(draft, place) for draft in drafts for place in range(len(draft.sources))]
    sources = (draft.sources[place] for draft, place in places)
    try:
        rendered = iter(render_guarded(sources, in_all=in_all) if places else [])
    except MarkdownTooHard as error:
        draft, place = places[error.place]
        path = f"{course.slug}/{draft.text.path}"
        raise CourseFaults([Fault(path, draft.line_of(place), TOO_HARD)]) from error
    return [_page(draft, [next(rendered) for _ in draft.sources], course.language) for draft in drafts]


def _page(draft: Draft, texts: list[RenderedText], original: str) -> Page:
    body, parts = texts[0], iter(texts[1:])
    questions: tuple[Question, ...] = draft.text.questions if isinstance(draft.text, LessonText) else ()
    extras: dict[str, Any] = {
        "headings": [asdict(heading) for heading in body.headings],
        "terms": [asdict(term) for term in body.terms],
        "images": sorted({url for source in draft.sources for each in source.pictures.values() for url in _urls(each)}),
        **draft.checked,
    }
    for question in questions:
        html = [str(next(parts).html) for _ in parts_of(question)]
        html = borrowing.marked(html, question, draft.text, original) if isinstance(draft.text, LessonText) else html
        extras.setdefault("questions", {})[question.id] = _question(question, html)
    if isinstance(draft.text, LessonText) and draft.text.scenes:
        extras["scenes"] = staging.staged(draft.text, parts, original)
    words = sum(text.words for text in texts)
    return Page(
        key=draft.key,
        language=draft.text.language,
        html=body.html,
        extras=extras,
        words=words,
        minutes=minutes_for(words, draft.text.language),
        size=sum(len(text.html.encode()) for text in texts),
    )


def _urls(picture: Picture) -> tuple[str, ...]:
    return (picture.url, picture.avif) if picture.avif else (picture.url,)


def _question(question: Question, html: list[str]) -> dict[str, Any]:
    prompt, detail, explanation, *rest = html
    count = len(items_of(question))
    return {
        "prompt": prompt,
        "detail": detail,
        "explanation": explanation,
        "items": rest[:count],
        "feedback": rest[count:],
    }


def minutes_for(words: int, language: str) -> int:
    """Reading time in whole minutes, at least one if there is anything to read."""
    return math.ceil(words / WORDS_A_MINUTE.get(language, USUAL_WORDS_A_MINUTE))
