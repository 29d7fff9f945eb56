"""The shape of what is typed to get a place, and to give one."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from wtforms import Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from academy import zones
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, LineField, ProseField, refuse
from academy.web.plain_fields import DayField, WholeField
from courses.catalogue.content import Status

SHORTEST_MOTIVE, LONGEST_MOTIVE = 50, 3000
LONGEST_CODE = 40
MOST_SEATS = 10_000
MOST_ADDRESSES = 500
LONGEST_ANSWER = 250
ADMIT, REFUSE = "admit", "refuse"
CHOOSE = _l("Please choose one.")
STATUS_WORDS: dict[str, Text] = {"draft": _l("Draft"), "published": _l("Published"), "closed": _l("Closed")}
STATUS_MEANINGS: dict[str, Text] = {
    "draft": _l("Only those who teach it see it. Learners who have a place do not see it either."),
    "published": _l("Everyone sees it, and new learners may come."),
    "closed": _l("Everyone sees it. Those who have a place go on; nobody new may come."),
}


def stripped(text: str | None) -> str | None:
    """The text without space around it."""
    return text.strip() if text else text


class CodeForm(Form):
    """The code that gives a place."""

    code = LineField(
        _l("Code"),
        most=LONGEST_CODE,
        description=_l("The letters and digits you were given. Spaces and small letters do not matter."),
    )


class MotiveForm(Form):
    """Why somebody asks for a place."""

    motive = ProseField(
        _l("Why do you want to take this course?"),
        most=LONGEST_MOTIVE,
        filters=[stripped],
        validators=[Length(min=SHORTEST_MOTIVE, message=_l("Please write at least %(min)d characters."))],
        description=_l("A few sentences in any language. Only those who decide read them."),
    )


class DecisionForm(Form):
    """Yes or no to somebody who asked for a place."""

    decision = RadioField(
        _l("Decision"),
        choices=[SelectChoice(ADMIT, _l("Admit")), SelectChoice(REFUSE, _l("Refuse"))],
        validators=[InputRequired(message=CHOOSE)],
    )
    answer = LineField(
        _l("Answer"),
        most=LONGEST_ANSWER,
        required=False,
        description=_l("A sentence or two that the person will read. A refusal needs one."),
    )

    def validate_answer(self, field: Field) -> None:
        """Nobody is refused without a word."""
        if self.decision.data == REFUSE and not field.data:
            raise refuse(_l("Please say why, in a sentence or two."))


class NewCodeForm(Form):
    """A code to be made."""

    seats = WholeField(
        _l("Places"),
        description=_l("How many people may use it. Empty means any number."),
        validators=[
            Optional(),
            NumberRange(1, MOST_SEATS, message=_l("Please give a number from %(min)d to %(max)d.")),
        ],
    )
    last_day = DayField(
        _l("Last day"),
        description=_l("It works until the end of this day. Empty means until it is stopped."),
        validators=[Optional()],
    )
    cohort = SelectField(_l("Cohort"), description=_l("Whoever uses the code joins this cohort."))

    def offer(self, cohorts: Sequence[tuple[int, str]]) -> None:
        """Let one of these cohorts be chosen, or none: pairs of number and name."""
        offered = [("", _("No cohort")), *((str(number), name) for number, name in cohorts)]
        self.cohort.choices = [SelectChoice(number, name) for number, name in offered]

    @property
    def cohort_id(self) -> int | None:
        """The number of the cohort chosen, if one was."""
        return int(self.cohort.data) if self.cohort.data else None

    @property
    def expires_at(self) -> datetime | None:
        """The moment after the last day."""
        day: date | None = self.last_day.data
        return datetime.combine(day + timedelta(days=1), time(), zones.current()) if day else None


class StatusForm(Form):
    """Who sees a course, and who may come."""

    status = RadioField(_l("State of the course"), validators=[InputRequired(message=CHOOSE)])

    def offer(self) -> None:
        """Let every state be chosen."""
        self.status.choices = [SelectChoice(each.value, STATUS_WORDS[each.value]) for each in Status]


class PeopleForm(Form):
    """Addresses of people who join a cohort."""

    addresses = ProseField(
        _l("E-mail addresses"),
        most=50_000,
        description=_l("One on each line, or as a mail program lists them, with commas."),
    )

    def validate_addresses(self, field: Field) -> None:
        """At least one, and not more than one request can carry."""
        count = len(addresses_in(field.data or ""))
        if not count:
            raise refuse(_l("Please write at least one address."))
        if count > MOST_ADDRESSES:
            raise refuse(_("Please add at most %(number)d people at once.", number=MOST_ADDRESSES))


def addresses_in(text: str) -> list[str]:
    """The addresses of a pasted list, each once: lines, commas, semicolons, "Name <address>"."""
    pieces = (_bare(piece.strip()) for piece in re.split(r"[\n,;]", text))
    return list(dict.fromkeys(piece for piece in pieces if piece))


def _bare(piece: str) -> str:
    return piece.rpartition("<")[2].removesuffix(">").strip() if piece.endswith(">") else piece
