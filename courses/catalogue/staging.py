"""Scenes as they are shown: what of them is rendered, and the plain data that pages keep of it.

`scenes` of a page's extras: [{id, title, html, terms, choices: [{target, text, consequence}]}], in the order of the
file; the one with the id "debrief" stands below every end. All of it is HTML; a title and the text of a choice stand
inside a line.
"""

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from academy.prose.texts import Labels, RenderedText, Source
from courses.catalogue import borrowing
from courses.catalogue.addresses import Addresses
from courses.catalogue.content import LessonText
from courses.catalogue.scenes import Choice, Scene


def sources_of(addresses: Addresses, text: LessonText, labels: Labels) -> Iterator[tuple[Scene, Source]]:
    """All that is rendered of a text's scenes: title and text of each, then words and consequence of its choices."""
    glossary, original = addresses.course.glossary.get(text.language, {}), addresses.course.language
    for scene in text.scenes:
        part = borrowing.part_of(text, *scene.span)
        whole = replace(
            addresses.source(text.path, text.language, part.body, labels), glossary=glossary, prefix=f"{scene.id}-"
        )
        yield scene, _line(scene.title)
        yield scene, borrowing.with_places(whole, part, original)
        for choice in scene.choices:
            yield scene, _line(choice.text)
            yield scene, addresses.source(text.path, text.language, choice.consequence, labels)


def _line(text: str) -> Source:
    return Source(text, inline=True)


def staged(text: LessonText, rendered: Iterator[RenderedText], original: str) -> list[dict[str, Any]]:
    """The scenes of a text with what was rendered of them, in the order of `sources_of`."""
    return [_scene(scene, text, rendered, original) for scene in text.scenes]


def _scene(scene: Scene, text: LessonText, rendered: Iterator[RenderedText], original: str) -> dict[str, Any]:
    title, body = next(rendered), next(rendered)
    foreign = borrowing.is_among_borrowed(text, *scene.heading)
    return {
        "id": scene.id,
        "title": borrowing.framed(str(title.html), "span", original) if foreign else str(title.html),
        "html": str(body.html),
        "terms": [asdict(term) for term in body.terms],
        "choices": [_choice(choice, text, rendered, original) for choice in scene.choices],
    }


def _choice(choice: Choice, text: LessonText, rendered: Iterator[RenderedText], original: str) -> dict[str, str]:
    words, consequence = str(next(rendered).html), str(next(rendered).html)
    if borrowing.is_among_borrowed(text, *choice.span):
        words, consequence = borrowing.framed(words, "span", original), borrowing.framed(consequence, "div", original)
    return {"target": choice.target, "text": words, "consequence": consequence}
