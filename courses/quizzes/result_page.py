"""What the result of an attempt shows: for every question what was chosen, what is right, why, and where to reread."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from academy.i18n import gettext as _
from academy.i18n import ngettext, number, percent
from academy.markdown import render_member_text
from courses.catalogue.content import LessonText
from courses.catalogue.library import QuestionHtml
from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    MatchQuestion,
    OpenQuestion,
    OrderQuestion,
    Question,
)
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written, is_blank
from courses.quizzes.attempt_page import plain
from courses.quizzes.cases import Case
from courses.quizzes.marking import ALL, NOTHING, PERCENT, Marks
from courses.quizzes.models import AnswerRow
from courses.quizzes.papers import Sheet

NO_TEXT = Markup()


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a choice question with the verdict on it: right, wrong, missed or '' and the reason."""

    value: str
    text: Markup
    verdict: str
    why: Markup


@dataclass(frozen=True, slots=True)
class Explained:
    """One question of a result. `kind`: choice, several, order, match, written or open; `rows` are those of a table."""

    kind: str
    name: str
    text: Markup
    detail: Markup
    verdict: str
    earned: str
    explanation: Markup
    options: tuple[Option, ...] = ()
    chosen: tuple[str, ...] = ()
    rows: tuple[tuple[Markup | str, ...], ...] = ()
    written: str = ""
    essay: Markup = NO_TEXT
    accepted: tuple[str, ...] = ()
    comment: Markup = NO_TEXT
    blank: bool = False


def explained(
    case: Case, rows: Mapping[str, AnswerRow], words: Mapping[str, QuestionHtml], text: LessonText
) -> list[Explained]:
    """Every question of an attempt that was handed in, explained in the language of this text."""
    accepted = {question.id: _accepted(question) for question in text.questions}
    for later in case.corrected.values():
        text_then = later.lesson.text(text.language, case.live.course.language)
        accepted |= {each.id: _accepted(each) for each in text_then.questions if each.id == later.question.id}
    answers, marks = case.marked_answers(rows), case.marks(rows)
    return [
        _explained(sheet, answers[name], marks.of[name], words[name], rows.get(name), accepted[name])
        for sheet in case.marked.sheets
        for name in (sheet.question.id,)
    ]


def _explained(
    sheet: Sheet, answer: Answer, marks: Marks, words: QuestionHtml, row: AnswerRow | None, accepted: tuple[str, ...]
) -> Explained:
    return Explained(
        kind=_kind(sheet.question),
        name=sheet.name,
        text=words.prompt,
        detail=words.detail,
        verdict=verdict(marks),
        earned=_("%(share)s of the point", share=percent(int(marks.points * PERCENT))),
        explanation=words.explanation,
        options=_options(sheet, answer, words),
        chosen=tuple(sheet.parts[place] for place in answer.places) if isinstance(answer, Picks) else (),
        rows=_rows(sheet, answer, marks, words),
        written=answer.text if isinstance(answer, Written) else "",
        accepted=accepted,
        essay=_essay(sheet.question, answer),
        comment=render_member_text(row.comment if row else ""),
        blank=is_blank(answer),
    )


def _essay(question: Question, answer: Answer) -> Markup:
    if isinstance(question, OpenQuestion) and isinstance(answer, Written):
        return render_member_text(answer.text)
    return NO_TEXT


def _kind(question: Question) -> str:
    match question:
        case ChoiceQuestion():
            return "several" if question.several else "choice"
        case OrderQuestion():
            return "order"
        case MatchQuestion():
            return "match"
        case AnswerQuestion():
            return "written"
        case _:
            return "open"


def verdict(marks: Marks) -> str:
    """The marks of one question in a word: right, partly, wrong or waiting."""
    if marks.waiting:
        return "waiting"
    if marks.points == ALL:
        return "right"
    return "wrong" if marks.points == NOTHING else "partly"


def _options(sheet: Sheet, answer: Answer, words: QuestionHtml) -> tuple[Option, ...]:
    if not isinstance(sheet.question, ChoiceQuestion) or not isinstance(answer, Picks):
        return ()
    options = sheet.question.options
    return tuple(
        Option(
            sheet.parts[place],
            words.items[place],
            _option_verdict(chosen=place in answer.places, right=options[place].right),
            words.feedback[place],
        )
        for place in sheet.drawn.order
    )


def _option_verdict(*, chosen: bool, right: bool) -> str:
    if chosen:
        return "right" if right else "wrong"
    return "missed" if right else ""


def _rows(sheet: Sheet, answer: Answer, marks: Marks, words: QuestionHtml) -> tuple[tuple[Markup | str, ...], ...]:
    """Of items to order or match: the item, what is right, what the learner said, and the verdict."""
    match sheet.question, answer:
        case OrderQuestion(), Ranks(ranks):
            said = [_("place %(place)s", place=number(rank)) if rank else _("no place") for rank in ranks]
            right = [_("place %(place)s", place=number(place)) for place in range(1, len(ranks) + 1)]
            good, bad = _("in line"), _("not in line")
        case MatchQuestion(), Matches(definitions):
            texts = [plain(text) for text in words.items[len(definitions) :]]
            said = [_("nothing") if place is None else texts[place] for place in definitions]
            right = texts
            good, bad = _("right"), _("not right")
        case _:
            return ()
    verdicts = [good if fits else bad for fits in marks.items]
    return tuple(zip(words.items, right, said, verdicts, strict=False))


def _accepted(question: Question) -> tuple[str, ...]:
    if not isinstance(question, AnswerQuestion):
        return ()
    return tuple(dict.fromkeys(answer.text for answer in question.accepted))


def next_step(case: Case, left: int | None) -> str:
    """What a learner can do after this attempt, in one or two sentences; `left` is None without a limit."""
    if case.attempt.passed and case.attempt.waits:
        return _("You have passed already. A trainer still reads your text; your score can only grow.")
    if case.attempt.passed:
        return _("You have passed. Go on to the next lesson.")
    if case.attempt.waits:
        return _("A trainer reads your text. You will get a notice when it is marked.")
    if left is None:
        return _("Read the explanations, reread where they point, and try again when you are ready.")
    if not left:
        return _("You have used all your attempts. Read the explanations and talk to your trainer about the next step.")
    return ngettext(
        "Read the explanations and reread where they point. You have %(num)s attempt left.",
        "Read the explanations and reread where they point. You have %(num)s attempts left.",
        left,
    )
