"""The shape of what is typed about sessions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired

from academy import zones
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form, LineField, ProseField, hang
from academy.web.plain_fields import DayField, HourField, PicksField, language_choices
from alumni.facilitators import words
from alumni.facilitators.rules import LONGEST, STEP
from alumni.profiles.topics import topic_choices

FARTHEST = timedelta(days=730)
CHOOSE = _l("Please choose at least one.")


def _formats() -> list[SelectChoice]:
    return [SelectChoice(kind.value, str(text)) for kind, text in words.FORMATS.items()]


def _lengths() -> list[SelectChoice]:
    return [SelectChoice(str(minutes), words.hours(minutes)) for minutes in range(STEP, LONGEST + 1, STEP)]


class FindForm(Form):
    """Which facilitators somebody looks for."""

    topic = SelectField(_l("Topic"), default="")
    language = SelectField(_l("Language"), default="")
    format = SelectField(_l("How"), default="")

    def offer(self) -> None:
        """Fill in what can be chosen."""
        self.topic.choices = [SelectChoice("", _("Any topic")), *topic_choices()]
        self.language.choices = [SelectChoice("", _("Any language")), *language_choices()]
        self.format.choices = [SelectChoice("", _("Any way")), *_formats()]


class OfferForm(Form):
    """What somebody offers as a facilitator."""

    topics = PicksField(_l("What your sessions can be about"), validators=[InputRequired(message=CHOOSE)])
    languages = PicksField(_l("Languages you can run them in"), validators=[InputRequired(message=CHOOSE)])
    formats = PicksField(_l("What kind of sessions"), validators=[InputRequired(message=CHOOSE)])
    words = ProseField(
        _l("A few words to those who plan courses"),
        most=600,
        description=_l("What you have run before, how many people at a time, when you usually can."),
    )

    def fill(self) -> None:
        """Fill in what can be chosen."""
        self.topics.choices, self.languages.choices, self.formats.choices = (
            topic_choices(),
            language_choices(),
            _formats(),
        )


class InviteForm(Form):
    """The session somebody is asked to run, in the zone of whoever types."""

    title = LineField(_l("What the session is"), most=120)
    cohort = SelectField(_l("For which cohort"), default="")
    day = DayField(_l("Day"), validators=[InputRequired(message=REQUIRED)])
    hour = HourField(_l("Time"), validators=[InputRequired(message=REQUIRED)])
    expected = SelectField(_l("How long it will take, with preparation"), default="120")
    place = LineField(_l("Link or place"), most=255, required=False, description=_l("Only the two of you see it."))
    words = ProseField(
        _l("What you hope for"), most=1500, required=False, description=_l("Who will be there, what they know already.")
    )

    def offer(self, cohorts: Sequence[tuple[str, str]]) -> None:
        """Let one of these cohorts be chosen: pairs of number and name."""
        self.cohort.choices = [SelectChoice("", _("No cohort")), *(SelectChoice(*each) for each in cohorts)]
        self.expected.choices = _lengths()

    def at(self) -> datetime:
        """The moment that was meant."""
        return datetime.combine(self.day.data, self.hour.data, zones.current())  # type: ignore[arg-type]  # validated

    def is_to_come(self, now: datetime) -> bool:
        """Whether it lies ahead, and not further than two years."""
        if not now < self.at() <= now + FARTHEST:
            hang(self.day, _("Please choose a time to come, within two years."))
            return False
        return True


class AnswerForm(Form):
    """What is said with a yes or a no, with thanks or a question."""

    words = ProseField(_l("A few words"), most=1000, required=False)


class HoursForm(Form):
    """How long a session took."""

    minutes = SelectField(_l("How long it took, with preparation"))
    logged_words = ProseField(
        _l("What you did"), most=1000, required=False, description=_l("Whoever invited you reads it and confirms.")
    )

    def offer(self) -> None:
        """Fill in what can be chosen."""
        self.minutes.choices = _lengths()
