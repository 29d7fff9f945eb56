"""The shape of what comes in: answers to a paper, and a trainer's marks.

A paper's form names its fields by tokens, so it is read here by hand. Fields `asked` say which questions the form
holds: a question that is not among them is left as it was, one that is there without a value is cleared.
"""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.validators import InputRequired

from academy.errors import DomainError
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, ProseField, refuse, tidy_line, tidy_text
from academy.web.plain_fields import WholeField
from courses.catalogue.questions import ChoiceQuestion, MatchQuestion, OpenQuestion, OrderQuestion
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written
from courses.quizzes.marking import PERCENT
from courses.quizzes.papers import Paper, Sheet

LONGEST_LINE = 200
LONGEST_TEXT = 20_000
ASKED = "asked"


class OtherPaper(DomainError):
    """The form holds questions or answers that are not on this paper."""

    status = 400
    sentence = _l(
        "This form does not belong to this attempt. Please open the attempt again; your saved answers are there."
    )


def read_answers(paper: Paper, fields: MultiDict[str, str]) -> dict[str, Answer]:
    """The answers of a form by question id; raise OtherPaper if it speaks of anything that is not on the paper."""
    tokens = dict.fromkeys(fields.getlist(ASKED))
    if not all(token in paper.by_token for token in tokens):
        raise OtherPaper
    sheets = [paper.by_token[token] for token in tokens]
    return {sheet.question.id: _read(sheet, fields) for sheet in sheets}


def _read(sheet: Sheet, fields: MultiDict[str, str]) -> Answer:
    match sheet.question:
        case ChoiceQuestion():
            return Picks(frozenset(_known(sheet.part(token)) for token in fields.getlist(sheet.name) if token))
        case OrderQuestion():
            return Ranks(tuple(_rank(fields.get(f"{sheet.name}-{token}", "")) for token in sheet.parts))
        case MatchQuestion():
            return Matches(tuple(_chosen(sheet, fields.get(f"{sheet.name}-{token}", "")) for token in sheet.parts))
        case OpenQuestion():
            return Written(tidy_text(fields.get(sheet.name, "")) or "")
        case _:
            return Written(tidy_line(fields.get(sheet.name, "")) or "")


def _known(place: int | None) -> int:
    if place is None:
        raise OtherPaper
    return place


def _rank(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("99") else None


def _chosen(sheet: Sheet, token: str) -> int | None:
    return _known(sheet.choice(token)) if token else None


def too_long(paper: Paper, answers: Mapping[str, Answer]) -> dict[str, str]:
    """What to say about each answer that is longer than we keep, by question id."""
    return {
        question.id: _("Please use at most %(max)s characters.", max=most)
        for question in paper.questions
        for most in (LONGEST_TEXT if isinstance(question, OpenQuestion) else LONGEST_LINE,)
        if isinstance(answer := answers.get(question.id), Written) and len(answer.text) > most
    }


class MarkForm(Form):
    """A trainer's marks for an open answer."""

    percent = WholeField(
        _l("Marks in per cent"),
        description=_l("0 is nothing, 100 is everything that was asked for."),
        validators=[
            InputRequired(message=_l("Please give marks from 0 to 100.")),
        ],
    )
    comment = ProseField(_l("What you want to say to the learner"), most=4000, required=False)
    version = HiddenField()

    def validate_percent(self, field: WholeField) -> None:
        """Refuse more than everything and less than nothing."""
        if field.data is None or not 0 <= field.data <= PERCENT:
            raise refuse(_("Please give marks from 0 to 100."))
