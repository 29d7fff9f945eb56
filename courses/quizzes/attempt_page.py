"""What the page of an open attempt shows: questions, what is filled in, and not a word that tells what is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from courses.catalogue.library import QuestionHtml
from courses.catalogue.questions import AnswerQuestion, ChoiceQuestion, MatchQuestion, OpenQuestion, OrderQuestion
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written
from courses.quizzes.papers import Paper, Sheet


@dataclass(frozen=True, slots=True)
class Row:
    """One option, item, term or definition. `place` is where an item to be ordered stands now."""

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
    """The items as they were drawn; each at the place it was given, or else at the place where it is shown."""
    untouched = all(rank is None for rank in ranks)
    shown = enumerate(sheet.drawn.order, start=1)
    return tuple(
        Row(sheet.parts[place], plain(words.items[place]), shown_at if untouched else ranks[place] or shown_at)
        for shown_at, place in shown
    )


def _match(sheet: Sheet, definitions: tuple[int | None, ...], words: QuestionHtml) -> Filled:
    count = len(sheet.parts)
    terms = tuple(Row(sheet.parts[place], words.items[place]) for place in range(count))
    choices = tuple(Row(sheet.choices[place], plain(words.items[count + place])) for place in sheet.drawn.order)
    pairs = {sheet.parts[term]: sheet.choices[place] for term, place in enumerate(definitions) if place is not None}
    return Filled("match", terms, choices, pairs=pairs)


def plain(text: Markup) -> str:
    """A text without its mark-up, for places that take only letters."""
    return text.striptags()
