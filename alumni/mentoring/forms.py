"""The shape of what is typed about mentoring."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, NumberRange, Optional

from academy import zones
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.web.forms import REQUIRED, Form, LineField, ProseField, hang, said, whole
from academy.web.plain_fields import DayField, HourField, PicksField, WholeField, language_choices
from alumni.mentoring.kinds import MOST_AT_ONCE, Serves
from alumni.mentoring.words import SERVES
from alumni.profiles.topics import topic_choices

FARTHEST = timedelta(days=730)
CHOOSE = _l("Please choose at least one.")
Choices = Sequence[tuple[str, str]]


class FindForm(Form):
    """Which mentors somebody looks for."""

    topic = SelectField(_l("Topic"), default="")
    language = SelectField(_l("Language"), default="")
    full = BooleanField(_l("Full ones too"))

    def offer(self) -> None:
        """Fill in what can be chosen."""
        self.topic.choices = [SelectChoice("", _("Any topic")), *topic_choices()]
        self.language.choices = [SelectChoice("", _("Any language")), *language_choices()]


class OfferForm(Form):
    """What somebody offers as a mentor."""

    topics = PicksField(_l("What you can help with"), validators=[InputRequired(message=CHOOSE)])
    languages = PicksField(_l("Languages you can do it in"), validators=[InputRequired(message=CHOOSE)])
    words = ProseField(
        _l("A few words to those who look for a mentor"),
        most=600,
        description=_l("What you have done, how you like to work, how often you could meet."),
    )
    capacity = WholeField(
        _l("How many people at once"),
        default=1,
        validators=[
            InputRequired(message=REQUIRED),
            NumberRange(1, MOST_AT_ONCE, message=_l("Please give a number from %(min)d to %(max)d.")),
        ],
        description=_l("One is a good beginning. Nobody can be added beyond this number."),
    )
    serves = RadioField(
        _l("Who may see this offer and ask you"),
        default=Serves.NETWORK.value,
        validators=[InputRequired(message=REQUIRED)],
    )
    paused_until = DayField(
        _l("Take a rest until"),
        validators=[Optional()],
        description=_l("Leave this empty to be open now. People you accompany already stay with you."),
    )

    def fill(self) -> None:
        """Fill in what can be chosen."""
        self.topics.choices, self.languages.choices = topic_choices(), language_choices()
        self.serves.choices = [SelectChoice(kind.value, str(words)) for kind, words in SERVES.items()]

    def rests_well(self, today: date) -> bool:
        """Whether the rest, if any, ends on a day to come, and within two years."""
        day = self.paused_until.data
        if day is not None and not today < day <= today + FARTHEST:
            hang(self.paused_until, _("Please choose a day to come, within two years, or leave this empty."))
            return False
        return True


class AskForm(Form):
    """What somebody wants a mentor for, and whom else to ask."""

    topic = SelectField(_l("Topic"), validators=[InputRequired(message=REQUIRED)])
    goal = ProseField(
        _l("What you would like to reach"),
        most=1500,
        description=_l(
            "Two or three sentences: where you are now, where you want to be, and by when. "
            "Only the mentors you choose read it."
        ),
    )
    second = SelectField(_l("Second choice"), default="")
    third = SelectField(_l("Third choice"), default="")

    def offer(self, topics: Choices, others: Choices) -> None:
        """Fill in what can be chosen: the topics of the first mentor, and who else helps with them."""
        self.topic.choices = [SelectChoice(*each) for each in topics]
        more = [SelectChoice("", _("Nobody else")), *(SelectChoice(*each) for each in others)]
        self.second.choices, self.third.choices = more, more

    def further(self) -> list[int]:
        """The second and the third choice, as far as there are any."""
        return [int(said(field)) for field in (self.second, self.third) if said(field)]


class AnswerForm(Form):
    """What a mentor says to somebody who asks."""

    answer = ProseField(_l("A few words with your answer"), most=1000, required=False)


class GoalForm(Form):
    """Something two people want to reach."""

    words = LineField(_l("A goal"), most=200, description=_l("Small enough to see when it is reached."))


class MeetingForm(Form):
    """When and where two people meet, in the zone of whoever types."""

    day = DayField(_l("Day"), validators=[InputRequired(message=REQUIRED)])
    hour = HourField(_l("Time"), validators=[InputRequired(message=REQUIRED)])
    place = LineField(
        _l("Link or place"),
        most=255,
        required=False,
        description=_l("Only the two of you see it. You can add it later."),
    )

    def at(self) -> datetime:
        """The moment that was meant."""
        return datetime.combine(self.day.data, self.hour.data, zones.current())  # type: ignore[arg-type]  # validated

    def is_near(self, now: datetime) -> bool:
        """Whether it lies within two years of today; what took place already may be written down too."""
        if not now - FARTHEST <= self.at() <= now + FARTHEST:
            hang(self.day, _("Please choose a day within two years of today."))
            return False
        return True


class NoteForm(Form):
    """One's own note about a meeting."""

    text = ProseField(
        _l("My note"), most=10_000, description=_l("Both of you read it, and nobody else. You can use Markdown.")
    )
    version = HiddenField(default="0")

    @property
    def based_on(self) -> int:
        """The version of the note that was changed; 0 for the first one."""
        return whole(self.version)


class ThanksForm(Form):
    """What somebody says at the end."""

    words = ProseField(
        _l("Your thanks"), most=600, required=False, description=_l("The other one reads it. You may leave it empty.")
    )
    agrees = BooleanField(_l("This may stand on both our profiles"))
