"""Questions as forms: one form for each kind, filled from a question of a quiz and read back as one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from wtforms import BooleanField, FieldList, FormField, HiddenField, IntegerField
from wtforms import Form as Part
from wtforms.validators import InputRequired, NumberRange

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form, LineField, ProseField, said
from courses.catalogue import stored
from courses.catalogue.questions import (
    AnswerQuestion,
    ChoiceQuestion,
    ExactAnswer,
    MatchQuestion,
    OpenQuestion,
    Option,
    OrderQuestion,
    Pair,
    Question,
)
from courses.catalogue.reader.answers import MOST_WORDS
from courses.catalogue.slugs import free_slug, slug_of
from courses.catalogue.writing import question_text

SPARE_ROWS, MOST_ROWS = 3, 20
USUAL_WORDS = 150
LONGEST_LINE, LONGEST_PROSE = 500, 4000
LONGEST_ID, USUAL_ID = 40, 24


class QuestionForm(Form):
    """What every question has."""

    kind: ClassVar[type[Question]]
    was = HiddenField()
    prompt = LineField(_l("Question"), most=LONGEST_LINE)
    id = LineField(
        _l("Short name"),
        most=LONGEST_ID,
        required=False,
        description=_l("Left empty, it is made from the question. Answers are kept under it, so it never changes."),
    )
    detail = ProseField(_l("More text below the question"), most=LONGEST_PROSE, required=False)
    explanation = ProseField(_l("Explanation shown to everyone afterwards"), most=LONGEST_PROSE, required=False)

    def name(self, taken: Collection[str]) -> None:
        """Give the question a short name that none of these questions has, if nobody did."""
        if not said(self.id):
            prompt = said(self.prompt)
            words = prompt if slug_of(prompt)[:1].isalpha() else f"q {prompt}"
            self.id.data = free_slug(words, "q", lambda each: each not in taken, USUAL_ID)

    @property
    def asked(self) -> tuple[str, str, str, str, int]:
        """What was typed into the fields that every question has."""
        detail, explanation = (said(field).strip() for field in (self.detail, self.explanation))
        return said(self.id), said(self.prompt), detail, explanation, 1

    def question(self) -> Question:
        """The question that was typed."""
        raise NotImplementedError

    @staticmethod
    def data_of(question: Any) -> dict[str, Any]:  # noqa: ANN401  each kind its own
        """What the fields of this kind hold for a question."""
        raise NotImplementedError


def _filled(entries: Iterable[Any], *names: str) -> list[dict[str, Any]]:
    """The rows in which anything was typed."""
    rows = [entry.data for entry in entries]
    return [row for row in rows if any((row[name] or "").strip() for name in names)]


class OptionPart(Part):
    """One option of a choice."""

    text = LineField(_l("Option"), most=LONGEST_LINE, required=False)
    right = BooleanField(_l("This is right"))
    feedback = LineField(_l("Why it is right or wrong"), most=LONGEST_LINE, required=False)


class ChoiceForm(QuestionForm):
    """Choose one, or all that apply."""

    kind = ChoiceQuestion
    rows = FieldList(FormField(OptionPart), max_entries=MOST_ROWS)

    def question(self) -> Question:
        """The options in which something was typed."""
        options = [
            Option(row["text"] or "", bool(row["right"]), row["feedback"] or "")
            for row in _filled(self.rows, "text", "feedback")
        ]
        return ChoiceQuestion(*self.asked, tuple(options))

    @staticmethod
    def data_of(question: ChoiceQuestion) -> dict[str, Any]:
        """Its options; feedback of several lines becomes one."""
        options = question.options
        return {
            "rows": [
                {"text": each.text, "right": each.right, "feedback": " ".join(each.feedback.split())}
                for each in options
            ]
        }


class StepPart(Part):
    """One step of an order."""

    text = LineField(_l("Step, in the right order"), most=LONGEST_LINE, required=False)


class OrderForm(QuestionForm):
    """Put in order."""

    kind = OrderQuestion
    rows = FieldList(FormField(StepPart), max_entries=MOST_ROWS)

    def question(self) -> Question:
        """The steps as they stand."""
        return OrderQuestion(*self.asked, tuple(row["text"] for row in _filled(self.rows, "text")))

    @staticmethod
    def data_of(question: OrderQuestion) -> dict[str, Any]:
        """Its steps."""
        return {"rows": [{"text": item} for item in question.items]}


class PairPart(Part):
    """A term and what belongs to it."""

    term = LineField(_l("Term"), most=LONGEST_LINE, required=False)
    definition = LineField(_l("What belongs to it"), most=LONGEST_LINE, required=False)


class MatchForm(QuestionForm):
    """Match terms."""

    kind = MatchQuestion
    rows = FieldList(FormField(PairPart), max_entries=MOST_ROWS)

    def question(self) -> Question:
        """The pairs in which something was typed."""
        rows = _filled(self.rows, "term", "definition")
        return MatchQuestion(*self.asked, tuple(Pair(row["term"] or "", row["definition"] or "") for row in rows))

    @staticmethod
    def data_of(question: MatchQuestion) -> dict[str, Any]:
        """Its pairs."""
        return {"rows": [{"term": pair.term, "definition": pair.definition} for pair in question.pairs]}


class AnswerForm(QuestionForm):
    """Write a short answer or a number."""

    kind = AnswerQuestion
    answers = ProseField(
        _l("Accepted answers, one a line"),
        most=LONGEST_PROSE,
        description=_l("A number may say ± or a range: 1945 ± 1, or 1990-1993."),
    )

    def question(self) -> Question:
        """Each line as it was typed; what it means is the reader's affair."""
        lines = [" ".join(line.split()) for line in said(self.answers).split("\n") if line.strip()]
        return AnswerQuestion(*self.asked, tuple(ExactAnswer(line) for line in lines))

    @staticmethod
    def data_of(question: AnswerQuestion) -> dict[str, Any]:
        """Its accepted answers as they were written."""
        return {"answers": "\n".join(answer.text for answer in question.accepted)}


class OpenForm(QuestionForm):
    """Write freely; a trainer marks."""

    kind = OpenQuestion
    words = IntegerField(
        _l("About how many words"),
        default=USUAL_WORDS,
        validators=[
            InputRequired(message=REQUIRED),
            NumberRange(1, MOST_WORDS, message=_l("Please give a number from %(min)d to %(max)d.")),
        ],
    )

    def question(self) -> Question:
        """The question and its length."""
        return OpenQuestion(*self.asked, self.words.data or USUAL_WORDS)

    @staticmethod
    def data_of(question: OpenQuestion) -> dict[str, Any]:
        """Its length."""
        return {"words": question.words}


ROWED = (ChoiceForm, OrderForm, MatchForm)
FORMS: Mapping[str, type[QuestionForm]] = {
    "choice": ChoiceForm,
    "answer": AnswerForm,
    "order": OrderForm,
    "match": MatchForm,
    "open": OpenForm,
}
NAMES: Mapping[str, Text] = {
    "choice": _l("Choose one or several"),
    "answer": _l("Short answer or number"),
    "order": _l("Put in order"),
    "match": _l("Match terms"),
    "open": _l("Open answer, marked by a trainer"),
}


def state_of(question: Question) -> str:
    """What a question is when its form is opened, to notice that somebody else changed it since."""
    return stored.digest_of(question_text(question).encode())


def kind_of(question: Question) -> str:
    """The name of the form for a question."""
    return next(name for name, form in FORMS.items() if form.kind is type(question))


def form_for(kind: str, question: Question | None, *, more: bool = False) -> QuestionForm:
    """The form of this kind, with what was sent, else filled from the question; `more` adds empty rows."""
    data: dict[str, Any] = {}
    if question is not None:
        texts = {name: getattr(question, name) for name in ("id", "prompt", "detail", "explanation")}
        data = {**texts, "was": state_of(question), **FORMS[kind].data_of(question)}
    form = FORMS[kind](data=data)
    if isinstance(form, ROWED):
        _spread(form.rows, more=more or not form.is_submitted())
    return form


def _spread(rows: Any, *, more: bool) -> None:  # noqa: ANN401  a list of any kind of row
    wanted = len(rows.entries) + (SPARE_ROWS if more else 0)
    while len(rows.entries) < min(max(wanted, SPARE_ROWS + 1), MOST_ROWS):
        rows.append_entry()
