"""What the page of an open attempt shows: questions, what is filled in, and not a word that tells what is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from babel.lists import format_list
from markupsafe import Markup

from academy.i18n import current_locale, ngettext, number
from academy.i18n import gettext as _
from courses.catalogue.library import QuestionHtml
from courses.catalogue.questions import AnswerQuestion, ChoiceQuestion, MatchQuestion, OpenQuestion, OrderQuestion
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written, is_blank
from courses.quizzes.papers import Paper, Sheet


@dataclass(frozen=True, slots=True)
class Row:
    """One option, item, term or definition. `place` is the one an item to be ordered was given; 0: none yet."""

    value: str
    text: Markup | str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """The part of a question that differs from kind to kind."""

    kind: str
    rows: tuple[Row, ...] = ()
    choices: tuple[Row, ...] = ()
    chosen: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)
    value: str = ""
    words: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is asked. The kind of its part: choice, several, order, match, short, numeric or open."""

    token: str
    name: str
    text: Markup
    detail: Markup
    part: Filled
    error: str


def asked(
    paper: Paper, answers: Mapping[str, Answer], words: Mapping[str, QuestionHtml], errors: Mapping[str, str]
) -> list[Asked]:
    """Every question of the paper with what was answered so far, and what is to be corrected."""
    return [
        Asked(
            sheet.token,
            sheet.name,
            words[name].prompt,
            words[name].detail,
            _filled(sheet, answers[name], words[name]),
            errors.get(name, ""),
        )
        for sheet in paper.sheets
        for name in (sheet.question.id,)
    ]


def _filled(sheet: Sheet, answer: Answer, words: QuestionHtml) -> Filled:
    match sheet.question, answer:
        case ChoiceQuestion() as question, Picks(places):
            rows = tuple(Row(sheet.parts[place], words.items[place]) for place in sheet.drawn.order)
            chosen = tuple(sheet.parts[place] for place in sorted(places))
            return Filled("several" if question.several else "choice", rows, chosen=chosen)
        case OrderQuestion(), Ranks(ranks):
            return Filled("order", _in_order(sheet, ranks, words))
        case MatchQuestion(), Matches(definitions):
            return _match(sheet, definitions, words)
        case OpenQuestion() as question, Written(text):
            return Filled("open", value=text, words=question.words)
        case AnswerQuestion() as question, Written(text):
            return Filled("numeric" if question.numeric else "short", value=text)
    raise TypeError("An answer of another shape is kept for this question.")


def _in_order(sheet: Sheet, ranks: tuple[int | None, ...], words: QuestionHtml) -> tuple[Row, ...]:
    """The items as they were drawn, each with the place it was given: where it happens to be shown is no answer."""
    return tuple(Row(sheet.parts[place], plain(words.items[place]), ranks[place] or 0) for place in sheet.drawn.order)


def _match(sheet: Sheet, definitions: tuple[int | None, ...], words: QuestionHtml) -> Filled:
    count = len(sheet.parts)
    terms = tuple(Row(sheet.parts[place], words.items[place]) for place in range(count))
    choices = tuple(Row(sheet.choices[place], plain(words.items[count + place])) for place in sheet.drawn.order)
    pairs = {sheet.parts[term]: sheet.choices[place] for term, place in enumerate(definitions) if place is not None}
    return Filled("match", terms, choices, pairs=pairs)


def answered(paper: Paper, answers: Mapping[str, Answer]) -> str:
    """How far the answers go, in a sentence: what somebody wants to know before they hand in."""
    left = [place for place, each in enumerate(paper.questions, start=1) if is_blank(answers[each.id])]
    if not left:
        return _("Every question has an answer.")
    if len(left) == len(answers):
        return _("No question has an answer yet.")
    listed = format_list([number(place) for place in left], locale=current_locale())
    return ngettext(
        "Question %(questions)s has no answer yet.",
        "Questions %(questions)s have no answer yet.",
        len(left),
        questions=listed,
    )


def plain(text: Markup) -> str:
    """A text without its mark-up, for places that take only letters."""
    return text.striptags()
