"""What could be better in a course that has no faults: hints about style and weight that never block. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import brotli

from courses.catalogue.content import GUIDE, AnyText, Course, Kind, Lesson, LessonText, Module
from courses.catalogue.prose_pieces import Piece, pieces
from courses.catalogue.readability import INDICES, ease
from courses.catalogue.reader.bodies import GUIDE_FILE, PICTURE, masked, resolve, without_language
from courses.catalogue.reader.faults import Fault, sentence
from courses.catalogue.rendering import parts_of, texts_of

LONGEST_SENTENCE = 30
LONGEST_PARAGRAPH = 120
SHORTEST_LESSON, LONGEST_LESSON = 700, 1400
KILOBYTE = 1024
HEAVIEST_PAGE, HEAVIEST_GUIDE, HEAVIEST_PICTURE = 14 * KILOBYTE, 30 * KILOBYTE, 25 * KILOBYTE
SHORTEST_GUIDE, LONGEST_GUIDE = 800, 4000
# What a page weighs beside its text, and how much more a text weighs as HTML; a test compares with real pages.
FRAME, MARKUP = 3400, 1.08

LONG_SENTENCE = sentence("this sentence has %(words)d words; sentences of up to %(most)d are easier to read")
LONG_PARAGRAPH = sentence("this paragraph has %(words)d words, more than a phone shows at once; divide it")
HARD = sentence(
    "the text is hard to read (%(index)s %(score)d, at least %(least)d is wished for); "
    "shorter sentences and shorter words help, first of all in this paragraph"
)
SHORT_LESSON = sentence(
    "the lesson has %(words)d words; %(least)d to %(most)d make one sitting, so join it with another"
)
LONG_LESSON = sentence("the lesson has %(words)d words; %(least)d to %(most)d make one sitting, so divide it")
SHORT_GUIDE = sentence(
    "the guide has %(words)d words; %(least)d to %(most)d say for each module what to do, how long, and what to avoid"
)
LONG_GUIDE = sentence("the guide has %(words)d words; nobody reads more than %(most)d on the evening before a session")
HEAVY_PAGE = sentence("the page weighs about %(size)d KB; %(most)d KB is what a slow phone can load at once")
HEAVY_PICTURE = sentence('the picture "%(target)s" weighs %(size)d KB; %(most)d KB is the most')
DAY_OVER = sentence('key "opens": the day %(day)s is over, so it holds nobody back any more')
NO_SUMMARY = sentence('there is no "summary"; one sentence under the title says why to read on')


@dataclass(frozen=True, slots=True)
class Length:
    """How many words a text should have, and what to say where it has fewer or more."""

    least: int
    most: int
    short: str
    long: str


LENGTHS: Mapping[str | None, Length] = {
    Kind.READING: Length(SHORTEST_LESSON, LONGEST_LESSON, SHORT_LESSON, LONG_LESSON),
    GUIDE: Length(SHORTEST_GUIDE, LONGEST_GUIDE, SHORT_GUIDE, LONG_GUIDE),
}


def sizes_of(files: Mapping[str, bytes]) -> dict[str, int]:
    """How large each file of a course is."""
    return {path: len(content) for path, content in files.items()}


def hints_of(course: Course, sizes: Mapping[str, int], path: str = "", today: date | None = None) -> tuple[Fault, ...]:
    """The hints for one file of a course, or for all of them, in the order of files and lines.

    With a day for `today` those too that come with time.
    """
    kinds = {text.path: lesson.kind for lesson in course.lessons for text in lesson.texts.values()}
    found = [
        hint
        for key, texts in texts_of(course)
        for text in texts.values()
        if not path or text.path == path
        for hint in _of_text(text, course.language, GUIDE if key == GUIDE else kinds.get(text.path), sizes)
    ]
    found += [hint for hint in _of_time(course, today) if path in {"", hint.path}] if today else []
    named = [Fault(f"{course.slug}/{hint.path}", hint.line, hint.text, hint.values) for hint in found]
    return tuple(sorted(named, key=lambda hint: (hint.path, hint.line)))


def _of_time(course: Course, today: date) -> Iterator[Fault]:
    things: list[Module | Lesson] = [*course.modules, *course.lessons]
    for each in things:
        if each.opens and each.opens.on and each.opens.on < today and each.texts:
            yield Fault(each.text().path, 1, DAY_OVER, {"day": each.opens.on.isoformat()})


def text_at(course: Course, path: str) -> AnyText | None:
    """The text that a file of a course holds, if it can be read."""
    return next((text for _, texts in texts_of(course) for text in texts.values() if text.path == path), None)


def _of_text(text: AnyText, original: str, kind: str | None, sizes: Mapping[str, int]) -> Iterator[Fault]:
    found = pieces(text.body, text.line)
    if not text.summary and kind not in {Kind.QUIZ, Kind.SESSION}:
        yield Fault(text.path, 1, NO_SUMMARY)
    yield from _of_style(text, found)
    yield from _of_weight(text, sizes, most_of(text))
    if kind in LENGTHS and text.language == original and text.body.strip():
        yield from _of_length(text, sum(piece.words for piece in found), LENGTHS[kind])
    for question in text.questions if isinstance(text, LessonText) else ():
        for piece in pieces(f"{question.prompt}\n\n{question.detail}"):
            yield from _long_sentences(text.path, piece, question.line)


def _of_style(text: AnyText, found: list[Piece]) -> Iterator[Fault]:
    for piece in found:
        yield from _long_sentences(text.path, piece)
        if piece.words > LONGEST_PARAGRAPH:
            yield Fault(text.path, piece.line, LONG_PARAGRAPH, {"words": piece.words})
    score = ease(_sentences(found), text.language)
    if score is not None and score < INDICES[text.language].least:
        index = INDICES[text.language]
        values = {"index": index.name, "score": score, "least": index.least}
        yield Fault(text.path, _hardest(found).line, HARD, values)


def _long_sentences(path: str, piece: Piece, line: int = 0) -> Iterator[Fault]:
    for begins, said in piece.sentences():
        words = Piece([(begins, said)]).words
        if words > LONGEST_SENTENCE:
            yield Fault(path, line or begins, LONG_SENTENCE, {"words": words, "most": LONGEST_SENTENCE})


def _sentences(found: list[Piece]) -> list[str]:
    return [said for piece in found for _, said in piece.sentences()]


def _hardest(found: list[Piece]) -> Piece:
    """The piece with the most letters to a sentence."""
    return max(found, key=lambda piece: len(piece.text) / max(1, len(list(piece.sentences()))))


def _of_length(text: AnyText, words: int, within: Length) -> Iterator[Fault]:
    values = {"words": words, "least": within.least, "most": within.most}
    if words < within.least:
        yield Fault(text.path, text.line, within.short, values)
    elif words > within.most:
        yield Fault(text.path, text.line, within.long, values)


def _of_weight(text: AnyText, sizes: Mapping[str, int], heaviest: int) -> Iterator[Fault]:
    page = weight_of(text)
    if page > heaviest:
        values = {"size": _kilobytes(page), "most": _kilobytes(heaviest)}
        yield Fault(text.path, text.line, HEAVY_PAGE, values)
    body = masked(text.body)
    for match in PICTURE.finditer(body):
        size = sizes.get(resolve(text.path, match[2]), 0)
        if size > HEAVIEST_PICTURE:
            line = text.line + body.count("\n", 0, match.start())
            picture = {"target": match[2], "size": _kilobytes(size), "most": _kilobytes(HEAVIEST_PICTURE)}
            yield Fault(text.path, line, HEAVY_PICTURE, picture)


def most_of(text: AnyText) -> int:
    """How many bytes the page of this text may have."""
    return HEAVIEST_GUIDE if without_language(text.path) == GUIDE_FILE else HEAVIEST_PAGE


def words_of(text: AnyText) -> int:
    """How many words of running text it has."""
    return sum(piece.words for piece in pieces(text.body, text.line))


def weight_of(text: AnyText) -> int:
    """About how many bytes the page of this text is on the way to a phone, compressed."""
    questions = text.questions if isinstance(text, LessonText) else ()
    words = "\n".join((text.body, *(part for question in questions for part in parts_of(question))))
    return FRAME + round(MARKUP * len(brotli.compress(re.sub(r"[ \t]+", " ", words).encode(), quality=5)))


def _kilobytes(size: int) -> int:
    return -(-size // KILOBYTE)
