"""What a translation still says in its course's own language, marked so for screen readers (WCAG 3.1.2). Pure."""

from collections.abc import Iterator
from dataclasses import replace

from academy.i18n import RIGHT_TO_LEFT
from academy.prose.texts import Source, borrowed_place
from courses.catalogue.content import AnyText, LessonText
from courses.catalogue.questions import ChoiceQuestion, MatchQuestion, Question

BLOCKS = ("detail", "explanation")


def with_places(source: Source, text: AnyText, original: str) -> Source:
    """The source of a page with a place for each borrowed passage, and those passages."""
    if not text.borrowed:
        return source
    words, passages = _parted(text)
    return replace(
        source, text=words, borrowed=passages, borrowed_from=original, borrowed_direction=direction_of(original)
    )


def _parted(text: AnyText) -> tuple[str, tuple[str, ...]]:
    pieces, passages, at = list[str](), list[str](), 0
    for start, end in text.borrowed:
        alone = start == 0 or text.body[start - 1] == "\n"
        place = borrowed_place(len(passages))
        pieces += [text.body[at:start], f"\n\n{place}\n\n" if alone else place]
        passage = text.body[start:end]
        passages.append(passage if alone else passage.replace("\n    ", "\n"))  # a footnote's lines are moved in
        at = end
    return "".join((*pieces, text.body[at:])), tuple(passages)


def part_of(text: AnyText, start: int, end: int) -> AnyText:
    """A piece of a text, with the borrowed places that are in it."""
    inside = [(first, last) for first, last in text.borrowed if start <= first and last <= end]
    return replace(text, body=text.body[start:end], borrowed=tuple((a - start, z - start) for a, z in inside))


def is_among_borrowed(text: AnyText, start: int, end: int) -> bool:
    """Whether any of this place is borrowed."""
    return any(first < end and start < last for first, last in text.borrowed)


def count_of(text: AnyText) -> int:
    """How many passages of a text are borrowed."""
    return len(text.borrowed) + len(text.borrowed_parts if isinstance(text, LessonText) else ())


def marked(html: list[str], question: Question, text: LessonText, original: str) -> list[str]:
    """The parts of a question, in the order of `parts_of`, those that are borrowed with their language around them."""
    names = list(_names(question))
    return [
        framed(each, "div" if name in BLOCKS else "span", original) if _is_borrowed(name, question, text) else each
        for name, each in zip(names, html, strict=True)
    ]


def direction_of(language: str) -> str:
    """The direction in which a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def framed(html: str, tag: str, language: str) -> str:
    """Finished HTML with its language around it."""
    return f'<{tag} lang="{language}" dir="{direction_of(language)}">{html}</{tag}>' if html else ""


def _names(question: Question) -> Iterator[str]:
    yield from ("prompt", *BLOCKS)
    match question:
        case MatchQuestion():
            yield from (f"term/{place}" for place in range(len(question.pairs)))
            yield from (f"definition/{place}" for place in range(len(question.pairs)))
        case ChoiceQuestion():
            yield from (f"item/{place}" for place in range(len(question.options)))
            yield from (f"feedback/{place}" for place in range(len(question.options)))
        case _:
            yield from (f"item/{place}" for place in range(len(getattr(question, "items", ()))))


def _is_borrowed(name: str, question: Question, text: LessonText) -> bool:
    parts, key = text.borrowed_parts, f"{question.id}/{name}"
    return key in parts or (name in BLOCKS and any(part.startswith(f"{key}/") for part in parts))
