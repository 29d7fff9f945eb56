"""The shape of an opportunity, and of what narrows the list."""

from datetime import date, datetime

from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, Optional

from academy import zones
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.forms import ZONES, zone_choices
from academy.web.forms import REQUIRED, Form, LineField, ProseField, refuse
from academy.web.plain_fields import DayField, PicksField, language_choices
from alumni.opportunities.models import Opportunity
from alumni.opportunities.rules import LATEST, end_of_day, host_of, last_day
from alumni.opportunities.said import Said
from alumni.opportunities.words import DEADLINES, KINDS, PAY, countries
from alumni.profiles.topics import topic_choices

CHOOSE = _l("Please choose one.")
FREE, COSTS = "free", "costs"


class OpportunityForm(Form):
    """What is said of an opportunity."""

    kind = RadioField(
        _l("What is it?"),
        choices=[SelectChoice(*each) for each in KINDS.items()],
        validators=[InputRequired(message=CHOOSE)],
    )
    title = LineField(_l("Title"), description=_l("What somebody would do or get, in a few words."))
    organisation = LineField(_l("Organisation"), description=_l("Who offers it, by its full name."))
    country = SelectField(_l("Country"), default="")
    remote = BooleanField(_l("It can be done from anywhere"))
    languages = PicksField(
        _l("Languages that are needed"),
        choices=language_choices(),
    )
    topic = SelectField(_l("Field"), default="")
    last_day = DayField(_l("Last day to apply"), validators=[Optional()])
    zone = SelectField(_l("The day ends at midnight in"))
    open_ended = BooleanField(_l("Open until it is filled: we ask you after 80 days whether it still is"))
    pay = RadioField(
        _l("Is it paid?"),
        choices=[SelectChoice(*each) for each in PAY.items()],
        validators=[InputRequired(message=CHOOSE)],
    )
    costs = RadioField(
        _l("Do applicants have to pay anything?"),
        choices=[
            SelectChoice(FREE, _l("No: to apply costs nothing")),
            SelectChoice(COSTS, _l("Yes: there is a fee, a deposit or something to buy")),
        ],
        validators=[InputRequired(message=CHOOSE)],
    )
    fee = LineField(
        _l("What do they pay, for what, and to whom?"),
        required=False,
        description=_l("Members see this with a warning: honest offers rarely ask applicants for money."),
    )
    source = LineField(
        _l("Where it was announced"),
        most=500,
        required=False,
        description=_l("An address that begins with https://. Members see where it leads before they open it."),
    )
    text = ProseField(
        _l("What should one know?"),
        most=10_000,
        description=_l("What it is about, who can apply and how. Markdown works. No personal phone numbers, please."),
    )
    for_learners = BooleanField(_l("Show it also to learners of the academy who are not in the network yet"))
    version = HiddenField()

    def offer(self) -> "OpportunityForm":
        """Fill in the lists in the reader's language."""
        self.country.choices = [SelectChoice("", _("Several, or none")), *(SelectChoice(*each) for each in countries())]
        self.topic.choices = [SelectChoice("", _("Any field")), *topic_choices()]
        self.zone.choices = [each for each in zone_choices() if each.value]
        if not self.zone.data:
            self.zone.data = zones.current().key if zones.current().key in ZONES else zones.home().key
        return self

    def validate_last_day(self, field: Field) -> None:
        """Either a day to come, or open until it is filled."""
        if self.open_ended.data and field.data:
            raise refuse(_l("Choose one: a last day, or open until it is filled."))

    def validate_fee(self, field: Field) -> None:
        """Whoever pays learns what for."""
        if self.costs.data == COSTS and not field.data:
            raise refuse(_l("Please say what applicants pay."))

    def validate_source(self, field: Field) -> None:
        """An address people can judge by its host."""
        if field.data and not host_of(field.data):
            raise refuse(_l("Please give the address of a page, beginning with https://."))

    def lasts(self, now: datetime) -> bool:
        """Whether the last day is a day to come, not too far away."""
        if self.open_ended.data:
            return True
        if not self.last_day.data:
            self.last_day.errors = [str(REQUIRED)]
        elif not now < end_of_day(self.last_day.data, str(self.zone.data)) < now + LATEST:
            self.last_day.errors = [_("Please give a day that is still to come, within the next two years.")]
        return not self.last_day.errors

    def said(self) -> Said:
        """What was typed, once it is valid."""
        ends: date | None = None if self.open_ended.data else self.last_day.data
        return Said(
            kind=str(self.kind.data),
            title=str(self.title.data),
            organisation=str(self.organisation.data),
            country=str(self.country.data or ""),
            remote=bool(self.remote.data),
            languages=tuple(self.languages.data or ()),
            topic=str(self.topic.data or ""),
            pay=str(self.pay.data),
            fee=str(self.fee.data or "") if self.costs.data == COSTS else "",
            source=str(self.source.data or ""),
            text=str(self.text.data),
            last_day=ends,
            zone=str(self.zone.data),
            for_learners=bool(self.for_learners.data),
        )


def filled_with(row: Opportunity) -> dict[str, object]:
    """An opportunity as its form shows it."""
    same = ("kind", "title", "organisation", "country", "remote", "topic", "pay", "fee", "source", "text", "zone")
    return {
        **{name: getattr(row, name) for name in same},
        "languages": row.languages.split(),
        "open_ended": row.open_ended,
        "last_day": None if row.open_ended else last_day(row.closes_at, row.zone),
        "costs": COSTS if row.fee else FREE,
        "for_learners": row.for_learners,
        "version": str(row.version),
    }


class ListForm(Form):
    """What narrows the list."""

    place = HiddenField()
    kind = SelectField(_l("What it is"))
    country = SelectField(_l("Country"))
    language = SelectField(_l("Language"))
    days = SelectField(_l("Closes"))

    def offer(self) -> "ListForm":
        """Fill in the lists in the reader's language."""
        self.kind.choices = [SelectChoice("", _("Everything")), *(SelectChoice(*each) for each in KINDS.items())]
        self.country.choices = [SelectChoice("", _("Anywhere")), *(SelectChoice(*each) for each in countries())]
        self.language.choices = [SelectChoice("", _("Any language")), *language_choices()]
        self.days.choices = [SelectChoice("", _("At any time")), *(SelectChoice(*each) for each in DEADLINES.items())]
        return self
