"""How long, how hard and how heavy each lesson of a course is, as a table of plain text. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from courses.catalogue.content import AnyText, Course, Kind, LessonText
from courses.catalogue.hints import weight_of
from courses.catalogue.prose_pieces import pieces
from courses.catalogue.readability import ease
from courses.catalogue.reader.bodies import PICTURE, masked
from courses.catalogue.rendering import minutes_for, parts_of

NOTE = re.compile(r"^[ \t]*!!! ([a-z]+)", re.MULTILINE)
HEAD = ("lesson", "language", "kind", "words", "minutes", "ease", "bytes", "figures", "notes")
RIGHT = frozenset({"words", "minutes", "ease", "bytes", "figures"})
NO_INDEX = "-"
Row = tuple[str, ...]


def rows_of(course: Course) -> Iterator[Row]:
    """A row for each lesson in each of its languages, and for the guide."""
    for lesson in course.lessons:
        for text in lesson.texts.values():
            yield _row(lesson.key, lesson.kind, text)
    for guide in course.guide.values():
        yield _row("guide", "guide", guide)


def _row(key: str, kind: str, text: AnyText) -> Row:
    questions = text.questions if isinstance(text, LessonText) else ()
    asked = "\n\n".join(part for question in questions for part in parts_of(question) if part)
    found = [*pieces(text.body), *pieces(asked)]
    words = sum(piece.words for piece in found)
    score = ease([said for piece in found for _, said in piece.sentences()], text.language)
    notes = Counter(NOTE.findall(text.body))
    return (
        key,
        text.language,
        kind,
        str(words),
        str(minutes_for(words, text.language)),
        NO_INDEX if score is None or kind == Kind.QUIZ else str(score),
        str(weight_of(text)),
        str(len(PICTURE.findall(masked(text.body)))),
        " ".join(f"{name}:{count}" if count > 1 else name for name, count in notes.items()) or NO_INDEX,
    )


def table(rows: Sequence[Row]) -> str:
    """Rows under their heads, numbers flush right."""
    lines = [HEAD, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if HEAD[place] in RIGHT else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
