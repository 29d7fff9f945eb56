"""The shape of what is typed about events."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import URLInput

from academy import clock
from academy.i18n import lazy_gettext as _l
from academy.moments import city_of
from academy.people.forms import ZONES
from academy.uploads.refusals import LARGEST_IN_WORDS
from academy.web.file_forms import UploadField
from academy.web.forms import REQUIRED, Form, LineField, ProseField, hang, refuse, said
from academy.web.plain_fields import DayField, HourField, PicksField, WholeField, language_choices
from alumni.events import rules
from alumni.events.models import FOR_ALL, FOR_GUESTS, IN_PERSON, ONLINE, Event
from alumni.events.own_hosts import NETWORK
from alumni.events.rules import Facts

MOST_SEATS, LONGEST_LINK = 10_000, 1000
FORMS = (SelectChoice(ONLINE, _l("Online")), SelectChoice(IN_PERSON, _l("At a place")))


class EventForm(Form):
    """Everything that is said of an event."""

    belongs_to = SelectField(_l("For whom"), description=_l("They see the event and can say that they come."))
    title = LineField(_l("Title"), most=120)
    text = ProseField(
        _l("What it is about"),
        most=10_000,
        description=_l("For whom it is, what happens, what to bring. You can use Markdown."),
    )
    languages = PicksField(
        _l("Languages spoken there"),
        choices=language_choices(),
        validators=[InputRequired(message=_l("Please choose at least one language."))],
    )
    form = RadioField(_l("How people meet"), choices=list(FORMS), default=ONLINE)
    town = LineField(
        _l("Town"),
        required=False,
        description=_l("Only for an event at a place. Everybody who sees the event sees it."),
    )
    place = ProseField(
        _l("Place and how to find it"),
        required=False,
        most=1000,
        description=_l("Shown only to those who have a place, and to nobody before."),
    )
    link = LineField(
        _l("Link to the meeting"),
        required=False,
        most=LONGEST_LINK,
        widget=URLInput(),
        description=_l("Shown only to those who have a place. You can add it later; they are told."),
    )
    day = DayField(_l("Day"), validators=[InputRequired(message=REQUIRED)])
    begins = HourField(_l("Begins at"), validators=[InputRequired(message=REQUIRED)])
    ends = HourField(_l("Ends at"), validators=[InputRequired(message=REQUIRED)])
    last_day = DayField(
        _l("Last day"), validators=[Optional()], description=_l("Only if the event ends on another day.")
    )
    time_zone = SelectField(_l("Time zone"), description=_l("Everybody else sees the time in their own zone too."))
    seats = WholeField(
        _l("Seats"),
        validators=[
            Optional(),
            NumberRange(1, MOST_SEATS, message=_l("Please give a number from %(min)d to %(max)d.")),
        ],
        description=_l("When they are taken, others wait and move up by themselves. Empty means: as many as want to."),
    )
    needs_approval = BooleanField(_l("I decide who has a place"))
    for_learners = BooleanField(_l("Learners of the academy may come too"))
    version = HiddenField(default="0")

    def offer(self, hosts: Mapping[tuple[str, str], str]) -> None:
        """Let the event belong to one of these, by kind and key."""
        self.belongs_to.choices = [SelectChoice(f"{kind}:{key}", name) for (kind, key), name in hosts.items()]
        named = [SelectChoice(zone, city_of(ZoneInfo(zone))) for zone in ZONES[:-1]]
        self.time_zone.choices = [*sorted(named, key=lambda each: each.label), SelectChoice("UTC", "UTC")]

    def host(self) -> tuple[str, str]:
        """What it is to belong to, by kind and key."""
        kind, _colon, key = said(self.belongs_to).partition(":")
        return kind, key

    def validate_link(self, field: Field) -> None:
        """Only addresses of the web can be opened from a page."""
        if field.data and (urlsplit(field.data).scheme not in {"http", "https"} or not urlsplit(field.data).netloc):
            raise refuse(_l("Please give the whole address, beginning with https://."))

    def validate_town(self, field: Field) -> None:
        """Whoever decides to come must know where to."""
        if self.form.data == IN_PERSON and not field.data:
            raise refuse(_l("Please say in which town it is. The exact place stays hidden."))

    def fits(self, event: Event | None) -> bool:
        """Whether the times can be; hangs what is wrong on the fields. What has begun may keep its beginning."""
        begins, ends = self._moment(self.begins), self._moment(self.ends)
        if begins is None or ends is None:
            return False
        now, kept = clock.now(), event is not None and event.begins_at == begins
        if begins <= now and not kept:
            hang(self.day, _l("Please choose a time that is still to come."))
        elif begins > now + rules.FARTHEST:
            hang(self.day, _l("Please choose a day within the next two years."))
        elif ends <= begins:
            hang(self.ends, _l("The end must be after the beginning. Give the last day if it is another one."))
        elif ends - begins > rules.LONGEST:
            hang(self.last_day, _l("An event can last two weeks at most."))
        return not self.errors

    def _moment(self, field: Field) -> datetime | None:
        other = self.last_day.data if field is self.ends else None
        day = cast("date", other or self.day.data)
        hour: time = field.data
        try:
            return rules.instant(day, hour, ZoneInfo(said(self.time_zone)))
        except rules.NoSuchHour:
            hang(field, _l("The clocks of this zone skip this hour on that day. Please choose another one."))
        except OverflowError:
            hang(self.day, _l("Please choose a day within the next two years."))
        return None

    def facts(self) -> Facts:
        """What was typed, once it is valid and fits."""
        begins, ends = self._moment(self.begins), self._moment(self.ends)
        if begins is None or ends is None:
            raise LookupError("The times of this form do not fit.")
        here = self.form.data == IN_PERSON
        return Facts(
            title=said(self.title),
            text=said(self.text),
            begins_at=begins,
            ends_at=ends,
            time_zone=said(self.time_zone),
            form=said(self.form),
            town=said(self.town) if here else "",
            place=said(self.place) if here else "",
            link="" if here else said(self.link),
            seats=self.seats.data,
            needs_approval=bool(self.needs_approval.data),
            for_learners=bool(self.for_learners.data) and self.host()[0] == NETWORK,
            languages=self.languages.data or [],
        )


def as_typed(event: Event, languages: Sequence[str]) -> dict[str, object]:
    """What stands in the form of an event that is there."""
    zone = ZoneInfo(event.time_zone)
    begins, ends = event.begins_at.astimezone(zone), event.ends_at.astimezone(zone)
    kept = ("title", "text", "form", "town", "place", "link", "seats", "needs_approval", "for_learners", "time_zone")
    return {
        **{name: getattr(event, name) for name in kept},
        "belongs_to": f"{event.host_kind}:{event.host_key}",
        "languages": list(languages),
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "last_day": ends.date() if ends.date() != begins.date() else None,
        "version": str(event.version),
    }


class ListForm(Form):
    """What a list of events is narrowed to."""

    form = SelectField(_l("How people meet"), choices=[SelectChoice("", _l("Any")), *FORMS], default="")
    language = SelectField(
        _l("Language"),
        choices=[SelectChoice("", _l("Any")), *language_choices()],
        default="",
    )


class CancelForm(Form):
    """Why an event does not happen."""

    reason = ProseField(
        _l("Why"),
        required=False,
        most=500,
        description=_l("Those who wanted to come read it on the page of the event."),
    )


class HostForm(Form):
    """Somebody to hold an event too."""

    handle = LineField(
        _l("Name in the address of their profile"),
        most=64,
        description=_l("What stands after /alumni/members/. They are asked first and can say no."),
    )


class NotesForm(Form):
    """What is kept of an event."""

    notes = ProseField(_l("Notes"), required=False, most=20_000, description=_l("You can use Markdown."))
    notes_for = RadioField(
        _l("Who reads notes and files"),
        choices=[
            SelectChoice(FOR_GUESTS, _l("Those who were there")),
            SelectChoice(FOR_ALL, _l("All who see the event")),
        ],
        default=FOR_GUESTS,
    )
    file = UploadField(
        _l("Add a file"),
        description=_l(
            "PDF, PNG or JPEG, at most %(most)d MB. Pictures of people only if they agreed.", most=LARGEST_IN_WORDS
        ),
    )
