"""The shape of what is typed about groups."""

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import InputRequired

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, LineField, ProseField
from academy.web.plain_fields import PicksField, language_choices
from alumni.groups.models import Entry, Kind

CHOOSE = _l("Please choose one.")
KINDS: dict[str, Text] = {
    Kind.COUNTRY: _l("Country or region"),
    Kind.THEME: _l("Theme"),
    Kind.CAUCUS: _l("Caucus"),
}
ENTRIES: dict[str, Text] = {
    Entry.OPEN: _l("Open"),
    Entry.REQUEST: _l("By request"),
    Entry.HIDDEN: _l("Hidden"),
}
ENTRY_HINTS: dict[str, Text] = {
    Entry.OPEN: _l("Everybody of the network may join at once."),
    Entry.REQUEST: _l("Whoever wants to join says why; the conveners decide."),
    Entry.HIDDEN: _l("By invitation only. Nobody else learns that the group exists."),
}
NAME, LONGEST, LINE = 80, 5000, 200


class GroupForm(Form):
    """What a group says of itself."""

    name = LineField(_l("Name"), most=NAME)
    kind = RadioField(_l("Kind"), validators=[InputRequired(message=CHOOSE)])
    description = ProseField(
        _l("What it is about"),
        most=LONGEST,
        description=_l("What you talk about and do. Markdown works: **bold**, lists, links."),
    )
    for_whom = LineField(
        _l("For whom it is"),
        most=LINE,
        required=False,
        description=_l("In your own words, for example: women in border regions. We check nothing and infer nothing."),
    )
    languages = PicksField(
        _l("Languages"),
        choices=language_choices(),
    )
    rules = ProseField(_l("Rules"), most=LONGEST, required=False)
    entry = RadioField(_l("Who gets in"), validators=[InputRequired(message=CHOOSE)])
    why = ProseField(
        _l("Why the network needs it"),
        most=1000,
        description=_l("Only those who open groups read this."),
    )
    version = HiddenField(default="0")

    def offer(self) -> None:
        """Put the choices in, in the language of the page."""
        self.kind.choices = [SelectChoice(value, str(words)) for value, words in KINDS.items()]
        self.entry.choices = [SelectChoice(value, str(words)) for value, words in ENTRIES.items()]

    def without_why(self) -> None:
        """The group is open: nobody needs to be convinced any more."""
        del self.why


class FilterForm(Form):
    """What the list is narrowed by."""

    kind = SelectField(_l("Kind"))
    language = SelectField(_l("Language"))
    archived = BooleanField(_l("Put away"))

    def offer(self) -> None:
        """Put the choices in."""
        any_kind, any_language = SelectChoice("", str(_l("Every kind"))), SelectChoice("", str(_l("Every language")))
        self.kind.choices = [any_kind, *(SelectChoice(value, str(words)) for value, words in KINDS.items())]
        self.language.choices = [any_language, *language_choices()]


class JoinForm(Form):
    """Who wants to join, and whether fellow members shall see them."""

    sentence = ProseField(
        _l("Why would you like to join?"),
        most=600,
        description=_l("A sentence or two for the conveners. It is removed when they have answered."),
    )
    shown = BooleanField(
        _l("Fellow members see me in the list"),
        description=_l("Only those who may see the name on your profile. You can change this at any time."),
    )

    def at_once(self) -> None:
        """Nobody needs to be convinced."""
        del self.sentence


class LeaveForm(Form):
    """Whether a group may stay behind without anybody who looks after it."""

    alone = BooleanField(_l("Leave, although nobody looks after the group then"))


class ReasonForm(Form):
    """Why something is decided about somebody."""

    reason = ProseField(_l("The reason"), most=600, description=_l("The person reads it, without your name."))


class RemoveForm(ReasonForm):
    """Why somebody is taken out."""

    ban = BooleanField(_l("They cannot join again"))


class AnswerForm(Form):
    """What is said to whoever is refused."""

    words = ProseField(_l("A kind sentence if you refuse"), most=600, required=False)


class InviteForm(Form):
    """Whom to invite."""

    handle = LineField(
        _l("Handle"),
        most=64,
        description=_l("It stands in the address of a profile. You can invite people whose name you may see."),
    )
    words = ProseField(_l("A few words to them"), most=600, required=False)


class NoteForm(Form):
    """A pinned note."""

    title = LineField(_l("Title"), most=NAME)
    text = ProseField(_l("Text"), most=LONGEST, description=_l("Markdown works: **bold**, lists, links."))
