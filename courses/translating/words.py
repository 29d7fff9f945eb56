"""How translations are spoken of on pages."""

from collections.abc import Mapping

from academy.i18n import Text, ngettext, percent
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.catalogue.passages.checking import Loss
from courses.catalogue.passages.cutting import Shape
from courses.catalogue.passages.pairing import State
from courses.translating.sheets import Row, Standing

STATES: Mapping[State, tuple[Text, str]] = {
    State.MISSING: (_l("Missing"), "wrong"),
    State.STALE: (_l("Behind its source"), "due"),
    State.UNSURE: (_l("Source not noted"), "info"),
    State.DONE: (_l("Translated"), "done"),
    State.LEFT_OUT: (_l("Said elsewhere"), "plain"),
}
LOSSES: Mapping[Loss, Text] = {
    Loss.LINK: _l("Its links are not those of the source."),
    Loss.PICTURE: _l("Its picture is not that of the source."),
    Loss.FOOTNOTE: _l("Its footnotes are not those of the source."),
    Loss.CODE: _l("Words between ` marks are not those of the source."),
    Loss.PLACEHOLDER: _l("A placeholder is not as in the source."),
    Loss.ITEMS: _l("The list has another number of items than the source."),
    Loss.CELLS: _l("The table has other rows or columns than the source."),
}
SHAPES: Mapping[Shape, Text] = {
    Shape.LINE: _l("Line"),
    Shape.HEADING: _l("Heading"),
    Shape.PARAGRAPH: _l("Paragraph"),
    Shape.LIST: _l("List"),
    Shape.TABLE: _l("Table"),
    Shape.QUOTE: _l("Quotation"),
    Shape.NOTE: _l("Note box"),
    Shape.FOOTNOTE: _l("Footnote"),
    Shape.MEANING: _l("Term"),
}
PARTS: Mapping[str, Text] = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "outcomes": _l("Outcome"),
    "certificate": _l("Title of the certificate"),
    "prompt": _l("Question"),
    "detail": _l("Text below the question"),
    "item": _l("Option"),
    "term": _l("Term"),
    "definition": _l("Definition"),
    "feedback": _l("Feedback"),
    "explanation": _l("Explanation"),
    "answer": _l("Accepted answer"),
    "intro": _l("Introduction"),
}


def part_of(row: Row) -> str:
    """What a row is, in words."""
    if not row.pair.source.key:
        return str(SHAPES[row.pair.source.shape])
    steps = row.name.split("/")
    if steps[0] == "rubric":
        return _("Criterion “%(name)s”", name=steps[1])
    known = next((PARTS[step] for step in steps if step in PARTS), None)
    return str(known) if known else str(SHAPES[row.pair.source.shape])


def facts_of(found: Standing) -> list[str]:
    """How far a language is: what is there, what waits, what nobody's name stands for."""
    counts = found.counts
    said = [_("%(share)s translated", share=percent(found.done))]
    if counts[State.MISSING]:
        said.append(ngettext("%(num)s passage missing", "%(num)s passages missing", counts[State.MISSING]))
    if counts[State.STALE]:
        said.append(ngettext("%(num)s behind its source", "%(num)s behind their source", counts[State.STALE]))
    if found.unsigned:
        said.append(ngettext("%(num)s file unreviewed", "%(num)s files unreviewed", found.unsigned))
    if found.words_left:
        said.append(ngettext("%(num)s word left", "%(num)s words left", found.words_left))
    return said


def hint_of(found: Standing) -> str:
    """What is translated but cannot be watched yet, because nobody noted its source; empty if there is nothing."""
    return (
        ngettext(
            "%(num)s passage is translated, but its source is not noted.",
            "%(num)s passages are translated, but their source is not noted.",
            found.counts[State.UNSURE],
        )
        if found.counts[State.UNSURE]
        else ""
    )
