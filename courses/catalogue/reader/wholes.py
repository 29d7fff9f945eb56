"""A translated file as its readers get it: whole, with the source's own passages where it has none yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from courses.catalogue.content import Review
from courses.catalogue.passages.completing import Span, beside
from courses.catalogue.passages.memory import ENTRY, KEY
from courses.catalogue.reader.documents import Document
from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.reviews import review

ORIGINAL = sentence('key "made_from" has its place in translations; this is the original')
NOT_MEMORY = sentence(
    'key "made_from" must be a list of entries such as 3f2a91c4:77aa01bc; the site writes it by itself'
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A document and what of it is not translated. `begun`: it may be shown; `review`: the one that still holds."""

    document: Document
    spans: tuple[Span, ...] = ()
    parts: frozenset[str] = frozenset()
    begun: bool = True
    review: Review | None = None


def whole(document: Document, source: Document | None, *, quiz: bool = False) -> Whole:
    """A file beside its source; the source itself is whole. What is wrong with its memory and review is noted."""
    original = source is None or document is source
    _check(document, original=original)
    said = review(document, original=original)
    if source is None or original:
        return Whole(document, review=said)
    found = beside(document, source, quiz=quiz)
    made = found.completed()
    if found.memory:
        completed = replace(document, body=made.body)
        return Whole(completed, made.spans, made.keys, found.begun, said if found.vouched else None)
    there = {pair.source.key for pair in found.body.pairs if pair.target is not None}
    spans = made.spans if made.body == document.body else ()
    return Whole(document, spans, made.keys & there, review=said)


def wholes(documents: Mapping[str, Document], language: str, *, quiz: bool = False) -> dict[str, Whole]:
    """All languages of one thing that may be shown, whole."""
    found = {code: whole(each, documents.get(language), quiz=quiz) for code, each in documents.items()}
    return {code: each for code, each in found.items() if each.begun}


def _check(document: Document, *, original: bool) -> None:
    node = (document.keys or {}).get(KEY)
    if node is not None and original:
        document.note.say(node.line, ORIGINAL)
    elif node is not None and not (isinstance(node.value, list) and all(map(_is_entry, node.value))):
        document.note.say(node.line, NOT_MEMORY)


def _is_entry(node: object) -> bool:
    value = getattr(node, "value", None)
    return isinstance(value, str) and ENTRY.fullmatch(value) is not None
